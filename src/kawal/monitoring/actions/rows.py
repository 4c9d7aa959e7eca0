"""What every action does with a row: lock it, note the change, repaint the screens."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import connection

from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.monitoring.models import Application, Check, Incident
from kawal.regions.facts import Actor
from kawal.ui import live


def person_of(actor: Actor) -> int:
    """Return the id of the person who acts.

    :raises Refused: when nobody is signed in.
    """
    if actor.person_id is None:
        raise Refused([Reason("monitoring.nobody", N_("Masuklah dahulu."))])
    return actor.person_id


def locked_application(application_id: int) -> Application:
    """Return an application, its row held until the transaction ends.

    :raises NotThere: when there is none.
    """
    row = Application.objects.select_for_update().filter(pk=application_id).first()
    if row is None:
        raise NotThere(f"application {application_id}")
    return row


def locked_check(check_id: int) -> Check:
    """Return a check that is not retired, with its application; both rows are held.

    :raises NotThere: when there is none.
    """
    application_id = Check.objects.filter(pk=check_id, retired_at=None).values("application_id")
    application = Application.objects.select_for_update().filter(pk__in=application_id).first()
    row = Check.objects.select_for_update().filter(pk=check_id, retired_at=None).first()
    if application is None or row is None:
        raise NotThere(f"check {check_id}")
    row.application = application
    return row


def locked_incident(incident_id: int) -> Incident:
    """Return an incident with its application; both rows are held.

    :raises NotThere: when there is none.
    """
    application_id = Incident.objects.filter(pk=incident_id).values("application_id")
    application = Application.objects.select_for_update().filter(pk__in=application_id).first()
    row = Incident.objects.select_for_update().filter(pk=incident_id).first()
    if application is None or row is None:
        raise NotThere(f"incident {incident_id}")
    row.application = application
    return row


def jsonable(value: object) -> Any:
    """Return a value as the tables of changes keep it."""
    match value:
        case Enum():
            return value.value
        case Decimal():
            return str(value)
        case date() | datetime():
            return value.isoformat()
        case tuple() | list():
            return [jsonable(one) for one in value]
        case Mapping():
            return {str(key): jsonable(one) for key, one in value.items()}
    return value


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, list[Any]]:
    """Return the fields that differ, each with its old and its new value."""
    pairs = {field: (before.get(field), value) for field, value in after.items()}
    return {
        field: [jsonable(old), jsonable(new)] for field, (old, new) in pairs.items() if old != new
    }


def repaint() -> None:
    """Tell the screens, when the transaction commits, that something they show has changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, 'monitoring')", [live.CHANNEL])
