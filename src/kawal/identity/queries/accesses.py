"""Reads of the private access log."""

from datetime import datetime

from kawal.identity.facts import AccessFacts
from kawal.identity.models import AccessLog


def accesses(
    *,
    person_id: int | None = None,
    kind: str = "",
    object_id: str = "",
    what: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 200,
) -> list[AccessFacts]:
    """Return the lines that match all that is given, the newest first; ``until`` is exclusive."""
    wanted = {
        "person_id": person_id,
        "kind": kind or None,
        "object_id": object_id or None,
        "what__startswith": what or None,
        "at__gte": since,
        "at__lt": until,
    }
    rows = AccessLog.objects.filter(
        **{name: value for name, value in wanted.items() if value is not None}
    )
    return [row.as_facts() for row in rows.order_by("-at", "-pk")[:limit]]


def accesses_to(kind: str, object_id: object, *, limit: int = 200) -> list[AccessFacts]:
    """Return who saw or changed one object, the newest first."""
    return accesses(kind=kind, object_id=str(object_id), limit=limit)
