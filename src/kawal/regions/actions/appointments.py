"""Appointments: one proposes, another approves, all of it in public."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere, Refused
from kawal.regions import acts, queries, rules
from kawal.regions.actions.locks import APPOINTMENTS, hold
from kawal.regions.actions.who import person_of
from kawal.regions.facts import (
    Actor,
    AgencyFacts,
    AppointmentDraft,
    AppointmentFacts,
    AppointmentRecord,
    AppointmentState,
    Role,
)
from kawal.regions.models import Appointment, AppointmentStep
from kawal.regions.models.appointments import IN_FORCE
from kawal.regions.permissions import require
from kawal.trail import actions as trail


@transaction.atomic
def propose_appointment(draft: AppointmentDraft, *, actor: Actor) -> AppointmentRecord:
    """Propose that a person hold a role, by a decree (SK).

    :raises Refused: with every reason; nothing is then proposed.
    """
    require(actor, acts.PROPOSE, draft.agency_id, about=draft.role)
    proposer = person_of(actor)
    reasons = rules.draft_refusals(
        draft, proposer_id=proposer, today=queries.today(actor.at)
    ) + rules.post_refusals(draft, post_of(draft))
    if reasons:
        raise Refused(reasons)
    row = Appointment.objects.create(
        person_id=draft.person_id,
        role=draft.role,
        agency_id=draft.agency_id,
        acting=draft.acting,
        sk_number=draft.sk_number.strip(),
        sk_date=draft.sk_date,
        sk_document_id=draft.sk_document_id,
        sk_sha256=draft.sk_sha256,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
        state=AppointmentState.PROPOSED,
        proposed_by_id=proposer,
        recorded_at=actor.at,
    )
    take_step(row, "proposed", proposer, actor.at)
    names = identity.names([row.person_id, proposer])
    facts = public_facts(row, names) | {"proposed_by": names[proposer]}
    trail.append("appointment.proposed", facts, at=actor.at)
    return row.as_record()


@transaction.atomic
def approve_appointment(appointment_id: int, *, actor: Actor, note: str = "") -> AppointmentRecord:
    """Approve another person's proposal: the appointment holds from its first day.

    The lock comes first, so what was free when it was asked is free when it is written.

    :raises Refused: with every reason; nothing is then changed.
    """
    hold(APPOINTMENTS)
    row = _locked(appointment_id, actor, acts.DECIDE)
    decider = person_of(actor)
    record = row.as_record()
    reasons = rules.decision_refusals(record, decider_id=decider)
    if not reasons:
        reasons = rules.post_refusals(record.draft, post_of(record.draft))
    if reasons:
        raise Refused(reasons)
    _decide(row, AppointmentState.MADE, decider)
    take_step(row, "approved", decider, actor.at, note)
    names = identity.names([row.person_id, decider])
    facts = public_facts(row, names) | {"decided_by": names[decider]}
    trail.append("appointment.made", facts, at=actor.at)
    return row.as_record()


@transaction.atomic
def reject_appointment(appointment_id: int, *, actor: Actor, note: str = "") -> AppointmentRecord:
    """Reject another person's proposal; the proposal stays on record.

    :raises Refused: with every reason; nothing is then changed.
    """
    row = _locked(appointment_id, actor, acts.DECIDE)
    decider = person_of(actor)
    if reasons := rules.decision_refusals(row.as_record(), decider_id=decider):
        raise Refused(reasons)
    _decide(row, AppointmentState.REJECTED, decider)
    take_step(row, "rejected", decider, actor.at, note)
    facts = {"appointment": row.pk, "decided_by": identity.names([decider])[decider]}
    trail.append("appointment.rejected", facts, at=actor.at)
    return row.as_record()


@transaction.atomic
def end_appointment(
    appointment_id: int, *, last_day: date, actor: Actor, note: str = ""
) -> AppointmentRecord:
    """End an appointment on its last day; one that has not begun by then is revoked.

    :raises Refused: with every reason; nothing is then changed.
    """
    hold(APPOINTMENTS)
    row = _locked(appointment_id, actor, acts.END)
    left = keepers(last_day + timedelta(days=1), but=row.pk)
    if reasons := rules.end_refusals(row.as_record(), last_day=last_day, keepers_left=left):
        raise Refused(reasons)
    end(row, last_day, person_of(actor), actor.at, note)
    return row.as_record()


def end(row: Appointment, last_day: date, by: int, at: datetime, note: str) -> None:
    """Write the end of an appointment and tell of it; the caller has asked the rules."""
    before = last_day < row.valid_from
    row.state = AppointmentState.REVOKED if before else AppointmentState.ENDED
    row.valid_until = row.valid_until if before else last_day
    row.save(update_fields=["state", "valid_until"])
    take_step(row, row.state, by, at, note)
    names = identity.names([row.person_id, by])
    facts = {
        "appointment": row.pk,
        "person": names[row.person_id],
        "role": row.role,
        "agency_code": _agency_code(row, row.valid_from),
        "last_day": last_day,
        "before_it_began": before,
        "ended_by": names[by],
    }
    trail.append("appointment.ended", facts, at=at)


def keepers(on: date, *, but: int) -> int:
    """Return how many administrators will hold office on a day without one appointment."""
    rows = Appointment.objects.filter(role=Role.PENGELOLA_SISTEM, state__in=IN_FORCE)
    rows = rows.exclude(valid_until__lt=on).exclude(pk=but)
    return rows.values("person_id").distinct().count()


def post_of(draft: AppointmentDraft) -> rules.Post:
    """Return what the rules must know of the place where somebody is to be appointed."""
    held = Appointment.objects.filter(state__in=IN_FORCE)
    where = Q(agency__isnull=True)
    if draft.agency_id is not None:
        where = Q(agency_id=draft.agency_id)
    return rules.Post(
        agency=_agency_of(draft),
        held_by_person=_facts(held.filter(person_id=draft.person_id)),
        held_in_post=_facts(held.filter(where, role=draft.role)),
        person_is_active=identity.person(draft.person_id).is_active,
    )


def take_step(
    row: Appointment, step: str, by: int | None, at: datetime, note: str = ""
) -> AppointmentStep:
    """Record one step in an appointment's life."""
    return AppointmentStep.objects.create(appointment=row, step=step, by_id=by, at=at, note=note)


def public_facts(row: Appointment, names: dict[int, str]) -> dict[str, object]:
    """Return what everybody may know: name and position yes, NIP no."""
    return {
        "appointment": row.pk,
        "person": names[row.person_id],
        "role": row.role,
        "agency_code": _agency_code(row, row.valid_from),
        "acting": row.acting,
        "sk_number": row.sk_number,
        "sk_date": row.sk_date,
        "sk_sha256": row.sk_sha256 or None,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
    }


def _agency_code(row: Appointment, on: date) -> str | None:
    return queries.agency(row.agency_id, on).code if row.agency_id is not None else None


def _agency_of(draft: AppointmentDraft) -> AgencyFacts | None:
    if draft.agency_id is None:
        return None
    try:
        return queries.agency(draft.agency_id, draft.valid_from)
    except NotThere:
        return None


def _facts(rows: Iterable[Appointment]) -> list[AppointmentFacts]:
    return [row.as_facts() for row in rows]


def _decide(row: Appointment, state: AppointmentState, decider: int) -> None:
    row.state, row.decided_by_id = state, decider
    row.save(update_fields=["state", "decided_by"])


def _locked(appointment_id: int, actor: Actor, act: str) -> Appointment:
    row = Appointment.objects.select_for_update().filter(pk=appointment_id).first()
    if row is None:
        raise NotThere(f"appointment {appointment_id}")
    require(actor, act, row.agency_id, about=Role(row.role))
    return row
