"""The imports of codes, as an officer types them, and what the queries then say."""

import json
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.db import connection

from kawal.kernel.refusals import NotThere
from kawal.nomenclature import queries
from kawal.nomenclature.facts import ActivityLevel, CodeKind
from kawal.nomenclature.flags import FlagRule, flags_of
from kawal.nomenclature.imports import accounts, activities, funds
from kawal.nomenclature.imports.cells import name
from kawal.nomenclature.known import BASE, KEP_1317, KEP_3708, KNOWN, family
from kawal.nomenclature.models import Account, Activity, Crosswalk
from kawal.nomenclature.queries.codes import narrowed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
ACCOUNTS = """kode,level,kode_induk,uraian,status_data_nonaktif,dasar_hukum
5.1.02.01.01.0024,6,5.1.02.01.01,Belanja Barang Penanggulangan Bencana,1,50
5.1.02.01.01.0024,6,5.1.02.01.01,"Belanja Alat/Bahan&#10;Kantor &amp; ATK",0,50
5.1.02.01.01,5,5.1.02.01,"Belanja Bahan\r\nPakai Habis",0,90
5.1.02.01,4,5.1.02,Belanja Barang,0,90
5.1.02,3,5.1,Belanja Barang dan Jasa,0,0
5.1,2,5,BELANJA OPERASI,0,90
5,1,,BELANJA DAERAH,0,90
5,1,,BELANJA LAGI,0,90
5.2.01,4,5.2,Tingkat salah,0,7
5.9.01.01,4,5.9.01,Tanpa induk,0,90
5.1.2,3,5.1,Kode salah,0,90
"""
HEAD = (
    "kode_bidang,nama_bidang,kode_program,nama_program,kode_kegiatan,nama_kegiatan,"
    "kode_sub_kegiatan,nama_sub_kegiatan,jns_pemda(1=prov 2=kab/kota),"
    "status_data_nonaktif,dasar_hukum(90=Permendagri90 50=Kep050)\n"
)
ACTIVITIES = HEAD + (
    "1.03,PU,1.03.10,JALAN***),1.03.10.2.01,Jalan Kota,1.03.10.2.01.05,Pembangunan,2,0,90\n"
    "1.03,PU,1.03.10,JALAN,1.03.10.2.01,Jalan Kota,1.03.10.2.01.06,Pemeliharaan,2,0,50\n"
    "1.03,PU,1.03.10,JALAN,1.03.10.1.01,Jalan Provinsi,1.03.10.1.01.01,Survei,2,0,50\n"
    "1.03,PU,1.03.13,ISTIMEWA,1.03.13. .201,Ruang,1.03.13. .201.01,Rencana,2,0,50\n"
)
LATER = (
    "kode_sub_kegiatan,nama_sub_kegiatan,kode_kegiatan,nama_kegiatan,kode_program,nama_program\n"
    "1.03.10.2.01.0005,Pembangunan Jalan,1.03.10.2.01,Jalan Kota,1.03.10,JALAN RAYA\n"
    "1.99.10.2.01.0005,Tanpa bidang,1.99.10.2.01,X,1.99.10,Y\n"
)


def typed(command: click.Command, *words: object) -> dict[str, object]:
    result = CliRunner().invoke(command, [*map(str, words), "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    said: dict[str, object] = json.loads(result.stdout)
    return said


def some(said: dict[str, object]) -> list[object]:
    return [said[key] for key in ("read", "new", "changed", "unchanged", "rejected")]


def why(said: dict[str, object]) -> dict[int, list[str]]:
    first: list[dict[str, list[dict[str, str]]]] = said["first_rejected"]  # type: ignore[assignment]
    return {
        int(str(one["line"])): [reason["code"].partition(".")[2] for reason in one["reasons"]]
        for one in first
    }


@pytest.fixture
def list_of_accounts(tmp_path: Path) -> Path:
    path = tmp_path / "rekening.csv"
    path.write_text(ACCOUNTS, newline="")
    return path


def test_accounts_in_any_order_every_reason_told_and_again(list_of_accounts: Path):
    said = typed(accounts.command, list_of_accounts)
    assert some(said) == [11, 7, 0, 0, 4]
    assert why(said) == {
        10: ["double"],
        11: ["basis"],
        12: ["no_parent"],
        13: ["code"],
    }
    assert some(typed(accounts.command, list_of_accounts)) == [11, 0, 0, 7, 4]
    list_of_accounts.write_text(ACCOUNTS.replace("BELANJA OPERASI", "BELANJA OPERASIONAL"))
    assert some(typed(accounts.command, list_of_accounts)) == [11, 0, 1, 6, 4]


def test_a_dry_run_keeps_nothing(list_of_accounts: Path):
    assert some(typed(accounts.command, list_of_accounts, "--dry-run"))[:2] == [11, 7]
    assert not Account.objects.exists()


def test_a_code_means_what_the_newest_decree_says(list_of_accounts: Path):
    typed(accounts.command, list_of_accounts)
    leaf = queries.account("5.1.02.01.01.0024", TODAY)
    assert leaf.name == "Belanja Alat/Bahan Kantor & ATK"
    assert queries.decree(leaf.decree_id).code == KEP_3708
    assert len(queries.versions(CodeKind.ACCOUNT, leaf.code)) == 2
    parent = queries.by_ids(CodeKind.ACCOUNT, [leaf.parent_id or 0]).popitem()[1]
    assert (parent.code, parent.name) == ("5.1.02.01.01", "Belanja Bahan Pakai Habis")
    assert [one.code for one in queries.accounts(2020, level=3)] == ["5.1.02"]
    with pytest.raises(NotThere):
        queries.account(leaf.code, 2020)
    with pytest.raises(NotThere):
        queries.account("5", date(2019, 12, 31))
    assert [one.code for one in queries.children(CodeKind.ACCOUNT, TODAY, "5.1")] == ["5.1.02"]
    assert [one.code for one in queries.children(CodeKind.ACCOUNT, TODAY)] == ["5"]
    assert len(queries.accounts(TODAY, below="5.1.02.01")) == 3
    assert len(queries.accounts(TODAY, flag="is_barjas")) == 4


def test_what_a_newer_decree_withdraws_is_not_found_under_the_older_name(list_of_accounts: Path):
    typed(accounts.command, list_of_accounts)
    assert queries.search(CodeKind.ACCOUNT, "bencana", TODAY) == []
    found = queries.search(CodeKind.ACCOUNT, "kant BAHAN", TODAY)
    assert [one.code for one in found] == ["5.1.02.01.01.0024"]
    assert [one.code for one in queries.search(CodeKind.ACCOUNT, "5.1.02.01.01.", TODAY)] == [
        "5.1.02.01.01.0024"
    ]
    assert queries.search(CodeKind.ACCOUNT, "' & !|():*", TODAY) == []
    assert len(queries.search(CodeKind.ACCOUNT, "5", TODAY, limit=2)) == 2


def test_the_search_of_words_and_of_codes_can_use_their_indexes(list_of_accounts: Path):
    typed(accounts.command, list_of_accounts)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    for words, index in (("alat", "account_words"), ("5.1.02", "account_code")):
        rows = narrowed(Account.objects.all(), words)
        assert rows is not None
        assert f"nomenclature_{index}" in rows.explain()


def test_activities_and_what_stands_above_them(tmp_path: Path):
    path = tmp_path / "kegiatan.csv"
    path.write_text(ACTIVITIES)
    said = typed(activities.command, path)
    assert some(said) == [4, 2, 0, 0, 2]
    assert why(said) == {4: ["power"], 5: ["code"]}
    assert some(typed(activities.command, path)) == [4, 0, 0, 2, 2]
    assert list(Activity.objects.order_by("code").values_list("code", "level")) == [
        ("1", "urusan"),
        ("1.03", "bidang"),
        ("1.03.10", "program"),
        ("1.03.10.2.01", "kegiatan"),
        ("1.03.10.2.01.05", "sub_kegiatan"),
        ("1.03.10.2.01.06", "sub_kegiatan"),
    ]
    below = queries.children(CodeKind.ACTIVITY, TODAY, "1.03.10")
    assert [one.code for one in below] == ["1.03.10.2.01"]


def test_endings_of_four_digits_silence_those_of_two(tmp_path: Path):
    path, later = tmp_path / "kegiatan.csv", tmp_path / "baru.csv"
    path.write_text(ACTIVITIES)
    later.write_text(LATER)
    typed(activities.command, path)
    assert why(typed(activities.command, later))[2] == ["no_decree"]
    said = typed(activities.command, later, "--decree", KEP_1317)
    assert some(said) == [2, 1, 0, 0, 1]
    assert why(said) == {3: ["no_parent"]}
    level = ActivityLevel.SUB_KEGIATAN
    assert [one.code for one in queries.activities(2025, level=level)] == ["1.03.10.2.01.0005"]
    assert len(queries.activities(2023, level=level)) == 2
    assert queries.activity("1.03.10", 2025).name == "JALAN RAYA"
    assert queries.activity("1.03.10", 2023).name == "JALAN"
    assert queries.activity("1.03", 2025).name == "PU"


def test_funds_know_which_may_not_be_mixed(tmp_path: Path):
    path = tmp_path / "dana.csv"
    path.write_text("kode,uraian\n1,DANA UMUM\n1.1,PAD\n2,DANA KHUSUS\n2.2,TRANSFER\n")
    assert some(typed(funds.command, path, "--decree", KEP_3708)) == [4, 4, 0, 0, 0]
    assert [one.is_earmarked for one in queries.funds(TODAY)] == [False, False, True, True]
    assert queries.fund("2.2", TODAY).level == 2


def test_crosswalks_lead_both_ways(list_of_accounts: Path):
    typed(accounts.command, list_of_accounts)
    old, new = queries.decree_by_code(BASE).id, queries.decree_by_code(KEP_3708).id
    for code in ("5.1.02", "5.1.03"):
        Crosswalk.objects.create(
            kind="account", earlier_id=old, earlier_code="5.1.9", later_id=new, later_code=code
        )
    split = queries.later_codes(CodeKind.ACCOUNT, "5.1.9", old)
    assert [bridge.code for bridge in split] == ["5.1.02", "5.1.03"]
    back = queries.earlier_codes(CodeKind.ACCOUNT, "5.1.03", new)
    assert [(bridge.code, bridge.decree.code) for bridge in back] == [("5.1.9", BASE)]


def test_flags_follow_the_code_and_the_day():
    rules = (
        FlagRule("old", "5.1", valid_until=date(2023, 12, 31)),
        FlagRule("new", "5.1.02", valid_from=date(2024, 1, 1)),
    )
    assert flags_of("5.1.02", date(2023, 12, 31), rules) == ["old"]
    assert flags_of("5.1.02.01", date(2024, 1, 1), rules) == ["new"]
    assert flags_of("5.1.020", date(2024, 1, 1), rules) == []
    assert flags_of("5.1.05.06.01.0001", TODAY) == ["is_bl", "is_bos", "is_hibah_uang", "is_leaf"]
    assert flags_of("1.1.01", TODAY) == ["is_tna"]


def test_names_lose_entities_breaks_and_footnotes():
    assert name("PROGRAM&amp;amp;\r\n KEGIATAN&nbsp;ACEH******)") == "PROGRAM& KEGIATAN ACEH"


def test_each_known_decree_amends_an_older_one():
    assert [one.code for one in family(KEP_1317)][-1] == BASE
    for one in KNOWN.values():
        assert not one.amends or KNOWN[one.amends].valid_from <= one.valid_from


@pytest.mark.parametrize("module", [accounts, activities, funds])
def test_each_command_has_help_with_an_example(module: object):
    result = CliRunner().invoke(module.command, ["--help"])  # type: ignore[attr-defined]
    assert "Example: kawal import" in " ".join(result.stdout.split())
