"""What identity asks of this module: who holds power, who may, what is held, who must be kept."""

from collections.abc import Mapping
from datetime import date, datetime

from django.http import HttpRequest

from kawal.identity import registry
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.regions import queries
from kawal.regions.facts import Reach, Role
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import city, grant, may
from kawal.ui.navigation import Item
from kawal.ui.navigation import register as register_menu

WITHOUT_SECOND_FACTOR = frozenset(
    {Role.OPERATOR_OPD, Role.OPERATOR_PUSAT_KENDALI, Role.PRODUSEN_DATA, Role.PERENCANA, Role.DPRD}
)
"""Roles that neither bind the city nor rule over others; every other role needs a second factor."""

MENU = (
    Item("office", N_("Orang"), "people:people", act=registry.SEE_PEOPLE, order=85, group="people"),
    Item(
        "office",
        N_("Catatan akses"),
        "people:accesses",
        act=registry.SEE_ACCESS,
        order=95,
        group="people",
    ),
)


def register() -> None:
    """Give identity its answers and grants; called once, at start-up.

    Who keeps the persons does not read the access log: those who watch him do.
    """
    grant(registry.SEE_PEOPLE, city(Role.PENGELOLA_SISTEM, Role.APIP, Role.AUDITOR))
    grant(registry.MANAGE_PEOPLE, {Role.PENGELOLA_SISTEM: Reach.ALL})
    grant(registry.SEE_ACCESS, city(Role.APIP, Role.AUDITOR))
    registry.privileged = holds_power
    registry.permitted = is_permitted
    registry.hold_person(holdings)
    registry.keep_person(reasons_to_keep)
    for item in MENU:
        register_menu(item)


def holds_power(person_id: int, at: datetime) -> bool:
    """Tell whether a person holds, at an instant, a role that needs a second factor."""
    held = queries.actor(person_id, None, at).appointments
    return any(appointment.role not in WITHOUT_SECOND_FACTOR for appointment in held)


def is_permitted(request: HttpRequest, act: str) -> bool:
    """Tell whether the reader may do one of identity's acts."""
    return may(actor_of(request), act)


def holdings(person_id: int, at: datetime) -> Mapping[str, Mapping[str, object]]:
    """Return the appointments that a person holds, for the page on his own data."""
    held = queries.appointments_of(person_id, queries.today(at))
    lines = {str(one.role.label): _span(one.valid_from, one.valid_until) for one in held}
    return {N_("Penunjukan"): lines} if lines else {}


def _span(since: date, until: date | None) -> object:
    """Return the first day of an open appointment, both days of one that has its end."""
    return since if until is None else f"{since.isoformat()} - {until.isoformat()}"


def reasons_to_keep(person_id: int, at: datetime) -> list[Reason]:
    """Return why a person cannot be erased: he still holds an office."""
    if not queries.appointments_of(person_id, queries.today(at)):
        return []
    return [
        Reason(
            "regions.holds_office",
            N_("Orang ini masih memegang jabatan."),
            mend=N_("Akhiri dahulu penunjukannya."),
        )
    ]
