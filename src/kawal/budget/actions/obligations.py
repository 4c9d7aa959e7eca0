"""Ticking an obligation off, and taking the tick back: by who is responsible, with a note."""

from datetime import date

from django.db import transaction

from kawal.budget.calendar_findings import SOURCE, key_of
from kawal.budget.facts.obligation_list import BY_KEY
from kawal.budget.facts.obligations import Mark, Obligation
from kawal.budget.models import FiscalYear, ObligationMark
from kawal.budget.permissions import FULFIL
from kawal.budget.queries.obligations import marks
from kawal.budget.rules import obligations as rules
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.monitoring.actions.findings import close_fulfilled
from kawal.regions import queries as regions
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.trail import actions as trail


@transaction.atomic
def mark_fulfilled(
    year: int, key: str, *, agency_id: int | None, done_on: date, note: str, actor: Actor
) -> None:
    """Tick an obligation off as done on a day; the note says by which paper.

    :raises NotThere: when the year was not opened.
    :raises Refused: with every reason.
    """
    obligation, marked = _marked(year, key, agency_id, actor)
    reasons = rules.marking_refusals(
        obligation,
        done_on=done_on,
        note=note,
        today=regions.today(actor.at),
        is_responsible=responsible(actor, obligation, agency_id),
        marked=marked,
    )
    _mark(year, key, agency_id, done_on, note, reasons, actor)


@transaction.atomic
def unmark(year: int, key: str, *, agency_id: int | None, note: str, actor: Actor) -> None:
    """Take a tick back; the note says why, and the clock runs again.

    :raises NotThere: when the year was not opened.
    :raises Refused: with every reason.
    """
    obligation, marked = _marked(year, key, agency_id, actor)
    reasons = rules.unmarking_refusals(
        note=note, is_responsible=responsible(actor, obligation, agency_id), marked=marked
    )
    _mark(year, key, agency_id, None, note, reasons, actor)


def responsible(actor: Actor, obligation: Obligation | None, agency_id: int | None) -> bool:
    """Tell whether an actor holds the post that an obligation belongs to, for that agency."""
    return obligation is not None and any(
        post.role is obligation.role and (post.agency_id is None or agency_id in post.covers)
        for post in actor.appointments
    )


def _marked(
    year: int, key: str, agency_id: int | None, actor: Actor
) -> tuple[Obligation | None, Mark | None]:
    """Hold the year, so that two ticks wait for each other; return the obligation and its tick."""
    require(actor, FULFIL, agency_id)
    if not FiscalYear.objects.select_for_update().filter(pk=year).exists():
        raise NotThere(f"budget year {year}")
    obligation = BY_KEY.get(key)
    if obligation is not None and obligation.each is (agency_id is None):
        raise NotThere(f"obligation {key} of agency {agency_id}")
    return obligation, marks(year).get((key, agency_id))


def _mark(
    year: int,
    key: str,
    agency_id: int | None,
    done_on: date | None,
    note: str,
    reasons: list[Reason],
    actor: Actor,
) -> None:
    if actor.person_id is None:
        raise Refused([*reasons, Reason("budget.nobody", N_("Masuklah dahulu."))])
    if reasons:
        raise Refused(reasons)
    ObligationMark.objects.create(
        year_id=year,
        obligation=key,
        agency_id=agency_id,
        done_on=done_on,
        note=note.strip(),
        at=actor.at,
        person_id=actor.person_id,
    )
    facts: dict[str, object] = {"year": year, "obligation": key}
    if agency_id is not None:
        facts["agency_code"] = regions.agency(agency_id, regions.today(actor.at)).code
    if done_on is not None:  # without a day the tick was taken back
        facts["done_on"] = done_on
    trail.append("obligation.marked", facts, at=actor.at)
    if done_on is not None:
        close_fulfilled(SOURCE, [key_of(year, key, agency_id)], actor.at)
