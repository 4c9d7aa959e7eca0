"""Reads of agencies and units as they stood on a day, and of their history."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from kawal.kernel.refusals import NotThere
from kawal.regions.facts import AgencyFacts, AgencyStatus, AgencyVersionFacts
from kawal.regions.models import AgencySuccession, AgencyVersion
from kawal.regions.models.dated import on as on_day


def versions(on: date) -> "QuerySet[AgencyVersion]":
    """Return the versions in force on a day, by code."""
    return AgencyVersion.objects.filter(on_day(on)).order_by("code", "agency_id")


def agencies(
    on: date, *, ids: Iterable[int] | None = None, with_closed: bool = False
) -> list[AgencyFacts]:
    """Return agencies and units, by code; all of them, or those with these ids."""
    rows = versions(on)
    if ids is not None:
        rows = rows.filter(agency_id__in=set(ids))
    if not with_closed:
        rows = rows.filter(status=AgencyStatus.ACTIVE)
    return [row.as_facts() for row in rows]


def agency(agency_id: int, on: date) -> AgencyFacts:
    """Return one agency by its identity, closed ones too.

    :raises NotThere: when it did not exist on that day.
    """
    row = versions(on).filter(agency_id=agency_id).first()
    if row is None:
        raise NotThere(f"agency {agency_id}")
    return row.as_facts()


def agency_by_code(code: str, on: date) -> AgencyFacts:
    """Return the active agency that had this code on that day.

    :raises NotThere: when none had.
    """
    row = versions(on).filter(code=code, status=AgencyStatus.ACTIVE).first()
    if row is None:
        raise NotThere(f"agency {code}")
    return row.as_facts()


def agency_names(ids: Iterable[int], on: date) -> dict[int, str]:
    """Return the name of each of these agencies on that day."""
    rows = versions(on).filter(agency_id__in=set(ids))
    return dict(rows.values_list("agency_id", "name"))


def last_agency_names(ids: Iterable[int]) -> dict[int, str]:
    """Return the latest name of each of these agencies, also of those that are over or to come."""
    rows = AgencyVersion.objects.filter(agency_id__in=set(ids)).order_by("agency_id", "valid_from")
    return dict(rows.values_list("agency_id", "name"))


def agency_history(agency_id: int) -> list[AgencyVersionFacts]:
    """Return an agency's versions, the oldest first.

    :raises NotThere: when there is no such agency.
    """
    rows = AgencyVersion.objects.filter(agency_id=agency_id).order_by("valid_from")
    if not rows:
        raise NotThere(f"agency {agency_id}")
    return [row.as_version() for row in rows]


def predecessors(agency_id: int) -> list[int]:
    """Return the agencies that this one follows."""
    rows = AgencySuccession.objects.filter(successor_id=agency_id).order_by("predecessor_id")
    return list(rows.values_list("predecessor_id", flat=True))


def successors(agency_id: int) -> list[int]:
    """Return the agencies that follow this one."""
    rows = AgencySuccession.objects.filter(predecessor_id=agency_id).order_by("successor_id")
    return list(rows.values_list("successor_id", flat=True))


def units_of(agency_id: int, on: date) -> list[AgencyFacts]:
    """Return the active units directly below an agency, by code."""
    rows = versions(on).filter(parent_id=agency_id, status=AgencyStatus.ACTIVE)
    return [row.as_facts() for row in rows]


def units_below(agency_ids: Iterable[int], on: date) -> dict[int, frozenset[int]]:
    """Return for each agency the ids of itself and of all units below it.

    Closed ones are among them: who answers for an agency answers for what it did.
    """
    children: dict[int, list[int]] = {}
    for child, parent in versions(on).values_list("agency_id", "parent_id"):
        if parent is not None:
            children.setdefault(parent, []).append(child)
    return {agency_id: _tree(agency_id, children) for agency_id in set(agency_ids)}


def _tree(root: int, children: dict[int, list[int]]) -> frozenset[int]:
    found, waiting = {root}, [root]
    while waiting:
        fresh = [child for child in children.get(waiting.pop(), []) if child not in found]
        found.update(fresh)
        waiting.extend(fresh)
    return frozenset(found)
