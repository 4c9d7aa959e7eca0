"""Locks of a year, and why a sheet may not be drafted."""

from collections.abc import Iterable

from django.db.models import Q

from kawal.budget.facts import LockFacts
from kawal.budget.models import Lock, Sheet
from kawal.budget.queries.years import above, standing
from kawal.kernel.refusals import NotThere, Reason
from kawal.kernel.words import N_


def locks(year: int, *, open_only: bool = False) -> list[LockFacts]:
    """Return a year's locks, the newest first."""
    rows = Lock.objects.filter(year=year).order_by("-locked_at", "-pk")
    return [_facts(row) for row in (rows.filter(released_at=None) if open_only else rows)]


def lock(lock_id: int) -> LockFacts:
    """Return one lock.

    :raises NotThere: when there is none of that id.
    """
    row = Lock.objects.filter(pk=lock_id).first()
    if row is None:
        raise NotThere(f"lock {lock_id}")
    return _facts(row)


def lock_reasons(sheet_id: int) -> list[Reason]:
    """Return why a sheet may not be drafted now: each open lock on it, its unit or its agency.

    :raises NotThere: when there is no such sheet.
    """
    row = Sheet.objects.filter(pk=sheet_id).values_list("pk", "year_id", "unit_id").first()
    if row is None:
        raise NotThere(f"sheet {sheet_id}")
    sheet, year, unit = row
    return locked(year, [(sheet, unit)]) if _any(year) else []


def locked(year: int, sheets: Iterable[tuple[int, int]]) -> list[Reason]:
    """Return every open lock on some sheets, each given with its unit; ``at`` is the sheet."""
    held = locks(year, open_only=True)
    if not held:
        return []
    units = standing(year)
    return [
        _reason(one, sheet)
        for sheet, unit in sheets
        for one in held
        if one.sheet_id == sheet or one.agency_id in above(unit, units)
    ]


def _any(year: int) -> bool:
    return Lock.objects.filter(Q(year=year, released_at=None)).exists()


def _reason(one: LockFacts, sheet: int) -> Reason:
    return Reason(
        "lock.sheet" if one.sheet_id else "lock.agency",
        N_("Terkunci: %(reason)s"),
        at=str(sheet),
        mend=N_("Mintalah TAPD atau PPKD membuka kuncinya."),
        values={"reason": one.reason},
    )


def _facts(row: Lock) -> LockFacts:
    return LockFacts(
        row.pk,
        row.year_id,
        row.agency_id,
        row.sheet_id,
        row.reason,
        row.locked_at,
        row.locked_by_id,
        row.release_reason or "",
        row.released_at,
        row.released_by_id,
    )
