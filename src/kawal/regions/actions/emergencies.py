"""Break-glass: power lent for some hours by two administrators, in public from start to end."""

from datetime import datetime, timedelta

from django.db import transaction

from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere, Refused
from kawal.regions import acts, queries, rules
from kawal.regions.actions.who import person_of
from kawal.regions.facts import Actor, AgencyFacts, BreakGlassFacts, Role
from kawal.regions.models import BreakGlass
from kawal.regions.permissions import require
from kawal.trail import actions as trail


@transaction.atomic
def ask_break_glass(
    *,
    person_id: int,
    role: Role,
    reason: str,
    length: timedelta,
    actor: Actor,
    agency_id: int | None = None,
) -> BreakGlassFacts:
    """Ask that a person be lent a role for some hours; another administrator must grant it.

    :raises Refused: with every reason.
    """
    require(actor, acts.BREAK_GLASS)
    agency = _agency(agency_id, actor.at)
    reasons = rules.break_glass_refusals(
        role=role, agency=agency, reason=reason, length=length, has_agency=agency_id is not None
    )
    if reasons:
        raise Refused(reasons)
    row = BreakGlass.objects.create(
        person_id=identity.person(person_id).id,
        role=role,
        agency_id=agency_id,
        reason=reason.strip(),
        length=length,
        asked_by_id=person_of(actor),
        asked_at=actor.at,
    )
    return row.as_facts()


@transaction.atomic
def grant_break_glass(request_id: int, *, actor: Actor) -> BreakGlassFacts:
    """Grant another administrator's request: the power begins now and ends by itself.

    :raises Refused: with every reason.
    """
    row = _locked(request_id, actor)
    granter = person_of(actor)
    if reasons := rules.granting_refusals(row.as_facts(), granter_id=granter, at=actor.at):
        raise Refused(reasons)
    row.granted_by_id, row.granted_at = granter, actor.at
    row.until = actor.at + row.length
    row.save(update_fields=["granted_by", "granted_at", "until"])
    names = identity.names([row.asked_by_id, granter])
    more = {
        "reason": row.reason,
        "asked_by": names[row.asked_by_id],
        "granted_by": names[granter],
        "until": row.until,
    }
    trail.append("emergency.started", _public(row) | more, at=actor.at)
    return row.as_facts()


@transaction.atomic
def end_break_glass(request_id: int, *, actor: Actor) -> BreakGlassFacts:
    """End lent power before its hour, or withdraw a request; any administrator may.

    Ending what is over changes nothing.
    """
    row = _locked(request_id, actor)
    if row.closed_at is None:
        _close(row, ended_at=actor.at, by=person_of(actor), at=actor.at)
    return row.as_facts()


@transaction.atomic
def expire_break_glass(*, at: datetime) -> int:
    """Make public the end of all lent power whose hour has passed; return how many there were.

    The power itself is gone at its hour, whether or not this has run.
    """
    rows = BreakGlass.objects.select_for_update(skip_locked=True).filter(
        until__lte=at, closed_at__isnull=True
    )
    over = list(rows.order_by("pk"))
    for row in over:
        _close(row, ended_at=row.until or at, by=None, at=at)
    return len(over)


def _close(row: BreakGlass, *, ended_at: datetime, by: int | None, at: datetime) -> None:
    row.closed_at, row.closed_by_id = at, by
    row.save(update_fields=["closed_at", "closed_by"])
    if row.granted_at is None:
        return
    who = identity.names([by])[by] if by is not None else None
    facts = _public(row) | {"ended_at": min(ended_at, row.until or ended_at), "ended_by": who}
    trail.append("emergency.ended", facts, at=at)


def _public(row: BreakGlass) -> dict[str, object]:
    agency = _agency(row.agency_id, row.granted_at or row.asked_at)
    return {
        "request": row.pk,
        "person": identity.names([row.person_id])[row.person_id],
        "role": row.role,
        "agency_code": agency.code if agency else None,
    }


def _agency(agency_id: int | None, at: datetime) -> AgencyFacts | None:
    return queries.agency(agency_id, queries.today(at)) if agency_id is not None else None


def _locked(request_id: int, actor: Actor) -> BreakGlass:
    require(actor, acts.BREAK_GLASS)
    row = BreakGlass.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise NotThere(f"break-glass {request_id}")
    return row
