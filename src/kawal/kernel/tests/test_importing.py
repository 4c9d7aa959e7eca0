"""The engine of every import: what it takes, what it refuses, what it leaves behind."""

import csv
from pathlib import Path

import pytest

from kawal.kernel.importing import FileProblem, Options, Reading, Summary, run
from kawal.kernel.tests.importing_world import Goods, LateGoods, goods

pytestmark = pytest.mark.django_db
GOOD = "kode;nama;jumlah\nA1;Beras;10\nA2;Gula;5\n"


def imported(path: Path, content: str | bytes, **options: object) -> Summary:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return run(Goods(), path, Options(**options))  # type: ignore[arg-type]


def counts(summary: Summary) -> tuple[int, int, int, int, int]:
    return (
        summary.read,
        summary.new,
        summary.changed,
        summary.unchanged,
        summary.rejected,
    )


def problem_of(path: Path, content: str | bytes, **options: object) -> str:
    """Return the code of what is wrong with a file; nothing is then left behind."""
    with pytest.raises(FileProblem) as refused:
        imported(path, content, **options)
    assert goods() == []
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    return refused.value.reason.code.removeprefix("import.")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "barang.csv"


def test_a_second_run_changes_nothing_and_a_third_only_what_changed(file: Path):
    assert counts(imported(file, GOOD)) == (2, 2, 0, 0, 0)
    assert counts(imported(file, GOOD)) == (2, 0, 0, 2, 0)
    assert counts(imported(file, GOOD.replace("Gula", "Gula Pasir"))) == (2, 0, 1, 1, 0)
    assert goods() == [("A1", "Beras"), ("A2", "Gula Pasir")]


def test_a_dry_run_tells_all_and_keeps_nothing(file: Path):
    summary = imported(file, GOOD, dry_run=True)
    assert counts(summary) == (2, 2, 0, 0, 0)
    assert summary.dry_run
    assert goods() == []


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        GOOD.replace(";", ","),
        GOOD.replace(";", "\t"),
        GOOD.replace(";", "|"),
        "sep=;\n" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        "\n\n" + GOOD + "\n ; ; \n",
        GOOD.rstrip("\n"),
        "DAFTAR BARANG;;\nper 24 November 2026;;\n" + GOOD,
        GOOD.encode("utf-8-sig"),
        GOOD.encode("utf-16"),
        GOOD.encode("utf-16-be"),
        GOOD.encode("utf-16-le"),
        "Kode Barang,NAMA BARANG,Qty\nA1,Beras,10\nA2,Gula,5\n",
        '"Item  Code","Náma","Stok"\n"A1","Beras","10"\n"A2","Gula","5"\n',
    ],
)
def test_one_table_in_many_forms(file: Path, content: str | bytes):
    assert counts(imported(file, content)) == (2, 2, 0, 0, 0)
    assert goods() == [("A1", "Beras"), ("A2", "Gula")]


def test_windows_1252_is_read_and_said(file: Path):
    summary = imported(file, "kode;nama\nA1;Café Barat\n".encode("cp1252"))
    assert summary.notes == ("cp1252",)
    assert goods() == [("A1", "Café Barat")]


def test_headers_may_be_mapped(file: Path):
    content = "no;barang;isi\nA1;Beras;10\n"
    assert problem_of(file, content) == "missing_columns"
    summary = imported(file, content, mapped={"code": "NO", "name": "Barang"})
    assert (counts(summary), summary.ignored) == ((1, 1, 0, 0, 0), ("isi",))


def test_a_map_to_a_column_that_is_not_ours(file: Path):
    assert problem_of(file, GOOD, mapped={"colour": "nama"}) == "unknown_column"


def test_two_headers_for_one_column(file: Path):
    assert problem_of(file, "kode;nama;NAMA\nA1;Beras;x\n") == "double_column"
    assert imported(file, "kode;nama;nama barang\nA1;Beras;x\n").ignored == ("nama barang",)


BAD = """kode;nama;jumlah;sejak
A1;Beras;10;2026-01-01
;Tanpa kode;sepuluh;31/02/2026
A3;Gula;-1;
9A;Garam;1;
A4;Terigu;2
A5;Minyak;3;;;
A6;Kopi;4;;berlebih
"""


def test_each_bad_row_is_rejected_with_every_reason_and_no_good_one_is_lost(file: Path):
    summary = imported(file, BAD)
    assert counts(summary) == (7, 2, 0, 0, 5)
    assert goods() == [("A1", "Beras"), ("A5", "Minyak")]
    assert summary.rejects_file == file.with_name("barang-ditolak.csv")
    with summary.rejects_file.open(encoding="utf-8-sig", newline="") as rejects:
        rows = list(csv.reader(rejects))
    assert rows[0] == ["baris", "kode_alasan", "alasan", "kode", "nama", "jumlah", "sejak"]
    by_line = {row[0]: row[1] for row in rows[1:]}
    assert by_line == {
        "3": "import.blank import.not_whole import.no_such_date",
        "4": "import.refused_by_database",
        "5": "goods.nine",
        "6": "import.width",
        "8": "import.width",
    }
    assert "stock_is_not_negative" in next(row[2] for row in rows if row[0] == "4")
    assert summary.exit_code == 1


def test_the_rejects_file_when_mended_is_taken_in(file: Path):
    summary = imported(file, BAD)
    assert summary.rejects_file is not None
    mended = summary.rejects_file.read_text("utf-8-sig").replace(",-1,", ",1,")
    again = imported(file.with_name("lagi.csv"), mended)
    assert (again.new, again.ignored) == (1, ("baris", "kode_alasan", "alasan"))


def test_what_is_refused_at_the_end_is_shown_whole_too(file: Path):
    file.write_text("kode;nama;jumlah\nA1;Beras;10\nA2;Gula;0\nA3;;1\nA4;Kopi;0\n")
    summary = run(LateGoods(), file, Options())
    assert counts(summary) == (4, 1, 0, 0, 3)
    assert summary.rejects_file is not None
    with summary.rejects_file.open(encoding="utf-8-sig", newline="") as rejects:
        rows = {row[0]: row[3:] for row in csv.reader(rejects)}
    assert rows["3"] == ["A2", "Gula", "0"]
    assert rows["5"] == ["A4", "Kopi", "0"]


def test_a_formula_does_not_run_from_the_rejects_file(file: Path):
    summary = imported(file, "kode;nama;jumlah\n=1+1;@SUM(A1);-5x\n9;+62 811;-5\n")
    assert summary.rejects_file is not None
    text = summary.rejects_file.read_text("utf-8-sig")
    assert "'=1+1,'@SUM(A1),'-5x" in text
    assert "9,+62 811,-5" in text


def test_a_stray_quote_costs_only_its_own_row(file: Path):
    content = 'kode;nama;jumlah\nA1;"Beras;10\nA2;Gula;5\nA3;"Kopi ""Asli""";1\nA4;Teh;2\n'
    summary = imported(file, content)
    assert [(line, [r.code for r in reasons]) for line, reasons in summary.shown] == [
        (2, ["import.stray_quote"])
    ]
    assert goods() == [("A2", "Gula"), ("A3", 'Kopi "Asli"'), ("A4", "Teh")]


def test_a_cell_of_several_lines_is_one_cell(file: Path):
    imported(file, 'kode;nama\nA1;"Beras\nputih"\nA2;Gula\n')
    assert goods() == [("A1", "Beras putih"), ("A2", "Gula")]


def test_nul_bytes_cost_only_their_row(file: Path):
    summary = imported(file, "kode;nama\nA1;Be\x00ras\nA2;Gula\n")
    assert [reasons[0].code for _line, reasons in summary.shown] == ["import.nul"]
    assert goods() == [("A2", "Gula")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"\x00" * 5000, "empty"),
        ("kode;nama;jumlah\nA1;Beras;10\nA2;Gu", "truncated"),
        ('kode;nama\nA1;Beras\nA2;"Gula', "unclosed_quote"),
        ('kode;nama\nA1;"' + "x;\n" * 200_000, "unclosed_quote"),
        ("kode;nama\nA1;" + "x" * 2_000_000, "unclosed_quote"),
        (b"kode;nama\nA1;Caf\xc3\xa9\nA2;Caf\xe9\n", "wrong_encoding"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "wrong_encoding"),
        ("kode;jumlah\nA1;10\n", "missing_columns"),
        ("bukan apa-apa\n", "missing_columns"),
        ("\n".join(str(n) for n in range(100)), "missing_columns"),
        (b"PK\x03\x04 bukan zip", "sheet_broken"),
        (b"\xd0\xcf\x11\xe0 bukan xls", "sheet_broken"),
        ('{"type": "FeatureCollection", "features": [{"type": "Fea', "geojson_cut"),
        ('{"type": "Point"}', "not_geojson"),
    ],
)
def test_a_file_of_which_nothing_can_be_taken(file: Path, content: str | bytes, code: str):
    assert problem_of(file, content) == code


def test_the_place_of_a_wrong_byte_is_named(file: Path):
    file.write_bytes(b"kode;nama\nA1;Caf\xc3\xa9\nA2;Caf\xe9\n")
    with pytest.raises(FileProblem) as refused:
        run(Goods(), file, Options())
    assert str(refused.value).endswith("byte 0xe9 di baris 3 (byte ke-25).")


def test_encoding_and_delimiter_may_be_told(file: Path):
    reading = Reading(encoding="latin-1", delimiter="~")
    imported(file, "kode~nama\nA1~Caf\xe9\n".encode("latin-1"), reading=reading)
    assert goods() == [("A1", "Café")]


def test_an_encoding_that_does_not_exist(file: Path):
    assert problem_of(file, GOOD, reading=Reading(encoding="klingon")) == "unknown_encoding"


def test_an_encoding_that_is_told_wrong_is_refused(file: Path):
    content = "kode;nama\nA1;Café\n".encode("latin-1")
    assert problem_of(file, content, reading=Reading(encoding="utf-8")) == "wrong_encoding"


def test_a_file_that_is_too_large_is_not_even_read(file: Path):
    with file.open("wb") as huge:
        huge.write(GOOD.encode())
        huge.truncate(2 * 1024**3)
    with pytest.raises(FileProblem) as refused:
        run(Goods(), file, Options())
    assert refused.value.reason.code == "import.too_large"


def test_a_file_that_is_not_there_or_no_file(tmp_path: Path):
    for path, code in ((tmp_path / "tiada.csv", "cannot_open"), (tmp_path, "is_folder")):
        with pytest.raises(FileProblem) as refused:
            run(Goods(), path, Options())
        assert refused.value.reason.code == f"import.{code}"


def test_a_rejects_file_that_cannot_be_written_stops_all(file: Path, tmp_path: Path):
    assert problem_of(file, BAD, rejects=tmp_path / "tiada" / "x.csv") == "cannot_write"


def test_when_the_run_breaks_nothing_is_left(file: Path, monkeypatch: pytest.MonkeyPatch):
    def broken(self: Goods) -> None:
        raise ConnectionError("the power went")

    monkeypatch.setattr(Goods, "finish", broken)
    file.write_text(BAD)
    with pytest.raises(ConnectionError):
        run(Goods(), file, Options())
    assert goods() == []
    assert [one.name for one in file.parent.iterdir()] == ["barang.csv"]
