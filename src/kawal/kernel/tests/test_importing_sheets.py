"""Workbooks and GeoJSON through the same engine."""

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from kawal.kernel.importing import FileProblem, Options, Reading, Row, Written, run
from kawal.kernel.importing.geojson import GeoJsonSource
from kawal.kernel.tests.importing_world import Goods, goods

pytestmark = pytest.mark.django_db


def workbook(path: Path, rows: list[list[object]], sheet: str = "Barang") -> Path:
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    book.add_worksheet("Sampul").write(5, 2, "bukan tabel")
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return path


def test_a_sheet_is_read_with_its_row_numbers(tmp_path: Path):
    rows: list[list[object]] = [
        ["Kode", "Nama", "Jumlah", "Sejak"],
        ["A1", "Beras", 10.0, date(2026, 1, 2)],
        [],
        ["A2", "Gula", "lima", None],
    ]
    path = workbook(tmp_path / "barang.xlsx", rows)
    summary = run(Goods(), path, Options(reading=Reading(sheet="Barang")))
    assert (summary.read, summary.new, summary.rejected) == (2, 1, 1)
    assert [(line, reasons[0].code) for line, reasons in summary.shown] == [(4, "import.not_whole")]


def test_a_code_of_digits_stays_what_it_looks_like(tmp_path: Path):
    path = workbook(tmp_path / "x.xlsx", [["kode", "nama"], [120375, "a"], [12.75, "b"]], "A")
    run(Goods(), path, Options(reading=Reading(sheet="A")))
    assert goods() == [("12.75", "b"), ("120375", "a")]


def test_a_sheet_that_is_not_there(tmp_path: Path):
    path = workbook(tmp_path / "barang.xlsx", [["kode", "nama"]])
    with pytest.raises(FileProblem) as refused:
        run(Goods(), path, Options(reading=Reading(sheet="Juni")))
    assert str(refused.value) == "Lembar “Juni” tidak ada. Yang ada: Sampul, Barang."


def test_a_workbook_cut_short(tmp_path: Path):
    path = workbook(tmp_path / "barang.xlsx", [["kode", "nama"], ["A1", "Beras"]])
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(FileProblem) as refused:
        run(Goods(), path, Options())
    assert refused.value.reason.code == "import.sheet_broken"


def rewritten(path: Path, member: str, pieces: Iterable[bytes]) -> None:
    """Put another content into one member of a zip."""
    old = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            with new.open(name, "w") as part:
                for piece in pieces if name == member else [old.read(name)]:
                    part.write(piece)


HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"
ROW = b'<row r="%d"><c r="%s" t="inlineStr"><is><t>%s</t></is></c></row>'


def test_a_cell_in_the_last_corner_ends_the_reader_and_not_us(tmp_path: Path):
    path = workbook(tmp_path / "bom.xlsx", [["kode", "nama"], ["A1", "Beras"]])
    cells = ROW % (1, b"A1", b"x") + ROW % (1048576, b"XFD1048576", b"y")
    rewritten(path, "xl/worksheets/sheet1.xml", [HEAD, cells, TAIL])
    with pytest.raises(FileProblem) as refused:
        run(Goods(), path, Options())
    assert refused.value.reason.code == "import.sheet_too_much"


@pytest.mark.long
def test_a_workbook_that_swells_is_not_unpacked(tmp_path: Path):
    path = workbook(tmp_path / "bom.xlsx", [["kode", "nama"], ["A1", "Beras"]])
    rewritten(path, "xl/worksheets/sheet1.xml", [HEAD, *[b" " * 1024**2] * 513, TAIL])
    assert path.stat().st_size < 4_000_000
    with pytest.raises(FileProblem) as refused:
        run(Goods(), path, Options())
    assert refused.value.reason.code == "import.sheet_too_much"


class Places(Goods):
    """Goods with a place on the map."""

    columns = Goods.columns[:2]  # type: ignore[assignment]
    with_geometry = True

    def __init__(self) -> None:
        self.seen: list[tuple[int, str, str]] = []

    def write(self, rows: "list[Row]") -> Written:  # type: ignore[override]
        self.seen += [(r.line, r["code"], (r.geometry or {})["type"]) for r in rows]
        return Written(new=len(rows))


def collection(*features: object, **more: object) -> str:
    return json.dumps({"type": "FeatureCollection", **more, "features": features, "end": [1, {}]})


def feature(code: str, geometry: object, **more: object) -> dict[str, object]:
    properties = {"kode": code, "nama": code.lower(), **more}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


POINT = {"type": "Point", "coordinates": [98.5, 3.6]}


def test_features_are_rows(tmp_path: Path):
    path = tmp_path / "peta.geojson"
    path.write_text(
        "\ufeff"
        + collection(
            feature("A1", POINT),
            feature("A2", None, warna="biru"),
            {"type": "Feature", "properties": {"nama": "tanpa"}, "geometry": POINT},
            "bukan fitur",
            feature("A3", POINT, warna={"r": 1}),
            crs={"features": [1, 2]},
        )
    )
    places = Places()
    summary = run(places, path, Options())
    assert places.seen == [(1, "A1", "Point"), (5, "A3", "Point")]
    assert {line: reasons[0].code for line, reasons in summary.shown} == {
        2: "import.no_geometry",
        3: "import.blank",
        4: "import.no_geometry",
    }


def test_a_table_is_no_map(tmp_path: Path):
    path = tmp_path / "peta.csv"
    path.write_text("kode,nama\nA1,Beras\n")
    with pytest.raises(FileProblem) as refused:
        run(Places(), path, Options())
    assert refused.value.reason.code == "import.needs_geojson"


def test_any_cut_of_a_collection_is_noticed(tmp_path: Path):
    whole = collection(feature("A1", POINT), feature("A2", POINT))
    path = tmp_path / "peta.geojson"
    for end in range(2, len(whole)):
        path.write_text(whole[:end])
        with pytest.raises(FileProblem):
            list(GeoJsonSource(path).rows())
    path.write_text(whole)
    assert len(list(GeoJsonSource(path).rows())) == 2


def test_a_feature_longer_than_a_step_of_reading(tmp_path: Path):
    ring = [[98 + n / 1e6, 3.6] for n in range(40_000)]
    line = {"type": "LineString", "coordinates": ring}
    path = tmp_path / "peta.geojson"
    path.write_text(collection(feature("A1", line), feature("A2", POINT)))
    rows = list(GeoJsonSource(path).rows())
    assert rows[0].geometry == line
    assert rows[1].cells == ("A2", "a2")


def test_nesting_without_end_is_refused(tmp_path: Path):
    path = tmp_path / "peta.geojson"
    path.write_text('{"features": [' + "[" * 200_000)
    with pytest.raises(FileProblem):
        list(GeoJsonSource(path).rows())
