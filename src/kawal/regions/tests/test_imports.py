"""The commands of this module's imports, as an officer types them."""

import json
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kawal.identity import actions as identity
from kawal.identity.queries import names
from kawal.kernel.importing.problems import Unreadable
from kawal.regions import queries
from kawal.regions.facts import AgencyKind, CityFacts, Role
from kawal.regions.imports import agencies, appointments, boundaries, codes, holidays, regions
from kawal.regions.imports.cells import any_code, region_code
from kawal.regions.models import Agency, Appointment, Holiday
from kawal.regions.tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db


def typed(command: click.Command, *words: object) -> dict[str, object]:
    """Return what a command says as JSON, its exit code with it."""
    result = CliRunner().invoke(command, [*map(str, words), "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    said: dict[str, object] = json.loads(result.stdout)
    return said | {"exit": result.exit_code}


def some(said: dict[str, object]) -> list[object]:
    return [said[key] for key in ("read", "new", "changed", "unchanged", "rejected", "exit")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("12.75.01.1001", "12.75.01.1001"),
        ("1275011001", "12.75.01.1001"),
        ("127501", "12.75.01"),
        ("1275", "12.75"),
        (" 12. ", "12"),
        ("11.1", "11.10"),
        ("31.0", "31"),
    ],
)
def test_a_region_code_in_many_forms(cell: str, code: str):
    assert region_code(cell) == code


@pytest.mark.parametrize("cell", ["12.7.5", "12.75.1.1001", "Binjai", "12755", "12.75.01.1001.01"])
def test_what_is_no_region_code(cell: str):
    with pytest.raises(Unreadable):
        region_code(cell)


def test_another_systems_code_loses_its_letters():
    assert any_code("id1276050001") == "1276050001"
    assert any_code("12.75") == "12.75"


@pytest.fixture
def binjai(tmp_path: Path) -> Path:
    path = tmp_path / "wilayah.csv"
    path.write_text(
        "KODE;NAMA WILAYAH;luas\n"
        "12.75.01.1001;Pahlawan;1\n"
        "12.75.01;Binjai Utara;2\n"
        "12.75;Kota Binjai;3\n"
        "12;Sumatera Utara;4\n"
        "12.75.09.1001;Tanpa Kecamatan;5\n"
        "12.75.1;Salah;6\n"
        "12.75.01;Binjai Lain;7\n"
    )
    return path


def test_regions_in_any_order_with_what_is_wrong_named_by_line(binjai: Path, tmp_path: Path):
    said = typed(regions.command, binjai, "--from", "2026-01-01")
    assert some(said) == [7, 4, 0, 0, 3, 1]
    first: list[dict[str, object]] = said["first_rejected"]  # type: ignore[assignment]
    lines = {one["line"]: one["reasons"][0]["code"] for one in first}  # type: ignore[index]
    assert lines == {6: "regions.orphan", 7: "regions.code", 8: "regions.double"}
    assert queries.region_by_code("12.75.01.1001", date(2026, 1, 1)).name == "Pahlawan"
    again = typed(regions.command, binjai, "--from", "2026-01-01")
    assert some(again) == [7, 0, 0, 4, 3, 1]
    rejects = (tmp_path / "wilayah-ditolak.csv").read_text("utf-8-sig").splitlines()
    assert rejects[0] == "baris,kode_alasan,alasan,KODE,NAMA WILAYAH,luas"
    assert "8,regions.double,Kode: Kode 12.75.01 sudah ada" in "\n".join(rejects)


def test_a_dry_run_of_regions_keeps_nothing(binjai: Path):
    said = typed(regions.command, binjai, "--dry-run")
    assert (some(said)[:2], said["dry_run"]) == ([7, 4], True)
    assert queries.regions_below("12", TODAY) == []


def square(code: str, west: float) -> dict[str, object]:
    ring = [[west, 3.6], [west + 0.01, 3.6], [west + 0.01, 3.61], [west, 3.61], [west, 3.6]]
    return {
        "type": "Feature",
        "id": code,
        "properties": {"kode": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def test_boundaries_by_either_code(binjai: Path, tmp_path: Path):
    typed(regions.command, binjai, "--from", "2026-01-01")
    other = tmp_path / "padanan.csv"
    other.write_text("kode_kemendagri,kode_bps_2020\n12.75.01.1001,1276040001\n12.75,#N/A\n")
    assert some(typed(codes.command, other)) == [2, 1, 0, 0, 1, 1]
    assert some(typed(codes.command, other)) == [2, 0, 0, 1, 1, 1]
    path = tmp_path / "batas.geojson"
    features = [square("id1276040001", 98.5), square("12.75.01", 98.5), square("9999999999", 98.5)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    said = typed(boundaries.command, path, "--source", "Uji")
    assert some(said) == [3, 2, 0, 0, 1, 1]
    assert some(typed(boundaries.command, path, "--source", "Uji")) == [3, 0, 0, 2, 1, 1]
    drawn = queries.shapes("kelurahan", TODAY, within="12.75")
    assert (drawn.schematic, drawn.source) == (False, "Uji")


def test_holidays_as_people_write_them(tmp_path: Path):
    path = tmp_path / "libur.csv"
    path.write_text(
        "Tanggal,Keterangan,Jenis\n"
        "25 Desember 2026,Hari Raya Natal,Libur Nasional\n"
        "24/12/2026,Cuti Bersama Natal,Cuti Bersama\n"
        "2026-12-25,Natal lagi,Libur Nasional\n"
    )
    words = (holidays.command, path, "--basis", "SKB 2026")
    assert some(typed(*words)) == [3, 2, 0, 0, 1, 1]
    assert some(typed(*words)) == [3, 0, 0, 2, 1, 1]
    rows = Holiday.objects.order_by("day").values_list("day", "is_joint_leave", "legal_basis")
    assert list(rows) == [
        (date(2026, 12, 24), True, "SKB 2026"),
        (date(2026, 12, 25), False, "SKB 2026"),
    ]
    path.write_text("tanggal,nama\n2026-12-25,Natal\n")
    assert some(typed(*words)) == [1, 0, 1, 0, 0, 0]
    assert queries.holidays()[date(2026, 12, 25)] == "Natal"


OPD = """Kode OPD;Nama OPD;Singkatan;Kode Induk;Kode Wilayah
1.01.0.00.0.00.01.0001;SMP Negeri 1;SMPN 1;;
1.01.0.00.0.00.01.0000;Dinas Pendidikan;Disdik;;12.75
7.01.0.00.0.00.01.0000;Kecamatan Binjai Utara;;;12.75.01
2.16.0.00.0.00.01.0001;Unit tanpa induk;;;
1.01.0.00.0.00.01.0000;Dinas Pendidikan Lagi;;;
5.02.0.00.0.00.02.0000;Badan Keuangan;;;99.99
"""


class TestAgencies:
    """Agencies from a file, by an administrator."""

    @pytest.fixture
    def file(self, city: CityFacts, ani: int, tmp_path: Path) -> Path:
        identity.open_login(ani, "ani", at=NOON)
        path = tmp_path / "opd.csv"
        path.write_text(OPD)
        return path

    def typed(self, path: Path, by: str = "ani", start: str = "2026-02-01") -> dict[str, object]:
        words = ("--by", by, "--basis", "Perwal 7/2026", "--from", start)
        return typed(agencies.command, path, *words)

    def test_units_find_their_agency_and_a_second_run_changes_nothing(self, file: Path):
        said = self.typed(file)
        assert some(said) == [6, 3, 0, 0, 3, 1]
        lines = {one["line"]: one["reasons"][0]["code"] for one in said["first_rejected"]}  # type: ignore[attr-defined]
        assert lines == {5: "regions.no_parent", 6: "regions.double", 7: "regions.no_region"}
        assert some(self.typed(file)) == [6, 0, 0, 3, 3, 1]
        unit = queries.agency_by_code("1.01.0.00.0.00.01.0001", TODAY)
        agency = queries.agency_by_code("1.01.0.00.0.00.01.0000", TODAY)
        kecamatan = queries.agency_by_code("7.01.0.00.0.00.01.0000", TODAY)
        assert (unit.parent_id, unit.kind) == (agency.id, AgencyKind.UNIT)
        assert (kecamatan.kind, kecamatan.short) == (
            AgencyKind.KECAMATAN,
            "Kecamatan Binjai Utara",
        )

    def test_a_new_name_is_a_new_version(self, file: Path):
        self.typed(file)
        file.write_text(OPD.replace("Dinas Pendidikan;Disdik", "Dinas Pendidikan Kota;Disdik"))
        assert some(self.typed(file, start="2026-07-01")) == [6, 0, 1, 2, 3, 1]
        code = "1.01.0.00.0.00.01.0000"
        assert queries.agency_by_code(code, date(2026, 6, 30)).name == "Dinas Pendidikan"
        assert queries.agency_by_code(code, TODAY).name == "Dinas Pendidikan Kota"

    def test_only_an_administrator_may(self, file: Path, joko: int):
        identity.open_login(joko, "joko", at=NOON)
        said = self.typed(file, by="joko")
        assert some(said)[:2] == [6, 0]
        assert queries.agencies(TODAY) == []
        result = CliRunner().invoke(
            agencies.command,
            [str(file), "--by", "hantu", "--basis", "x", "--from", "2026-01-01"],
        )
        assert result.exit_code == 2
        assert "“hantu” tidak ada" in result.stderr


class TestAppointments:
    """Officials from a file: proposed, not appointed."""

    def test_officials_are_entered_and_proposed_once(
        self, city: CityFacts, ani: int, pendidikan: Agency, tmp_path: Path
    ):
        identity.open_login(ani, "ani", at=NOON)
        path = tmp_path / "pejabat.csv"
        path.write_text(
            "NIP;Nama;Gelar belakang;Jabatan;Kode OPD;Nomor SK;Tanggal SK;TMT;Sampai;Status\n"
            "198003122005012003;Siti Rahmawati;M.Pd.;PA;1.01.0.00.0.00.01.0000;821/1;"
            "2 Januari 2026;02/01/2026;;Definitif\n"
            "198003122005012003;Siti Rahmawati;M.Pd.;PPTK;1.01.0.00.0.00.01.0000;821/2;"
            "2026-01-02;2026-01-02;;\n"
            "199001012015031001;Rina;;Bendahara Pengeluaran;9.99.0.00.0.00.01.0000;821/3;"
            "2026-01-02;2026-01-02;;\n"
            "123;Salah NIP;;PA;;821/4;2026-01-02;2026-01-02;;\n"
        )
        words = (appointments.command, path, "--by", "ani")
        assert some(typed(*words)) == [4, 2, 0, 0, 2, 1]
        assert some(typed(*words)) == [4, 0, 0, 2, 2, 1]
        rows = Appointment.objects.filter(founding_seat=None).order_by("pk")
        assert [(row.role, row.state) for row in rows] == [
            ("PA", "proposed"),
            ("PPTK", "proposed"),
        ]
        assert names([rows[0].person_id]) == {rows[0].person_id: "Siti Rahmawati, M.Pd."}
        assert queries.holders(Role.PA, pendidikan.pk, TODAY) == []


@pytest.mark.parametrize("module", [regions, codes, boundaries, holidays, agencies, appointments])
def test_each_command_has_help_with_an_example(module: object):
    result = CliRunner().invoke(module.command, ["--help"])  # type: ignore[attr-defined]
    assert result.exit_code == 0
    assert "Example: kawal import" in " ".join(result.stdout.split())
    assert "Columns: " in result.stdout
