"""From nothing to watched: a pasted list becomes proposed checks, confirmed many at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.monitoring import pasted
from kawal.monitoring.actions.checks import add_check
from kawal.monitoring.actions.inventory import register_application
from kawal.monitoring.actions.rows import locked_application, person_of
from kawal.monitoring.drafts import ApplicationDraft, CheckDraft, Listed, Rejected
from kawal.monitoring.facts import Kind
from kawal.monitoring.feeds import FEEDS
from kawal.monitoring.models import Application, Check, Proposal
from kawal.monitoring.permissions import CONFIGURE, REGISTER
from kawal.regions.facts import Actor
from kawal.regions.permissions import require

MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class Proposing:
    """What a pasted list came to: new proposals, what is known already, lines that say nothing."""

    made: int
    known: int
    rejected: tuple[Rejected, ...]


@transaction.atomic
def propose_checks(text: str, *, agency_id: int, actor: Actor) -> Proposing:
    """Propose the checks of every address in a pasted list (one a line, or CSV with a header).

    A line that cannot be read is reported; the others are not lost because of it. What is watched
    or proposed already is not proposed again.

    :raises Refused: when the actor may not, or the list is empty or too long.
    """
    require(actor, CONFIGURE, agency_id)
    listed, rejected = pasted.read(text)
    if not listed and not rejected:
        raise Refused([Reason("proposal.empty", N_("Tempel sedikitnya satu alamat."), at="text")])
    if len(listed) + len(rejected) > MOST_LINES:
        reason = N_("Paling banyak %(most)s baris sekali tempel.")
        values = {"most": MOST_LINES}
        raise Refused([Reason("proposal.too_many", reason, at="text", values=values)])
    made, known = 0, 0
    for one in listed:
        for row in _proposals(one, agency_id, actor):
            is_new = _is_new(row)
            made, known = made + is_new, known + (not is_new)
            if is_new:
                row.save()
    return Proposing(made, known, tuple(rejected))


@transaction.atomic
def confirm_proposals(ids: Iterable[int], *, actor: Actor) -> int:
    """Make checks of proposals; an application that is not in the inventory yet enters it.

    :raises Refused: when the actor may not in one of the agencies, or a rule refuses one.
    :raises NotThere: when one of them was decided meanwhile.
    """
    rows = _waiting(ids)
    for row in rows:
        require(actor, CONFIGURE, row.agency_id)
        application = _application(row, actor)
        facts, _key = add_check(application, _draft(row, application), actor)
        row.application, row.made_id = application, facts.id
        _decide(row, actor)
    return len(rows)


@transaction.atomic
def reject_proposals(ids: Iterable[int], *, actor: Actor) -> int:
    """Drop proposals.

    :raises Refused: when the actor may not in one of the agencies.
    :raises NotThere: when one of them was decided meanwhile.
    """
    rows = _waiting(ids)
    for row in rows:
        require(actor, CONFIGURE, row.agency_id)
        _decide(row, actor)
    return len(rows)


def _proposals(one: Listed, agency_id: int, actor: Actor) -> list[Proposal]:
    name = one.name or pasted.name_of(one.address)
    known = Application.objects.filter(agency_id=agency_id, name=name, retired_at=None).first()
    return [
        Proposal(
            agency_id=agency_id,
            application=known,
            application_name=name,
            address=one.address,
            kind=proposed.kind.value,
            name=proposed.name[:120],
            spec=dict(proposed.spec),
            interval=proposed.interval,
            counts=proposed.counts,
            proposed_at=actor.at,
            proposed_by_id=person_of(actor),
        )
        for feed in FEEDS.values()
        for proposed in feed.propose(one.address)
    ]


def _is_new(row: Proposal) -> bool:
    """Tell whether nothing of the kind is proposed or watched yet."""
    same = {"kind": row.kind, "spec": row.spec}
    waiting = Proposal.objects.filter(
        agency_id=row.agency_id,
        application_name=row.application_name,
        kind=row.kind,
        address=row.address,
        decided_at=None,
    )
    of_agency = Check.objects.filter(application__agency_id=row.agency_id, retired_at=None, **same)
    return not waiting.exists() and not of_agency.exists()


def _waiting(ids: Iterable[int]) -> Sequence[Proposal]:
    wanted = sorted(set(ids))
    found = Proposal.objects.select_for_update().filter(pk__in=wanted, decided_at=None)
    rows = list(found.order_by("pk"))
    if not wanted:
        raise Refused([Reason("proposal.none", N_("Pilih sedikitnya satu usulan."), at="ids")])
    if len(rows) != len(wanted):
        raise NotThere("proposals decided meanwhile")
    return rows


def _application(row: Proposal, actor: Actor) -> Application:
    """Return the proposal's application, its row held; it enters the inventory if it must."""
    named = Application.objects.filter(
        agency_id=row.agency_id, name=row.application_name, retired_at=None
    ).first()
    if named is None:
        require(actor, REGISTER, row.agency_id)
        draft = ApplicationDraft(row.agency_id, row.application_name, address=row.address)
        return locked_application(register_application(draft, actor=actor).id)
    return locked_application(named.pk)


def _draft(row: Proposal, application: Application) -> CheckDraft:
    kind = Kind(row.kind)
    timing = FEEDS[kind].timing
    return CheckDraft(
        kind=kind,
        name=_free_name(row.name, application),
        spec=row.spec,
        interval=row.interval,
        timeout=min(timing.timeout, row.interval),
        confirmations=timing.confirmations,
        recheck=timing.recheck,
        counts=row.counts,
    )


def _free_name(name: str, application: Application) -> str:
    taken = set(
        Check.objects.filter(application=application, retired_at=None).values_list(
            "name", flat=True
        )
    )
    numbered = (f"{name[:115]} {number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _decide(row: Proposal, actor: Actor) -> None:
    row.decided_at, row.decided_by_id = actor.at, person_of(actor)
    row.save()
