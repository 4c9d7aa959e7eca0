"""The budget years, and how the agencies stand in one."""

from datetime import date

from kawal.budget.facts import YearFacts
from kawal.budget.models import FiscalYear
from kawal.kernel.refusals import NotThere
from kawal.regions.facts import AgencyFacts
from kawal.regions.queries import agencies


def years() -> list[YearFacts]:
    """Return every budget year that was opened, the latest first."""
    return [_facts(row) for row in FiscalYear.objects.order_by("-year")]


def year(number: int) -> YearFacts:
    """Return a budget year.

    :raises NotThere: when nobody opened it.
    """
    row = FiscalYear.objects.filter(year=number).first()
    if row is None:
        raise NotThere(f"budget year {number}")
    return _facts(row)


def standing(number: int) -> dict[int, AgencyFacts]:
    """Return the agencies and units by id, as they stand at the end of the year; closed ones too.

    A sheet belongs to its unit by identity, so a new name in the year changes nothing.
    """
    return {one.id: one for one in agencies(date(number, 12, 31), with_closed=True)}


def above(unit_id: int, units: dict[int, AgencyFacts]) -> list[int]:
    """Return a unit's id and those of the agencies above it, the unit first, the SKPD last."""
    found: list[int] = []
    at: int | None = unit_id
    while at is not None and at not in found:
        found.append(at)
        at = units[at].parent_id if at in units else None
    return found


def _facts(row: FiscalYear) -> YearFacts:
    return YearFacts(
        row.year,
        row.accounts_id,
        row.activities_id,
        row.funds_id,
        row.opened_at,
        row.opened_by_id,
    )
