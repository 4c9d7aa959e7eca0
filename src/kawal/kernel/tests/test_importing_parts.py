"""Properties of the parts: cells, headers, numbers, dates, encodings; and the command."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kawal.kernel.importing import Column, Reading, Unreadable, import_command
from kawal.kernel.importing.formulas import bare, harmless
from kawal.kernel.importing.headers import known_headers, normal
from kawal.kernel.importing.parsing import (
    at_most,
    day,
    decimal,
    integer,
    one_of,
    rupiah,
    yes_or_no,
)
from kawal.kernel.importing.text import TextSource
from kawal.kernel.tests.importing_world import Goods

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@given(CELL)
def test_a_harmless_cell_reads_back_as_it_was(cell: str):
    assert bare(harmless(cell)) == cell
    assert not harmless(cell).startswith(("=", "@", "\t", "\r"))


@given(CELL)
def test_a_header_in_its_normal_form_stays(header: str):
    assert normal(normal(header)) == normal(header)


@settings(deadline=None)
@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL).filter(lambda r: any(c.strip() for c in r))),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_csv_writer_writes_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str]],
    delimiter: str,
    encoding: str,
):
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["code", "name", "stock"])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    path.write_bytes(text.getvalue().encode(encoding))
    source = TextSource(path, Reading(), known_headers(Goods.columns, {}))
    source.width = 3
    read = [row.cells for row in source.rows()]
    assert (source.encoding == "utf-16") == (encoding == "utf-16")
    assert read == [("code", "name", "stock"), *rows]


@given(st.decimals(-(10**9), 10**9, places=2))
def test_numbers_in_both_ways_of_writing(value: Decimal):
    english = f"{value:,.2f}"
    indonesian = english.translate(str.maketrans(",.", ".,"))
    assert decimal(english) == decimal(indonesian) == decimal(f"Rp {indonesian}") == value
    assert decimal(f"{value:.2f}") == value


@given(st.integers(-(10**12), 10**12))
def test_money_needs_no_decimals_to_show_its_groups(value: int):
    grouped = f"{value:,}"
    assert rupiah(grouped) == rupiah(grouped.replace(",", ".")) == rupiah(str(value)) == value
    assert rupiah(f"Rp {grouped.replace(',', '.')},50".replace("-", "")) == abs(value) + Decimal(
        "0.5"
    )


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_with_and_without_marks(value: int):
    grouped = f"{value:,}"
    assert integer(str(value)) == integer(grouped) == integer(grouped.replace(",", ".")) == value


@given(st.dates())
def test_dates_in_four_ways_of_writing(value: date):
    months = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November"
    month = [*months.split(), "Desember"][value.month - 1]
    written = [
        value.isoformat(),
        f"{value.isoformat()}T00:00:00",
        f"{value.day}/{value.month}/{value.year:04}",
        f"{value.day:02}-{value.month:02}-{value.year:04}",
        f"{value.day} {month} {value.year:04}",
    ]
    assert {day(text) for text in written} == {value}


@pytest.mark.parametrize(
    ("parse", "cell", "code"),
    [
        (integer, "1.5", "not_whole"),
        (integer, "12,34", "not_whole"),
        (decimal, "1,2,3", "not_a_number"),
        (decimal, "12a", "not_a_number"),
        (decimal, "NaN", "not_a_number"),
        (day, "2026-02-30", "no_such_date"),
        (day, "24 Novembar 2026", "no_such_date"),
        (day, "kemarin", "not_a_date"),
        (yes_or_no, "mungkin", "not_yes_or_no"),
        (at_most(3), "empat", "too_long"),
    ],
)
def test_a_cell_that_is_something_else(parse: object, cell: str, code: str):
    with pytest.raises(Unreadable) as unreadable:
        parse(cell)  # type: ignore[operator]
    assert unreadable.value.reason.code == f"import.{code}"


def test_words_for_a_kind():
    from enum import StrEnum

    class Colour(StrEnum):
        RED = "red"

    read = one_of(Colour, {"merah": Colour.RED})
    assert read(" Merah ") is read("RED") is Colour.RED
    with pytest.raises(Unreadable, match="bukan salah satu dari red"):
        read("biru")


@pytest.mark.django_db
class TestCommand:
    """The command line that every import has."""

    command = import_command(Goods, name="goods")

    def run(self, *words: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(self.command, list(words))
        return result.exit_code, result.stdout, result.stderr

    def test_says_what_it_did(self, tmp_path: Path):
        path = tmp_path / "barang.csv"
        path.write_text("kode,nama,warna\nA1,Beras,\n,Gula,\n")
        code, out, _ = self.run(str(path), "--dry-run")
        assert (code, out.splitlines()[:4]) == (
            1,
            [
                "Dibaca 2: baru 1, berubah 0, tetap 0, ditolak 1.",
                "Percobaan saja: tidak ada yang disimpan.",
                "Kolom yang tidak dipakai: warna.",
                "  baris 3: Kode: tidak diisi",
            ],
        )
        code, out, _ = self.run(str(path), "--map", "code=NAMA", "--map", "name=kode", "--json")
        said = json.loads(out)
        assert (code, said["read"], said["new"], said["rejected"]) == (1, 2, 1, 1)
        assert said["first_rejected"][0]["reasons"][0]["code"] == "import.blank"

    def test_says_what_is_wrong(self, tmp_path: Path):
        code, out, err = self.run(str(tmp_path / "tiada.csv"))
        assert (code, out) == (2, "")
        assert "tiada.csv tidak dapat dibuka" in err
        code, out, _ = self.run(str(tmp_path / "tiada.csv"), "--json")
        assert (code, json.loads(out)["error"]["code"]) == (2, "import.cannot_open")
        assert self.run(str(tmp_path), "--map", "code")[0] == 2


@pytest.mark.long
def test_a_file_of_200_mb_takes_little_memory(tmp_path: Path):
    path = tmp_path / "besar.csv"
    block = "".join(f"A{n},nama barang yang agak panjang,{n}\n" for n in range(1000))
    with path.open("w") as file:
        file.write("kode,nama,jumlah\n")
        for _ in range(200 * 1024**2 // len(block)):
            file.write(block)
    program = """
import resource, sys
from pathlib import Path
from kawal.kernel.importing.headers import Column, known_headers
from kawal.kernel.importing.sources import Reading, open_source
columns = (Column("code", "Kode"), Column("name", "Nama"))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
source = open_source(Path(sys.argv[1]), Reading(), known_headers(columns, {}))
rows = sum(1 for _ in source.rows())
print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    rows, kilobytes = map(int, done.stdout.split())
    assert rows == 1 + 1000 * (200 * 1024**2 // len(block))
    assert kilobytes < 32 * 1024


def test_a_column_answers_to_both_languages():
    column = Column("name", "Nama Barang", ("item_name",))
    assert column.headers() == {"name", "nama barang", "item name"}
