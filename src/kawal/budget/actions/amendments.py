"""Perubahan APBD: opened with its ground, enacted by Perda, detailed by Perkada."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from kawal.budget.actions.shift_guard import hold_year, person, refuse
from kawal.budget.actions.shifts import told_name
from kawal.budget.actions.versions import compile_version
from kawal.budget.facts import Instrument, VersionKind
from kawal.budget.facts.amendments import AmendmentFacts, AmendmentGround, AmendmentState
from kawal.budget.models import Amendment
from kawal.budget.permissions import MAKE_VERSION, OPEN_AMENDMENT
from kawal.budget.queries.amendments import amendment_facts, amendments, unverified, verified
from kawal.budget.queries.shifts import shifts_under_way
from kawal.budget.queries.versions import head
from kawal.budget.rules import amendments as rules
from kawal.budget.rules import shift_steps as steps
from kawal.budget.rules import shifts as shift_rules
from kawal.kernel.refusals import NotThere, Reason
from kawal.kernel.words import N_
from kawal.nomenclature.queries import parameter
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.regions.queries import today
from kawal.trail import actions as trail


@transaction.atomic
def open_amendment(
    year: int,
    ground: AmendmentGround,
    explanation: str,
    *,
    moved: Decimal | None = None,
    actor: Actor,
) -> int:
    """Open the year's Perubahan: from now on shifts wait, and sheets are rewritten for it.

    ``moved`` is how far estimates of revenue or spending moved, in percent; only asked for when
    the ground is extraordinary.

    :raises NotThere: when nobody opened the year.
    :raises Refused: with every reason.
    """
    require(actor, OPEN_AMENDMENT)
    hold_year(year)
    newest = head(year)
    threshold = parameter("budget.perubahan_extraordinary", today(actor.at)).number or Decimal(0)
    reasons = rules.may_open(
        ground,
        moved,
        amendments(year),
        newest.kind if newest else None,
        threshold=threshold,
        under_way=shifts_under_way(year),
    )
    refuse(reasons + _explained(explanation))
    row = Amendment.objects.create(
        year_id=year,
        ground=ground.value,
        explanation=explanation.strip(),
        moved=moved if ground is AmendmentGround.EXTRAORDINARY else None,
        opened_by_id=person(actor),
        opened_at=actor.at,
    )
    told = {"year": year, "ground": ground.value, "by": told_name(person(actor))}
    trail.append("perubahan.opened", told, at=actor.at)
    return row.pk


def _explained(explanation: str) -> list[Reason]:
    if explanation.strip():
        return []
    text = N_("Jelaskan mengapa APBD perlu diubah.")
    return [Reason("perubahan.explanation", text, at="explanation")]


@transaction.atomic
def enact_amendment(amendment_id: int, *, number: str, day: date | None, actor: Actor) -> int:
    """Make the version of the Perda Perubahan from every verified sheet; return its id.

    :raises NotThere: when there is none.
    :raises Refused: with every reason: sheets that nobody verified, by their names.
    """
    facts = _locked(amendment_id)
    require(actor, MAKE_VERSION)
    revisions = verified(facts.year)
    refuse(
        [
            *rules.may_enact(facts.state, unverified(facts.year), len(revisions)),
            *shift_rules.same_person(person(actor), [facts.opened_by]),
        ]
    )
    made = compile_version(
        facts.year,
        VersionKind.PERUBAHAN,
        title="Perubahan APBD",
        instrument=Instrument.PERDA,
        number=number,
        date=day,
        revision_ids=revisions,
        actor=actor,
    )
    Amendment.objects.filter(pk=amendment_id).update(
        state=AmendmentState.ENACTED.value,
        enacted_version_id=made,
        enacted_by_id=person(actor),
        enacted_at=actor.at,
    )
    return made


@transaction.atomic
def detail_amendment(amendment_id: int, *, number: str, day: date | None, actor: Actor) -> int:
    """Make the version of the Perkada that details the Perubahan; shifts may go on then.

    The DPPA of the agencies are made from it, and ratifying them changes the ceilings.

    :raises NotThere: when there is none.
    :raises Refused: with every reason.
    """
    facts = _locked(amendment_id)
    require(actor, MAKE_VERSION)
    if facts.state is not AmendmentState.ENACTED:
        text = N_("Perda Perubahan APBD belum ditetapkan, atau sudah dijabarkan.")
        refuse([Reason("perubahan.not_enacted", text)])
    made = compile_version(
        facts.year,
        VersionKind.PENJABARAN_PERUBAHAN,
        title="Penjabaran Perubahan APBD",
        instrument=Instrument.PERKADA,
        number=number,
        date=day,
        revision_ids=[],
        actor=actor,
    )
    Amendment.objects.filter(pk=amendment_id).update(
        state=AmendmentState.DETAILED.value, detailed_version_id=made
    )
    return made


@transaction.atomic
def withdraw_amendment(amendment_id: int, reason: str, *, actor: Actor) -> None:
    """Give a Perubahan up before its Perda, and say why; drafts of sheets stay with their units.

    :raises NotThere: when there is none.
    :raises Refused: after the Perda, or without a reason.
    """
    facts = _locked(amendment_id)
    require(actor, OPEN_AMENDMENT)
    reasons = steps.says_why(reason)
    if facts.state is not AmendmentState.OPEN:
        text = N_("Perubahan ini tidak sedang disusun.")
        reasons.append(Reason("perubahan.not_open", text))
    refuse(reasons)
    Amendment.objects.filter(pk=amendment_id).update(
        state=AmendmentState.WITHDRAWN.value,
        closed_by_id=person(actor),
        closed_at=actor.at,
        reason=reason.strip(),
    )


def _locked(amendment_id: int) -> AmendmentFacts:
    row = Amendment.objects.select_for_update().filter(pk=amendment_id).first()
    if row is None:
        raise NotThere(f"amendment {amendment_id}")
    hold_year(row.year_id)
    return amendment_facts(row)
