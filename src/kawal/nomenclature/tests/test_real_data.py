"""The imports and the search on the real lists: Permendagri 90/2019 and what amends it."""

import os
from datetime import date
from pathlib import Path

import pytest

from kawal.kernel.importing import Import, Options, Summary, run
from kawal.nomenclature import queries
from kawal.nomenclature.facts import ActivityLevel, CodeKind
from kawal.nomenclature.imports.accounts import AccountsImport
from kawal.nomenclature.imports.activities import ActivitiesImport
from kawal.nomenclature.imports.funds import FundsImport
from kawal.nomenclature.known import KEP_1317, KEP_3708, KEP_3708_FIRST
from kawal.nomenclature.models import Account, Activity, Fund

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
TODAY = date(2026, 11, 24)


@pytest.fixture
def data() -> Path:
    return Path(os.environ["KAWAL_TEST_DATA"]) / "kodefikasi"


def imported(importer: Import, path: Path, tmp_path: Path) -> Summary:
    return run(importer, path, Options(rejects=tmp_path / "ditolak.csv"))


def counts(summary: Summary) -> tuple[int, int, int, int, int]:
    return (summary.read, summary.new, summary.changed, summary.unchanged, summary.rejected)


def test_all_accounts_and_again(data: Path, tmp_path: Path):
    path = data / "rekening_lengkap.csv"
    assert counts(imported(AccountsImport(), path, tmp_path)) == (16_793, 16_793, 0, 0, 0)
    assert counts(imported(AccountsImport(), path, tmp_path)) == (16_793, 0, 0, 16_793, 0)
    assert not Account.objects.filter(parent=None, level__gt=1).exists()
    codes = Account.objects.filter(decree__code__in=[KEP_3708, KEP_3708_FIRST])
    assert codes.count() - codes.values("code").distinct().count() == 330
    assert len(queries.accounts(TODAY)) == 15_746
    found = queries.account("5.1.02.01.01.0024", TODAY)
    assert found.name.endswith("Alat Tulis Kantor")
    assert found.flags == {"is_bl", "is_barjas", "is_leaf"}
    said = [facts.name for _, facts in queries.versions(CodeKind.ACCOUNT, found.code)]
    assert said[1] == "Belanja Barang Pakai Habis Penanggulangan Bencana"


def test_all_activities_and_again_then_the_four_digit_endings(data: Path, tmp_path: Path):
    path = data / "program_kegiatan_subkegiatan.csv"
    first = imported(ActivitiesImport(), path, tmp_path)
    assert counts(first) == (5_348, 5_342, 0, 0, 6)
    assert {reason.code for _, reasons in first.shown for reason in reasons} == {
        "nomenclature.code"
    }
    rows = Activity.objects.count()
    assert counts(imported(ActivitiesImport(), path, tmp_path)) == (5_348, 0, 0, 5_342, 6)
    assert Activity.objects.count() == rows
    two_digits = queries.activity("1.03.10.2.01.05", TODAY)
    assert two_digits.name.startswith("Pembangunan Jalan")
    later = data / "nomenklatur_subkegiatan_dipakai_2025.csv"
    again = imported(ActivitiesImport(decree=KEP_1317), later, tmp_path)
    assert (again.read, again.rejected) == (2_035, 0), again.shown
    assert again.new == 2_035
    assert imported(ActivitiesImport(decree=KEP_1317), later, tmp_path).unchanged == 2_035
    subs = queries.activities(2025, level=ActivityLevel.SUB_KEGIATAN, of_city=False)
    assert len(subs) == 2_035
    assert {len(one.code.rpartition(".")[2]) for one in subs} == {4}
    kegiatan = queries.activities(2025, level=ActivityLevel.KEGIATAN, of_city=False)
    assert {one.code.rpartition(".")[0] for one in subs} <= {one.code for one in kegiatan}
    subs_2023 = queries.activities(2023, level=ActivityLevel.SUB_KEGIATAN)
    assert {len(one.code.rpartition(".")[2]) for one in subs_2023} == {2}


def test_all_funds_and_again(data: Path, tmp_path: Path):
    path = data / "sumber_dana_lengkap.csv"
    assert counts(imported(FundsImport(), path, tmp_path)) == (433, 433, 0, 0, 0)
    assert counts(imported(FundsImport(), path, tmp_path)) == (433, 0, 0, 433, 0)
    assert not Fund.objects.filter(parent=None, level__gt=1).exists()
    kelurahan = queries.fund("2.2.01.01.02.01", TODAY)
    assert kelurahan.is_earmarked
    assert kelurahan.name == "DAU Tambahan Dukungan Pendanaan Bagi Kelurahan"
