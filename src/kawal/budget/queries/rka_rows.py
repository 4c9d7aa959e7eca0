"""Every component of a year's sheets in one statement, read as it comes: for workbooks."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from kawal.budget.facts import RevisionState, SheetKind
from kawal.budget.models import PriceItem, Revision
from kawal.budget.queries.rka_sql import CURRENT

CHUNK = 2000

ROWS = f"""
WITH {CURRENT}
SELECT c.unit_id, c.kind, coalesce(v.code, ''), coalesce(v.name, ''), r.version,
    a.code, a.name, f.code, f.name, p."group", p.note, p.name, p.specification,
    p.volume1, p.unit1, p.volume2, p.unit2, p.volume3, p.unit3, p.volume4, p.unit4,
    p.price, p.tax, p.amount, coalesce(i.code, '')
FROM current c
JOIN budget_revision r ON r.id = c.id
LEFT JOIN nomenclature_activity v ON v.id = c.activity_id
JOIN budget_revisionline l ON l.revision_id = c.id
JOIN budget_line k ON k.id = l.line_id
JOIN nomenclature_account a ON a.id = k.account_id
JOIN nomenclature_fund f ON f.id = k.fund_id
JOIN budget_component p ON p.revision_line_id = l.id
LEFT JOIN budget_priceitem i ON i.id = p.price_item_id
WHERE (%(units)s::bigint[] IS NULL OR c.unit_id = ANY (%(units)s::bigint[]))
    AND (%(sheet)s::bigint IS NULL OR c.sheet_id = %(sheet)s)
ORDER BY c.unit_id, c.kind, v.code, c.sheet_id, a.code, f.code, p.position, p.id
"""  # noqa: S608 - every part is ours


@dataclass(frozen=True, slots=True)
class WorkbookRow:
    """A component with all that it stands under; amounts in rupiah."""

    unit_id: int
    kind: SheetKind
    activity_code: str
    activity_name: str
    version: int
    account_code: str
    account_name: str
    fund_code: str
    fund_name: str
    group: str
    note: str
    name: str
    specification: str
    volumes: tuple[tuple[Decimal | None, str], ...]
    price: Decimal
    tax: Decimal
    amount: Decimal
    price_code: str


def workbook_rows(
    year: int, *, unit_ids: Collection[int] | None = None, sheet_id: int | None = None
) -> Iterator[WorkbookRow]:
    """Yield the components of a year's sheets (of some units, or one sheet), the newest revisions.

    They come through a cursor of the server, so that a large budget needs little memory.
    """
    chosen = {
        "year": year,
        "units": None if unit_ids is None else list(unit_ids),
        "sheet": sheet_id,
    }
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(ROWS, chosen)
        while found := cursor.fetchmany(CHUNK):
            yield from map(_row, found)


def _row(row: tuple[Any, ...]) -> WorkbookRow:
    volumes = tuple(zip(row[13:21:2], row[14:21:2], strict=True))
    rest: list[Any] = [*row[2:13], volumes, *row[21:]]
    return WorkbookRow(row[0], SheetKind(row[1]), *rest)


def draft_versions(year: int) -> dict[int, int]:
    """Return the version of each revision of a year that is a draft, by the revision's id."""
    rows = Revision.objects.filter(sheet__year=year, state=RevisionState.DRAFT.value)
    return dict(rows.values_list("pk", "version"))


def price_items_by_code(codes: Collection[str]) -> dict[str, int]:
    """Return the ids of items of the standard prices by their codes."""
    rows = PriceItem.objects.filter(code__in=set(codes) - {""})
    return dict(rows.values_list("code", "pk"))
