"""Reads of regions as they stood on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from kawal.kernel.refusals import NotThere
from kawal.regions.facts import RegionFacts, RegionKind, RegionVersionFacts
from kawal.regions.models import RegionCode, RegionVersion
from kawal.regions.models.dated import on as on_day


def versions(on: date) -> "QuerySet[RegionVersion]":
    """Return the versions in force on a day, by code."""
    return RegionVersion.objects.filter(on_day(on)).order_by("code")


def region(region_id: int, on: date) -> RegionFacts:
    """Return one region by its identity.

    :raises NotThere: when it did not exist on that day.
    """
    return _one(versions(on).filter(region_id=region_id), f"region {region_id}")


def region_by_code(code: str, on: date) -> RegionFacts:
    """Return the region that had this Kemendagri code on that day.

    :raises NotThere: when none had.
    """
    return _one(versions(on).filter(code=code), f"region {code}")


def regions_below(code: str, on: date) -> list[RegionFacts]:
    """Return all regions within one, itself not among them, by code: parents before children."""
    return [row.as_facts() for row in versions(on).filter(code__startswith=f"{code}.")]


def region_names(codes: Iterable[str], on: date) -> dict[str, str]:
    """Return the names of those of some codes that stand on a day."""
    return dict(versions(on).filter(code__in=set(codes)).values_list("code", "name"))


def regions_of_kind(kind: RegionKind, on: date, within: str = "") -> list[RegionFacts]:
    """Return the regions of one level, within a code if it is given."""
    rows = versions(on).filter(kind=kind)
    return [row.as_facts() for row in (rows.filter(code__startswith=within) if within else rows)]


def region_history(region_id: int) -> list[RegionVersionFacts]:
    """Return a region's versions, the newest first."""
    rows = RegionVersion.objects.filter(region_id=region_id).order_by("-valid_from")
    return [row.as_version() for row in rows]


def other_codes(region_id: int) -> dict[str, str]:
    """Return a region's code in each other system: bps, djpk."""
    rows = RegionCode.objects.filter(region_id=region_id).order_by("scheme")
    return dict(rows.values_list("scheme", "code"))


def _one(rows: "QuerySet[RegionVersion]", sought: str) -> RegionFacts:
    row = rows.first()
    if row is None:
        raise NotThere(sought)
    return row.as_facts()
