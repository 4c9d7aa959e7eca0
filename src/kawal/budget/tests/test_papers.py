"""Every form as it is printed: its words and sums, hostile names as data, the same bytes again."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import typst

from kawal.budget.facts.papers import AnySheet, Form, Leaf
from kawal.budget.presenters.papers import drawn, paper_data
from kawal.budget.presenters.papers.words import money, months_words, share, short
from kawal.budget.rules.papers import account_chain, activity_chain, closing_of, tree
from kawal.budget.tests import paper_samples as samples
from kawal.documents import pdf

WIB = ZoneInfo("Asia/Jakarta")
AT = datetime(2027, 1, 4, 3, 0, tzinfo=UTC)


def texts(*sheets: AnySheet) -> set[str]:
    """Return the texts of all cells of tables, as typst sets them."""
    data = json.dumps(paper_data(samples.paper(*sheets), WIB))
    found = typst.query(
        pdf.ROOT / "budget" / "typst" / "paper.typ",
        "table",
        root=pdf.ROOT,
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )
    return set(_texts(json.loads(found)))


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, list):
        for one in content:
            yield from _texts(one)
    elif isinstance(content, dict):
        if content.get("func") == "text":
            yield content["text"]
        yield from _texts(list(content.values()))


@pytest.mark.parametrize("form", list(Form))
def test_each_form_is_drawn_and_twice_the_same(form: Form):
    paper = samples.paper(samples.every_form()[form])
    one, two = drawn(paper, WIB, AT), drawn(paper, WIB, AT)
    assert one == two
    assert one.startswith(b"%PDF-1.7")
    assert b"pdfaid" in one


def test_other_facts_are_other_bytes():
    paper = samples.paper(samples.detail())
    final = replace(paper, is_draft=False)
    assert drawn(paper, WIB, AT) != drawn(final, WIB, AT)


def cells(sheet: AnySheet, place: int = -1) -> list[tuple[str, int, list[str]]]:
    """Return the rows of one of the tables of a sheet."""
    forms = paper_data(samples.paper(sheet), WIB)["sheets"]
    tables = [part for part in forms[0]["parts"] if part["kind"] == "table"]
    return [tuple(row) for row in tables[place]["rows"]]


def parts(sheet: AnySheet, kind: str) -> list[Any]:
    """Return the parts of a kind of a sheet's first form."""
    forms = paper_data(samples.paper(sheet), WIB)["sheets"]
    return [part for part in forms[0]["parts"] if part["kind"] == kind]


def test_a_sub_kegiatan_adds_up_from_component_to_account():
    rows = cells(samples.detail(2), 1)
    assert rows[0] == (
        "group",
        0,
        ["5", "Belanja Daerah", "", "", "", "4.938.271.560,20"],
    )
    assert rows[5] == (
        "group",
        5,
        [
            "5.1.02.01.01.0024",
            "Belanja Alat/Bahan untuk Kegiatan Kantor-Alat Tulis Kantor — Pendapatan Asli Daerah",
            "",
            "",
            "",
            "3.703.703.670,15",
        ],
    )
    assert rows[6] == ("plain", 6, ["", "[#] Kelompok 0", "", "", "", ""])
    assert rows[8][2][2:] == ["1,5 rim × 4 kali", "205.761.315,01", "11", "1.234.567.890,05"]
    assert rows[-1] == ("total", 0, ["", "Jumlah", "", "", "", "4.938.271.560,20"])
    (said,) = parts(samples.detail(2), "words")
    assert said["text"].endswith("lima ratus enam puluh rupiah dua puluh sen")


def test_the_months_of_a_dpa_stand_in_two_columns_with_their_sum():
    rows = cells(samples.detail(1))
    assert rows[0] == ("plain", 0, ["Januari", "1.000,00", "Juli", "7.000,00"])
    assert rows[-1] == ("total", 0, ["", "", "Jumlah", "78.000,00"])


def test_a_comparison_tells_before_after_the_difference_and_what_is_gone():
    sheet = samples.detail(0, compares=True)
    gone = ("5.1.02.01.01.0026", "1.1.02")
    assert sheet.before is not None
    sheet = replace(sheet, before={**sheet.before, gone: Decimal("0.40")})
    rows = cells(sheet, 1)
    assert rows[0][2][2:] == [
        "9.000.000.000.000,40",
        "2.469.135.780,10",
        "(8.997.530.864.220,30)",
        "(99,97)",
    ]
    assert [row[2] for row in rows if row[2][2:3] == ["0,40"]] == [
        [gone[0], samples.NAMES[gone[0]], "0,40", "0,00", "(0,40)", "(100,00)"]
    ]
    form = paper_data(samples.paper(sheet), WIB)["sheets"][0]
    assert form["form"] == "DPPA-RINCIAN BELANJA SKPD"
    assert form["title"] == "Dokumen Pelaksanaan Perubahan Anggaran"


def test_a_summary_shows_the_forty_sen_that_it_does_not_close_by():
    rows = cells(samples.summary(Form.APBD_SUMMARY), 0)
    sums = {row[2][1]: row[2][2] for row in rows if row[0] == "total"}
    assert sums == {
        "Jumlah pendapatan": "1.013.597.766.613,40",
        "Jumlah belanja": "1.013.597.766.613,00",
        "Surplus/(defisit)": "0,40",
        "Pembiayaan neto": "200.000.000,00",
        "Sisa lebih pembiayaan tahun berkenaan (SILPA)": "200.000.000,40",
    }


def test_only_the_city_has_a_silpa():
    rows = cells(samples.summary(Form.DPA_SUMMARY), 0)
    assert [row[2][1] for row in rows if row[0] == "total"] == [
        "Jumlah pendapatan",
        "Jumlah belanja",
        "Surplus/(defisit)",
        "Pembiayaan neto",
    ]


def test_revenue_and_financing_forms_have_their_own_sum():
    forms = samples.every_form()
    assert cells(forms[Form.RKA_REVENUE])[-1][2] == ["", "Jumlah", "1.000.000,25"]
    assert cells(forms[Form.DPA_FINANCING])[-1][2] == ["", "Jumlah", "200.000.000,00"]


def test_an_agency_s_sub_kegiatan_roll_up_to_the_urusan():
    rows = cells(samples.recapitulation(Form.DPA_SPENDING))
    assert [row[2][0] for row in rows[:5]] == [
        "1",
        "1.01",
        "1.01.02",
        "1.01.02.2.01",
        "1.01.02.2.01.0001",
    ]
    assert rows[0][2][4:] == [
        "125.000.005,00",
        "4.000.000.000,00",
        "0,00",
        "0,00",
        "4.125.000.005,00",
    ]
    assert rows[-1][2][-1] == "4.125.000.005,00"
    compared = cells(samples.recapitulation(Form.DPA_SPENDING, compares=True))
    assert compared[-1][2][2:] == [
        "4.800.000.000,00",
        "4.125.000.005,00",
        "(674.999.995,00)",
        "(14,06)",
    ]


def test_a_cash_plan_adds_up_down_and_across():
    rows = cells(samples.cash_plan(3), 0)
    assert rows[-1][2][2:4] == ["300.000.000.000,00", "24.999.999.999,99"]
    assert rows[-1][2][-1] == "25.000.000.000,11"
    (quarters,) = cells(samples.cash_plan(3))
    assert quarters[2] == ["74.999.999.999,97"] * 3 + ["75.000.000.000,09"]


def test_an_spd_tells_the_sum_in_words_and_what_is_left():
    (items,) = parts(samples.release(), "items")
    told = {label: value for _, label, value in items["rows"]}
    assert told["Jumlah penyediaan dana"] == (
        "Rp 25.000.000.000,40 (dua puluh lima miliar rupiah empat puluh sen)"
    )
    assert told["Untuk kebutuhan bulan"] == "April sampai dengan Juni"
    assert told["Sisa setelah SPD ini"] == "Rp 49.999.999.999,60"
    enclosure = paper_data(samples.paper(samples.release()), WIB)["sheets"][1]
    assert (enclosure["form"], enclosure["subtitle"]) == ("LAMPIRAN SPD", "Lampiran")


def test_names_are_data_and_never_markup():
    found = texts(samples.detail(1))
    assert f"{samples.HOSTILE} — Putih, 500 lembar" in found
    assert f"{samples.LONG} — Putih, 500 lembar" in found
    assert "4.938.271.560,20" not in found
    assert "3.703.703.670,15" in found


def test_who_signs_stands_with_post_day_and_when_he_did():
    (block,) = parts(samples.detail(1), "signatures")
    assert block["blocks"][1] == {
        "day": "Binjai, 4 Januari 2027",
        "heading": "Mengesahkan,",
        "post": "Pejabat Pengelola Keuangan Daerah",
        "name": "Rosmalina Siregar, S.E., M.Si.",
        "sealed": "tercatat 4 Januari 2027 pukul 09.30 WIB",
    }


def test_a_form_says_how_well_its_layout_is_known():
    sheet = samples.detail(1)
    (note,) = parts(sheet, "note")
    assert "belum dibandingkan dengan Permendagri 77/2020" in note["lines"][0]
    known = replace(sheet, knowledge=replace(sheet.knowledge, is_compared=True))
    (note,) = parts(known, "note")
    assert note["lines"] == [
        "Tata letak formulir ini sudah dibandingkan dengan Permendagri 77/2020."
    ]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "0,00"),
        ("-0.40", "(0,40)"),
        ("1013597766613.4", "1.013.597.766.613,40"),
        ("-999999999999999999.99", "(999.999.999.999.999.999,99)"),
    ],
)
def test_money_is_exact(amount: str, words: str):
    assert money(Decimal(amount)) == words


def test_words_of_numbers_and_months():
    assert money(None) == ""
    assert (short(Decimal("1000")), short(Decimal("2.5000"))) == ("1.000", "2,5")
    assert (months_words(3, 3), months_words(1, 12)) == ("Maret", "Januari sampai dengan Desember")
    assert share(Decimal(1), Decimal(0)) == "–"


def test_trees_roll_up_amounts_before_and_months():
    assert account_chain("5.1.02") == ["5", "5.1", "5.1.02"]
    assert activity_chain("X.XX.01.2.02.0001") == [
        "X",
        "X.XX",
        "X.XX.01",
        "X.XX.01.2.02",
        "X.XX.01.2.02.0001",
    ]
    leaves = [
        Leaf("5.1.02", Decimal(2), months=(Decimal(1), Decimal(1))),
        Leaf("5.1.01", Decimal(3), Decimal(7)),
        Leaf("4.1", Decimal(9)),
        Leaf("6.2", Decimal(4)),
    ]
    rows = {row.code: row for row in tree(leaves, {})}
    assert list(rows) == ["4", "4.1", "5", "5.1", "5.1.01", "5.1.02", "6", "6.2"]
    assert (rows["5"].amount, rows["5"].before, rows["5"].months) == (
        Decimal(5),
        Decimal(7),
        (Decimal(1), Decimal(1)),
    )
    closing = closing_of(rows.values())
    assert (closing.surplus, closing.net, closing.difference) == (
        Decimal(4),
        Decimal(-4),
        Decimal(0),
    )


def test_a_day_is_the_city_s():
    sheet = samples.detail(1)
    late = replace(samples.SIGNERS[1], acted_at=datetime(2027, 1, 4, 20, 0, tzinfo=UTC))
    (block,) = parts(replace(sheet, signers=(late,)), "signatures")
    assert block["blocks"][0]["sealed"] == "tercatat 5 Januari 2027 pukul 03.00 WIB"
    assert samples.SIGNERS[1].day == date(2027, 1, 4)
