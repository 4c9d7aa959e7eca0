"""A budget of 60,000 rows as a workbook: handed out, and taken in with every fault marked.

Each in a process of its own, for its memory. Beside it what the libraries of the formats need for
the same cells alone: XlsxWriter with constant memory, calamine, and openpyxl where it is installed.
"""

import importlib.util
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.measure import Line, Series, of, publish, ratio
from bench.reservations import opened

SHEETS, ACCOUNTS, PARTS, YEAR = 600, 20, 5, 2027
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
BAD_EVERY = 7
MIB = 1024


def made() -> None:
    """Plan the sheets through the product's own actions, as the people of the small city."""
    from kawal.budget import actions, queries
    from kawal.budget.facts import ComponentDraft, LineDraft, SheetKind, Volume
    from kawal.nomenclature.models import Account, Activity, Decree, Fund
    from tests.world.city import fill

    world = fill()
    decree = Decree.objects.create(code="bench", title="Bench", valid_from=date(2026, 1, 1))
    coded: dict[str, Any] = {"decree": decree, "name": "Belanja Alat Tulis Kantor"}
    accounts = Account.objects.bulk_create(
        Account(code=f"5.1.02.01.01.{n:04}", level=6, **coded) for n in range(ACCOUNTS)
    )
    activities = Activity.objects.bulk_create(
        Activity(code=f"1.01.02.2.01.{n:04}", level="sub_kegiatan", **coded) for n in range(SHEETS)
    )
    fund = Fund.objects.create(code="1.2.01", level=3, **coded)
    codes = dict.fromkeys(("accounts", "activities", "funds"), "bench")
    actions.open_year(YEAR, **codes, actor=world.actor("ppkd"))
    volumes = (Volume(Decimal(12), "Bulan"), Volume(Decimal("2.5"), "Rim"))
    parts = tuple(
        ComponentDraft(f"Kertas HVS {n}", Decimal("55000.50"), volumes, Decimal(11), "A4 80 gram")
        for n in range(PARTS)
    )
    lines = [LineDraft(one.pk, fund.pk, None, parts) for one in accounts]
    pptk, unit = world.actor("pptk"), world.agency("Disdik").id
    for activity in activities:
        sheet = actions.open_sheet(YEAR, unit, SheetKind.SPENDING, activity.pk, actor=pptk)
        draft = queries.open_revision(sheet)
        assert draft is not None
        actions.replace_lines(draft.id, lines, read=draft.version, actor=pptk)


def hand_out(path: str) -> int:
    """Write the workbook of the year; return its rows."""
    from kawal.budget import queries
    from kawal.budget.presenters import rka_workbook

    units = {one.id: (one.code, one.name) for one in queries.standing(YEAR).values()}
    return rka_workbook.write(Path(path), queries.workbook_rows(YEAR), units)


def take_in(path: str) -> int:
    """Take a workbook in and mark its faults; return how many there are."""
    from kawal.budget.imports import rka_intake
    from kawal.budget.imports.rka_marked import mark
    from kawal.regions.imports.people import acting_as

    taken = rka_intake.take_in(Path(path), YEAR, actor=acting_as("pptk"))
    if taken.is_refused:
        mark(taken.book, Path(path).with_suffix(".marked.xlsx"))
    return len(taken.book.faults)


def with_xlsxwriter(path: str) -> int:
    """Write the same cells with XlsxWriter, in constant memory."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(path.replace(".xlsx", ".peer.xlsx"), options)
    sheet = book.add_worksheet()
    rows = _cells(path)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, place, value)
            else:
                sheet.write_number(number, place, value)
    book.close()
    return len(rows)


def _cells(path: str) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def with_calamine(path: str) -> int:
    """Only read the cells, with calamine."""
    return len(_cells(path))


def with_openpyxl(path: str) -> int:
    """Only read the cells, with openpyxl in its reading mode."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))


def spoiled(path: str) -> str:
    """Write the workbook again with a fault in every seventh row; return its path."""
    from kawal.budget.presenters.rka_workbook import PLACE
    from kawal.budget.presenters.xlsx_file import Style, XlsxFile

    to = path.replace(".xlsx", ".bad.xlsx")
    with XlsxFile(Path(to)) as book, book.sheet("RKA", [12] * len(PLACE)) as sheet:
        for number, row in enumerate(_cells(path), 1):
            cells = [Decimal(repr(one)) if isinstance(one, float) else one for one in row]
            if number > 1 and number % BAD_EVERY == 0:
                cells[PLACE["price"]] = "mahal"
                cells[PLACE["account"]] = "5.9"
            sheet.row(number, [(place, one, Style.PLAIN) for place, one in enumerate(cells)])
    return to


def _child(work: Callable[[str], int], path: str, told: Any) -> None:
    import django

    django.setup()
    began = time.monotonic()
    found = work(path)
    seconds = time.monotonic() - began
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    its_reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    told.put((found, seconds, (ours + its_reader) / MIB))


def measured(work: Callable[[str], int], path: str) -> tuple[int, float, float]:
    """Run some work in a process of its own; return what it found, seconds, MiB."""
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    child = context.Process(target=_child, args=(work, path, told))
    child.start()
    found: tuple[int, float, float] = told.get(timeout=200)
    child.join()
    return found


def lines_of(what: str, who: str, run: tuple[int, float, float], goal: str = "") -> list[Line]:
    """Return the lines of one run: how long, and how much memory."""
    count, seconds, memory = run
    limit = "< 500" if goal else ""
    return [
        of(f"{what} ({count:,})", who, "s", Series.of([seconds]), goal=goal),
        of("  memory, its reader included", who, "MiB RSS", Series.of([memory]), goal=limit),
    ]


def main() -> None:
    """Measure and print."""
    with opened(), tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "rka.xlsx")
        made()
        out = measured(hand_out, path)
        bad = measured(take_in, spoiled(path))
        peer = measured(with_xlsxwriter, path)
        reader = measured(with_calamine, path)
        lines = lines_of("workbook of 60,000 rows handed out", "Kawal", out, "< 10")
        lines += lines_of("taken in, every fault marked; faults", "Kawal", bad, "< 20")
        lines += lines_of("the same cells read and written again", "XlsxWriter", peer)
        lines += lines_of("the cells only read", "calamine", reader)
        if importlib.util.find_spec("openpyxl"):
            lines += lines_of("the cells only read", "openpyxl", measured(with_openpyxl, path))
        else:
            lines.append(Line("the cells only read", "openpyxl", "s", None, note="not installed"))
        lines.append(ratio("taken in / only read", Series.of([bad[1]]), Series.of([reader[1]])))
        publish("RKA as XLSX", lines)


if __name__ == "__main__":
    sys.exit(main())
