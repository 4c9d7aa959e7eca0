"""Which revisions a paper shows, and their sums by account, by sub kegiatan and by line."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kawal.budget.facts import SheetKind
from kawal.budget.facts.funds import NIL
from kawal.budget.facts.papers import MONTHS, Leaf, RecapRow
from kawal.budget.models import CashPlan, CashPlanLine, Revision, RevisionLine, VersionSheet
from kawal.budget.queries.papers.names import place_names
from kawal.budget.queries.rka_sql import CURRENT, select
from kawal.regions.queries import region_names

LATEST = f"""
WITH {CURRENT}
SELECT c.sheet_id, c.unit_id, c.kind, coalesce(a.code, ''), coalesce(a.name, ''), c.id
FROM current c LEFT JOIN nomenclature_activity a ON a.id = c.activity_id
WHERE c.unit_id = ANY (%(units)s) ORDER BY a.code COLLATE "C", c.unit_id
"""  # noqa: S608 - every part is ours
KINDS = {"5.1": "operating", "5.2": "capital", "5.3": "contingency", "5.4": "transfer"}
Key = tuple[str, str]
HELD = (
    "sheet",
    "sheet__unit",
    "sheet__kind",
    "sheet__activity__code",
    "sheet__activity__name",
    "revision",
)
PLAN_COLUMNS = tuple(f"m{month}" for month in range(1, MONTHS + 1))


@dataclass(frozen=True, slots=True)
class Held:
    """A sheet and the revision of it that a paper shows."""

    sheet_id: int
    unit_id: int
    kind: SheetKind
    code: str
    name: str
    revision_id: int


def current(year: int, unit_ids: Collection[int]) -> list[Held]:
    """Return the sheets of units, each with its newest revision that was not dropped."""
    rows = select(LATEST, {"year": year, "units": list(unit_ids)})
    return [held_row(*row) for row in rows]


def of_version(version_id: int, unit_ids: Collection[int] | None = None) -> list[Held]:
    """Return what a version holds, by code; of some units only when they are named."""
    rows = VersionSheet.objects.filter(version=version_id)
    rows = rows if unit_ids is None else rows.filter(sheet__unit__in=list(unit_ids))
    found = rows.order_by("sheet__activity__code", "sheet__unit").values_list(*HELD)
    return [held_row(*row) for row in found]


def held_row(
    sheet: int, unit: int, kind: str, code: str | None, name: str | None, revision: int
) -> Held:
    """Return a row of the columns :data:`HELD` as facts."""
    return Held(sheet, unit, SheetKind(kind), code or "", name or "", revision)


def of_kind(held: Iterable[Held], kind: SheetKind) -> list[Held]:
    """Return the sheets of one kind."""
    return [one for one in held if one.kind is kind]


def sums(held: Iterable[Held]) -> dict[int, dict[Key, Decimal]]:
    """Return each revision's lines by account and fund, in rupiah."""
    rows = RevisionLine.objects.filter(revision__in=[one.revision_id for one in held])
    found: dict[int, dict[Key, Decimal]] = defaultdict(dict)
    for revision, account, fund, amount in rows.values_list(
        "revision", "line__account__code", "line__fund__code", "amount"
    ):
        found[revision][account, fund] = amount
    return found


def leaves(
    now: Sequence[Held], before: Sequence[Held] | None = None, *, deepest: int = 6
) -> list[Leaf]:
    """Return sums by account cut to a depth, beside what stood before where that is given."""
    after = _by_account(now, deepest)
    if before is None:
        return [Leaf(code, amount) for code, amount in sorted(after.items())]
    was = _by_account(before, deepest)
    codes = sorted(after.keys() | was.keys())
    return [Leaf(code, after.get(code, NIL), was.get(code, NIL)) for code in codes]


def _by_account(held: Sequence[Held], deepest: int) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(lambda: NIL)
    for lines in sums(held).values():
        for (account, _), amount in lines.items():
            found[".".join(account.split(".")[:deepest])] += amount
    return found


def recap_rows(now: Sequence[Held], before: Sequence[Held] | None, on: date) -> list[RecapRow]:
    """Return each sub kegiatan with its sums by kind of spending, funds, places and years."""
    after, headers = sums(now), _headers(now)
    was = {} if before is None else {one.code: one for one in before}
    sums_before = sums(was.values())
    known = region_names((code for header in headers.values() for code in header[0]), on)
    rows: dict[str, RecapRow] = {}
    for one in now:
        header = headers[one.revision_id]
        old = was.get(one.code)
        rows[one.code] = RecapRow(
            one.code,
            one.name,
            5,
            **_by_kind(after[one.revision_id]),
            before=_total(sums_before, old) if before is not None else None,
            fund=", ".join(sorted({fund for _, fund in after[one.revision_id]})),
            places=place_names(header[0], known) or header[1],
            last_year=header[2],
            next_year=header[3],
        )
    gone = [one for code, one in was.items() if code not in rows]
    for one in gone:
        rows[one.code] = RecapRow(
            one.code, one.name, 5, NIL, NIL, NIL, NIL, before=_total(sums_before, one)
        )
    return list(rows.values())


def _total(found: Mapping[int, Mapping[Key, Decimal]], held: Held | None) -> Decimal:
    return sum(found.get(held.revision_id, {}).values(), NIL) if held else NIL


def _by_kind(lines: Mapping[Key, Decimal]) -> dict[str, Decimal]:
    found = dict.fromkeys(KINDS.values(), NIL)
    for (account, _), amount in lines.items():
        found[KINDS[account[:3]]] += amount
    return found


def _headers(held: Iterable[Held]) -> dict[int, tuple[Any, ...]]:
    rows = Revision.objects.filter(pk__in=[one.revision_id for one in held])
    found = rows.values_list("pk", "places", "place_text", "last_year", "next_year")
    return {row[0]: row[1:] for row in found}


def months(year: int, unit_ids: Collection[int]) -> dict[int, tuple[Decimal, ...]]:
    """Return the cash plans in force of units: twelve months in rupiah by sheet."""
    newest = CashPlan.objects.filter(year=year, unit__in=list(unit_ids), state="validated")
    plans = newest.order_by("unit", "-number").distinct("unit").values_list("pk", flat=True)
    rows = CashPlanLine.objects.filter(plan__in=list(plans))
    found: dict[int, tuple[Decimal, ...]] = {}
    for sheet, *amounts in rows.values_list("line__sheet", *PLAN_COLUMNS):
        known = found.get(sheet, (NIL,) * MONTHS)
        found[sheet] = tuple(a + b for a, b in zip(known, amounts, strict=True))
    return found


def added_up(plans: Iterable[tuple[Decimal, ...]]) -> tuple[Decimal, ...]:
    """Return the sum of plans month by month; nothing of none."""
    columns = list(zip(*plans, strict=True))
    return tuple(sum(column, NIL) for column in columns)
