"""Reads of who holds which role, and of the actor that a person is at an instant."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from kawal.kernel.refusals import NotThere
from kawal.regions.facts import (
    Acting,
    Actor,
    AppointmentDraft,
    AppointmentFacts,
    AppointmentRecord,
    AppointmentState,
    BreakGlassFacts,
    Role,
    Scope,
)
from kawal.regions.models import Appointment, BreakGlass
from kawal.regions.models.appointments import IN_FORCE
from kawal.regions.models.dated import on as on_day
from kawal.regions.queries.agencies import units_below
from kawal.regions.queries.city import today


def in_force(on: date) -> "QuerySet[Appointment]":
    """Return the appointments that hold on a day."""
    return Appointment.objects.filter(on_day(on), state__in=IN_FORCE)


def appointments_of(person_id: int, on: date) -> list[AppointmentFacts]:
    """Return the appointments that a person holds on a day, each with the agencies it covers."""
    rows = in_force(on).filter(person_id=person_id).order_by("pk")
    return _covering([row.as_facts() for row in rows], on)


def holders(role: Role, agency_id: int | None, on: date) -> list[int]:
    """Return the persons who hold a role in an agency (or the city) on a day, definitive first.

    A Plh stands in for the holder, so both are named.
    """
    where = Q(agency__isnull=True) if agency_id is None else Q(agency_id=agency_id)
    rows = in_force(on).filter(where, role=role)
    order = {Acting.DEFINITIVE: 0, Acting.PLT: 1, Acting.PLH: 2}
    found = sorted(rows, key=lambda row: (order[Acting(row.acting)], row.pk))
    return list(dict.fromkeys(row.person_id for row in found))


def is_on_record(draft: AppointmentDraft) -> bool:
    """Tell whether the same appointment by the same decree was proposed or made before."""
    where = Q(agency__isnull=True) if draft.agency_id is None else Q(agency_id=draft.agency_id)
    return Appointment.objects.filter(
        where,
        person_id=draft.person_id,
        role=draft.role,
        acting=draft.acting,
        sk_number=draft.sk_number,
        valid_from=draft.valid_from,
    ).exists()


def appointment(appointment_id: int) -> AppointmentRecord:
    """Return one appointment whole, whatever its state.

    :raises NotThere: when there is none.
    """
    row = Appointment.objects.prefetch_related("steps").filter(pk=appointment_id).first()
    if row is None:
        raise NotThere(f"appointment {appointment_id}")
    return row.as_record()


def appointments(
    within: Scope,
    *,
    state: AppointmentState | None = None,
    on: date | None = None,
    agency_id: int | None = None,
    person_id: int | None = None,
    role: Role | None = None,
) -> "QuerySet[Appointment]":
    """Return the appointments that a scope shows, the newest first; ``on`` keeps those in force.

    A scope of agencies does not show the roles of the whole city.
    """
    rows = Appointment.objects.prefetch_related("steps").order_by("-pk")
    if not within.everything:
        rows = rows.filter(agency_id__in=within.agency_ids)
    if on is not None:
        rows = rows.filter(on_day(on), state__in=IN_FORCE)
    wanted = {"state": state, "agency_id": agency_id, "person_id": person_id, "role": role}
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def emergencies(limit: int = 100) -> list[BreakGlassFacts]:
    """Return requests for emergency power, the newest first."""
    return [row.as_facts() for row in BreakGlass.objects.order_by("-asked_at", "-pk")[:limit]]


def has_appointments() -> bool:
    """Tell whether anybody was ever appointed."""
    return Appointment.objects.exists()


def actor(person_id: int | None, login_id: int | None, at: datetime) -> Actor:
    """Return who acts: the person with all that he may be at the instant ``at`` (UTC)."""
    if person_id is None:
        return Actor(None, login_id, (), at)
    on = today(at)
    held = appointments_of(person_id, on)
    return Actor(person_id, login_id, (*held, *_emergencies(person_id, on, at)), at)


def running(at: datetime) -> Q:
    """Return the condition that a break-glass lends its power at an instant."""
    return Q(granted_at__lte=at, until__gt=at, closed_at__isnull=True)


def _emergencies(person_id: int, on: date, at: datetime) -> Sequence[AppointmentFacts]:
    rows = BreakGlass.objects.filter(running(at), person_id=person_id).order_by("pk")
    lent = [
        AppointmentFacts(
            id=row.pk,
            person_id=row.person_id,
            role=Role(row.role),
            agency_id=row.agency_id,
            acting=Acting.PLH,
            valid_from=on,
            valid_until=on,
            emergency=True,
        )
        for row in rows
    ]
    return _covering(lent, on)


def _covering(held: Iterable[AppointmentFacts], on: date) -> list[AppointmentFacts]:
    held = list(held)
    below = units_below((a.agency_id for a in held if a.agency_id is not None), on) if held else {}
    return [replace(a, covers=below.get(a.agency_id or 0, frozenset())) for a in held]
