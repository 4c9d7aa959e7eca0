"""An import into a table of the test's own, for the tests of the engine."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from kawal.kernel.importing import Column, Import, Row, Written
from kawal.kernel.importing.parsing import at_most, day, integer
from kawal.kernel.refusals import Reason


class Goods(Import):
    """Goods by code; the table refuses a negative stock, the check a code of nine."""

    columns = (
        Column("code", "Kode", ("kode barang", "item code"), at_most(12), required=True),
        Column("name", "Nama", ("nama barang",), at_most(40), required=True),
        Column("stock", "Jumlah", ("qty", "stok"), integer, default=0),
        Column("since", "Sejak", ("date",), day),
    )
    batch = 4

    def begin(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMP TABLE IF NOT EXISTS goods (code text PRIMARY KEY, name text,"
                " stock int CONSTRAINT stock_is_not_negative CHECK (stock >= 0), since date)"
            )

    def check(self, row: Row) -> Sequence[Reason]:
        if row["code"].startswith("9"):
            return [Reason("goods.nine", "kode sembilan", at="Kode")]
        return []

    def write(self, rows: Sequence[Row]) -> Written:
        new = changed = 0
        with connection.cursor() as cursor:
            for row in rows:
                values = [row[name] for name in ("code", "name", "stock", "since")]
                cursor.execute(
                    "INSERT INTO goods AS g VALUES (%s, %s, %s, %s)"
                    " ON CONFLICT (code) DO UPDATE SET name = excluded.name,"
                    " stock = excluded.stock, since = excluded.since"
                    " WHERE (g.name, g.stock, g.since)"
                    " IS DISTINCT FROM (excluded.name, excluded.stock, excluded.since)"
                    " RETURNING xmax = 0",
                    values,
                )
                answer = cursor.fetchone()
                new += bool(answer and answer[0])
                changed += bool(answer and not answer[0])
        return Written(new, changed, len(rows) - new - changed)


class LateGoods(Goods):
    """Goods of which those in stock zero are refused only at the end."""

    def __init__(self) -> None:
        self.empty: list[int] = []

    def write(self, rows: Sequence[Row]) -> Written:
        self.empty += [row.line for row in rows if row["stock"] == 0]
        return super().write([row for row in rows if row["stock"]])

    def finish(self) -> Written:
        reason = Reason("goods.empty", "habis")
        return Written(rejected=((line, [reason]) for line in self.empty))


def goods() -> list[tuple[Any, ...]]:
    """Return the codes and names in the table, none when it is not there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pg_temp.goods') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return []
        cursor.execute("SELECT code, name FROM goods ORDER BY code")
        return list(cursor.fetchall())
