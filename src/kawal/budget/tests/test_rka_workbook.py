"""RKA as a workbook: handed out, edited, handed in again; every fault in its cell."""

import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from kawal.budget import queries
from kawal.budget.facts import Volume
from kawal.budget.imports.rka_intake import Taken, take_in
from kawal.budget.imports.rka_marked import mark
from kawal.budget.presenters import rka_workbook
from kawal.budget.presenters.rka_workbook import PLACE
from kawal.budget.presenters.xlsx_file import LETTERS, Formula, Style, XlsxFile
from kawal.budget.tests.rka_world import ACTIVITIES, YEAR, component

pytestmark = pytest.mark.django_db
Table = list[list[Any]]


def exported(path: Path) -> Table:
    units = {one.id: (one.code, one.name) for one in queries.standing(YEAR).values()}
    rka_workbook.write(path, queries.workbook_rows(YEAR), units)
    return cells(path)


def cells(path: Path, sheet: int = 0) -> Table:
    page = CalamineWorkbook.from_path(path).get_sheet_by_index(sheet)
    return [list(row) for row in page.to_python(skip_empty_area=False)]


def written(path: Path, table: Sequence[Sequence[Any]]) -> Path:
    with XlsxFile(path) as book, book.sheet("RKA", [12] * 26) as sheet:
        for number, row in enumerate(table, 1):
            values = [Decimal(repr(one)) if isinstance(one, float) else one for one in row]
            sheet.row(number, [(place, one, Style.PLAIN) for place, one in enumerate(values)])
    return path


def taken(plan: Any, path: Path, by: str = "pptk", **more: Any) -> Taken:
    return take_in(path, YEAR, actor=plan.world.actor(by), **more)


@pytest.fixture
def drafted(plan: Any) -> Any:
    """Return the plan with one sheet: two lines, among them a text that looks like a formula."""
    revision = plan.draft()
    plan.write(
        revision,
        [
            plan.line(
                component("55000", "10", tax=Decimal(11), specification="A4", group="=1+1"),
                component("900000.50", "3", name="Honor", volumes=(
                    Volume(Decimal(3), "Orang"), Volume(Decimal("2.5"), "Hari"))),
            ),
            plan.line(component("12345678901234.56"), account="5.1.02.01.01.0025"),
        ],
    )  # fmt: skip
    return plan


def test_what_is_handed_out_comes_back_without_a_change(drafted: Any, tmp_path: Path):
    table = exported(tmp_path / "rka.xlsx")
    assert table[0] == rka_workbook.headers()
    first, second, third = table[1:]
    assert first[PLACE["activity"]] == ACTIVITIES[0]
    assert (first[PLACE["price"]], first[PLACE["amount"]]) == (55000.0, 610500.0)
    assert first[PLACE["group"]] == "=1+1"
    assert (second[PLACE["volume2"]], second[PLACE["unit2"]]) == (2.5, "Hari")
    assert third[PLACE["price"]] == "12345678901234.56"  # a number would lose its sen
    again = taken(drafted, tmp_path / "rka.xlsx")
    assert again.book.faults == []
    assert (again.read, again.unchanged, again.changed, again.new) == (3, 1, 0, 0)


def test_an_edited_workbook_replaces_its_sheets_and_opens_new_ones(drafted: Any, tmp_path: Path):
    table = exported(tmp_path / "rka.xlsx")
    table[1][PLACE["price"]] = "60.000,00"
    table[1][PLACE["amount"]] = ""
    del table[2]
    table[2][PLACE["activity"]] = ACTIVITIES[1]
    table[2][PLACE["version"]] = ""
    path = written(tmp_path / "baru.xlsx", table)
    dry = taken(drafted, path, dry_run=True)
    assert (dry.book.faults, dry.changed, dry.new) == ([], 1, 1)
    assert len(queries.sheets(YEAR)) == 1
    done = taken(drafted, path)
    assert (done.book.faults, done.changed, done.new) == ([], 1, 1)
    totals = {row.activity_code: row.total for row in queries.sheets(YEAR)}
    assert totals == {
        ACTIVITIES[0]: Decimal("666000.00"),
        ACTIVITIES[1]: Decimal("12345678901234.56"),
    }


def test_every_fault_is_found_at_once_and_nothing_is_written(drafted: Any, tmp_path: Path):
    before = [row.total for row in queries.sheets(YEAR)]
    table = exported(tmp_path / "rka.xlsx")
    table[1][PLACE["price"]] = "mahal"
    table[1][PLACE["unit1"]] = ""
    table[1][PLACE["fund"]] = "9.9"
    table[2][PLACE["account"]] = "4.1.01.15.01.0001"
    table[2][PLACE["tax"]] = 101
    table[3][PLACE["unit"]] = "9.99"
    table[3][PLACE["price_code"]] = "SSH-TIADA"
    table += [list(table[2]), list(table[2]), list(table[2])]
    table[4][PLACE["account"]], table[4][PLACE["tax"]] = "5.1.02.01.01.0024", 0
    table[4][PLACE["amount"]] = 1
    table[5][PLACE["unit"]] = drafted.world.agency("Dishub").code
    table[6][PLACE["activity"]], table[6][PLACE["unit3"]] = "1.01.99", "Kali"
    path = written(tmp_path / "salah.xlsx", table)
    found = {(one.line, one.column, one.reason.code) for one in taken(drafted, path).book.faults}
    assert {
        (2, "price", "import.not_a_number"),
        (2, "unit1", "import.blank"),
        (2, "fund", "budget.fund_unknown"),
        (3, "tax", "budget.tax"),
        (4, "unit", "budget.unit_unknown"),
        (4, "price_code", "budget.price_unknown"),
        (5, "amount", "budget.amount_differs"),
        (6, "unit", "budget.unit_not_yours"),
        (7, "activity", "budget.activity_unknown"),
        (7, "volume3", "budget.no_volume"),
    } <= found
    assert [row.total for row in queries.sheets(YEAR)] == before


def test_the_workbook_comes_back_with_its_faults_in_their_cells(drafted: Any, tmp_path: Path):
    table = exported(tmp_path / "rka.xlsx")
    table[1][PLACE["price"]] = "mahal"
    table[3][PLACE["account"]] = "5.9"
    refused = taken(drafted, written(tmp_path / "salah.xlsx", table))
    place = tmp_path / "bertanda.xlsx"
    mark(refused.book, place)
    assert cells(place)[1][PLACE["price"]] == "mahal"
    assert cells(place)[2][PLACE["name"]] == "Honor"
    listed = cells(place, 1)
    assert [row[:3] for row in listed[1:]] == [
        [2.0, "Harga satuan", "mahal"],
        [4.0, "Kode rekening", "5.9"],
    ]
    with zipfile.ZipFile(place) as parts:
        comments = parts.read("xl/comments1.xml").decode()
        rows = parts.read("xl/worksheets/sheet1.xml").decode()
    assert f'<comment ref="{LETTERS[PLACE["price"]]}2"' in comments
    assert "5.9" in comments
    assert rows.count(f's="{int(Style.WRONG)}"') == 2


def test_what_the_action_refuses_is_a_fault_too(drafted: Any, tmp_path: Path):
    table = exported(tmp_path / "rka.xlsx")
    drafted.set(drafted.ceiling("1000"))
    table[1][PLACE["price"]], table[1][PLACE["amount"]] = 70000, ""
    table[3][PLACE["price"]], table[3][PLACE["amount"]] = "99345678901234.56", ""
    refused = taken(drafted, written(tmp_path / "besar.xlsx", table))
    assert [(one.line, one.reason.code) for one in refused.book.faults] == [
        (2, "budget.over_ceiling")
    ]
    table[1][PLACE["version"]] = 1
    stale = taken(drafted, written(tmp_path / "basi.xlsx", table))
    assert "budget.sheet_stale" in {one.reason.code for one in stale.book.faults}


def test_pages_hand_workbooks_out_and_take_them_in(drafted: Any, tmp_path: Path):
    at = lambda name, *args: reverse(f"budget:{name}", args=args)  # noqa: E731
    sheet = queries.sheets(YEAR)[0].id
    pptk, lurah = drafted.world.client("pptk"), drafted.world.client("lurah")
    got = pptk.get(at("sheet_download", sheet))
    assert got["Content-Disposition"].startswith("attachment")
    (tmp_path / "satu.xlsx").write_bytes(got.content)
    table = cells(tmp_path / "satu.xlsx")
    assert len(table) == 4
    whole = pptk.get(at("rka_download", YEAR), {"unit": drafted.unit()})
    (tmp_path / "opd.xlsx").write_bytes(whole.content)
    assert cells(tmp_path / "opd.xlsx") == table
    assert lurah.get(at("sheet_download", sheet)).status_code == 404
    assert lurah.get(at("rka_download", YEAR), {"unit": drafted.unit()}).status_code == 404
    table[1][PLACE["price"]] = "mahal"

    def hand_in(url: str, data: bytes) -> Any:
        file = SimpleUploadedFile("rka.xlsx", data)
        return pptk.post(url, {"_key": uuid4().hex, "file": file})

    for url in (at("sheet_workbook", sheet), at("rka_workbook", YEAR)):
        assert pptk.get(url).status_code == 200
        assert pptk.post(url, {"_key": uuid4().hex}).status_code == 422
        assert hand_in(url, b"PK\x03\x04 rusak").status_code == 422
        bad = hand_in(url, written(tmp_path / "salah.xlsx", table).read_bytes())
        page = bad.content.decode()
        assert "1 kesalahan; tidak ada yang disimpan" in page
        link = page.partition('href="/dokumen/')[2].partition('"')[0]
        marked = pptk.get(f"/dokumen/{link}")
        assert marked.status_code == 200, link
        assert lurah.get(f"/dokumen/{link}").status_code == 404
    table[1][PLACE["price"]], table[1][PLACE["amount"]] = 50000, ""
    good = written(tmp_path / "baik.xlsx", table).read_bytes()
    assert hand_in(at("rka_workbook", YEAR), good).status_code == 302
    assert Decimal("555000.00") in [one.amount for one in _components()]


def _components() -> list[Any]:
    revision = queries.sheets(YEAR)[0].revision_id
    assert revision
    return list(queries.content(revision).components())


def test_the_command_line_does_both(drafted: Any, tmp_path: Path):
    from kawal.budget.imports.rka import command as take
    from kawal.budget.management.export_rka import command as hand_out

    run = CliRunner().invoke
    path = tmp_path / "rka.xlsx"
    code = drafted.world.agency("Disdik").code
    done = run(hand_out, [str(path), "--year", str(YEAR), "--unit", code])
    assert (done.exit_code, done.output) == (0, f"3 rows in {path}\n")
    same = run(take, [str(path), "--year", str(YEAR), "--by", "pptk", "--json"])
    assert (same.exit_code, '"unchanged": 1' in same.output) == (0, True)
    table = cells(path)
    table[1][PLACE["price"]] = "mahal"
    written(path, table)
    bad = run(take, [str(path), "--year", str(YEAR), "--by", "pptk"])
    assert bad.exit_code == 1
    assert (tmp_path / "rka-kesalahan.xlsx").exists()
    nothing = run(take, [str(tmp_path / "tiada"), "--year", str(YEAR), "--by", "pptk"])
    assert nothing.exit_code == 2


def test_a_workbook_may_hold_any_text_and_long_numbers(tmp_path: Path):
    path = tmp_path / "aneh.xlsx"
    odd = ['<&>"', "=HYPERLINK(1)", "@x", "\x07bel", "dua\nbaris", "x" * 40_000, " a "]
    with XlsxFile(path) as book, book.sheet("Satu & dua", [10, 10]) as sheet:
        for number, text in enumerate(odd, 1):
            sheet.row(
                number, [(0, text, Style.PLAIN), (1, Formula("1+1", Decimal(2)), Style.MONEY)]
            )
        sheet.comment(1, 0, "komentar <b>")
    found = cells(path)
    assert [row[0] for row in found[:3]] == odd[:3]
    assert found[3][0] == "\ufffdbel"
    assert len(found[5][0]) == 32_767
    assert {row[1] for row in found} == {2.0}
    assert CalamineWorkbook.from_path(path).sheet_names == ["Satu & dua"]
