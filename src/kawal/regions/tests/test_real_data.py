"""The imports on real files: Kemendagri's list, two sources of boundaries, three code systems."""

import os
import re
import time
from pathlib import Path

import pytest

from kawal.kernel.importing import Import, Options, Summary, run
from kawal.regions import queries
from kawal.regions.facts import RegionKind
from kawal.regions.imports.boundaries import BoundariesImport
from kawal.regions.imports.codes import RegionCodesImport
from kawal.regions.imports.regions import RegionsImport
from kawal.regions.models import RegionShape, RegionVersion
from kawal.regions.tests.conftest import NEW_YEAR, NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]


@pytest.fixture
def data() -> Path:
    return Path(os.environ["KAWAL_TEST_DATA"])


def imported(importer: Import, path: Path, tmp_path: Path) -> Summary:
    return run(importer, path, Options(rejects=tmp_path / "ditolak.csv"))


def regions(path: Path, tmp_path: Path) -> Summary:
    importer = RegionsImport(valid_from=NEW_YEAR, legal_basis="Kepmendagri", at=NOON)
    return imported(importer, path, tmp_path)


def boundaries(path: Path, tmp_path: Path) -> Summary:
    return imported(BoundariesImport(on=TODAY, source="uji", at=NOON), path, tmp_path)


def counts(summary: Summary) -> tuple[int, int, int, int, int]:
    return (summary.read, summary.new, summary.changed, summary.unchanged, summary.rejected)


@pytest.mark.long
def test_the_whole_country_and_again(data: Path, tmp_path: Path):
    path = data / "wilayah" / "wilayah_nasional.csv"
    began = time.monotonic()
    assert counts(regions(path, tmp_path)) == (91_599, 91_599, 0, 0, 0)
    assert time.monotonic() - began < 90
    assert counts(regions(path, tmp_path)) == (91_599, 0, 0, 91_599, 0)
    kinds = {kind: len(queries.regions_of_kind(kind, TODAY)) for kind in RegionKind}
    assert kinds == {
        RegionKind.PROVINSI: 38,
        RegionKind.KABUPATEN: 416,
        RegionKind.KOTA: 98,
        RegionKind.KECAMATAN: 7_285,
        RegionKind.KELURAHAN: 8_496,
        RegionKind.DESA: 75_266,
    }
    orphans = RegionVersion.objects.filter(parent=None).exclude(kind=RegionKind.PROVINSI)
    assert not orphans.exists()
    assert queries.region_by_code("14.02.09.2010", TODAY).name == "Lambang Sari I, II, III"


def test_a_code_that_a_spreadsheet_shortened(data: Path, tmp_path: Path):
    summary = regions(data / "wilayah" / "wilayah_luas.csv", tmp_path)
    assert (summary.read, summary.rejected, summary.ignored) == (552, 0, ("luas",))
    assert queries.region_by_code("11.10", TODAY).name == "Kabupaten Aceh Singkil"
    assert queries.region_by_code("31", TODAY).name == "Daerah Khusus Ibukota Jakarta"


def test_binjai_is_drawn_from_kemendagris_own_codes(data: Path, tmp_path: Path):
    regions(data / "wilayah" / "wilayah_binjai_12.75.csv", tmp_path)
    path = data / "batas" / "binjai_kelurahan.geojson"
    assert counts(boundaries(path, tmp_path)) == (37, 37, 0, 0, 0)
    assert counts(boundaries(path, tmp_path)) == (37, 0, 0, 37, 0)
    drawn = queries.shapes("kelurahan", TODAY, within="12.75")
    assert (len(drawn.shapes), drawn.schematic, drawn.source) == (37, False, "uji")
    for shape in drawn.shapes:
        xs = [float(x) for x in re.findall(r"[ML]([-\d.]+) ", shape.path)]
        assert min(xs) < shape.label_x < max(xs)
        assert -0.1 <= min(xs) <= max(xs) <= 1000.1
    assert queries.shapes("kecamatan", TODAY, within="12.75").schematic


def test_binjai_is_drawn_from_bps_codes_once_they_are_known(data: Path, tmp_path: Path):
    regions(data / "wilayah" / "wilayah_binjai_12.75.csv", tmp_path)
    path = data / "batas" / "hdx_id1276_kota_binjai.geojson"
    summary = boundaries(path, tmp_path)
    assert counts(summary) == (37, 0, 0, 0, 37)
    assert summary.shown[0][1][0].mend.startswith("Impor dahulu padanannya")
    codes = data / "wilayah" / "binjai_kelurahan_kemendagri_bps.csv"
    importer = RegionCodesImport(on=TODAY)
    assert counts(imported(importer, codes, tmp_path)) == (37, 37, 0, 0, 0)
    assert counts(imported(importer, codes, tmp_path)) == (37, 0, 0, 37, 0)
    assert counts(boundaries(path, tmp_path)) == (37, 37, 0, 0, 0)
    assert not queries.shapes("kelurahan", TODAY, within="12.75").schematic


def test_the_two_sources_of_binjai_agree_on_where_things_are(data: Path, tmp_path: Path):
    regions(data / "wilayah" / "wilayah_binjai_12.75.csv", tmp_path)
    codes = data / "wilayah" / "binjai_kelurahan_kemendagri_bps.csv"
    imported(RegionCodesImport(on=TODAY), codes, tmp_path)
    boxes = []
    for name in ("binjai_kelurahan", "hdx_id1276_kota_binjai"):
        boundaries(data / "batas" / f"{name}.geojson", tmp_path)
        rows = RegionShape.objects.order_by("region_id")
        boxes.append([(r.west, r.north, r.east, r.south) for r in rows])
    apart = sum(
        a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]
        for a, b in zip(*boxes, strict=True)
    )
    assert apart == 0


@pytest.mark.long
def test_every_kabupaten_and_every_desa_of_batubara_has_an_outline(data: Path, tmp_path: Path):
    regions(data / "wilayah" / "wilayah_nasional.csv", tmp_path)
    assert boundaries(data / "batas" / "kabkota_514.geojson", tmp_path).new == 514
    assert boundaries(data / "batas" / "batubara_desa.geojson", tmp_path).new == 151
    assert len(queries.shapes("kelurahan", TODAY, within="12.19").shapes) == 151


@pytest.mark.long
def test_governments_codes_of_three_systems(data: Path, tmp_path: Path):
    regions(data / "wilayah" / "wilayah_nasional.csv", tmp_path)
    path = data / "wilayah" / "pemda_bps_djpk_kemendagri.csv"
    summary = imported(RegionCodesImport(on=TODAY), path, tmp_path)
    assert summary.read == summary.new + summary.unchanged + summary.rejected
    assert summary.rejected == 0
