"""The pages on mandatory spending as their readers meet them."""

from typing import Any

import pytest
from django.urls import reverse

from kawal.budget.models import Revision
from kawal.budget.tests.small_budget import YEAR, Small, make_small_budget
from kawal.budget.tests.test_mandatory import seal
from kawal.nomenclature import actions as nomenclature

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(world: Any) -> Small:
    made = make_small_budget(world)
    nomenclature.record_functions()
    return made


def at(name: str, *args: object) -> str:
    return reverse(f"budget:{name}", args=args)


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(str(answer.content.decode()).split())


def test_every_rule_stands_there_with_its_law_and_what_is_missing(small: Small):
    page = text(small.world.client("tapd").get(at("mandatory", YEAR)))
    assert "Fungsi pendidikan" in page
    assert "paling sedikit 20% = Rp 200.000.000,08" in page
    assert "lebih Rp 50.000.000,03" in page  # personnel
    assert "UU 1/2022 Ps 146(1)" in page
    assert "Kewajiban ini berakhir: UU 17/2023" in page
    assert "Batasnya untuk tahun ini belum diisi" in page
    assert "Anggaran belum menutup" not in page


def test_a_version_is_reckoned_for_itself_and_another_year_s_is_not_there(small: Small):
    version = seal(small)
    small.revise("sekolah", {("5.2.03.01.01.0001", "1.2.02"): "100000000"}, state="draft")
    browser = small.world.client("ppkd")
    drafts = text(browser.get(at("mandatory", YEAR)))
    assert "SILPA tahun berjalan Rp550.000.000,15, seharusnya nol." in drafts
    assert (
        "pendapatannya Rp300.000.000,00, belanjanya Rp100.000.000,00; keduanya harus sama."
        in drafts
    )
    enacted = text(browser.get(at("mandatory", YEAR), {"versi": version}))
    assert "Anggaran belum menutup" not in enacted
    assert browser.get(at("mandatory", YEAR), {"versi": version + 7}).status_code == 404
    assert browser.get(at("mandatory", YEAR + 1)).status_code == 404


def test_lines_are_those_of_the_reader_s_agencies_only(small: Small):
    rule = at("mandatory_rule", YEAR, "infrastructure")
    whole = text(small.world.client("tapd").get(rule))
    assert "Rp 300.000.000,00" in whole
    assert "Rp 50.000.000,00" in whole
    assert "2027 tahun anggaran" in whole
    assert "rekening 5 kecuali rekening 5.4" in whole
    own = text(small.world.client("lurah").get(rule))
    assert "dari perangkat daerah Anda" in own
    assert "Pembangunan unit sekolah baru" not in own
    assert "Pembangunan sarana kelurahan" in own
    assert small.world.client("tapd").get(at("mandatory_rule", YEAR, "tidak")).status_code == 404


def test_a_rule_that_has_ended_has_a_page_without_lines(small: Small):
    browser = small.world.client("tapd")
    rule = at("mandatory_rule", YEAR, "health")
    assert rule in text(browser.get(at("mandatory", YEAR)))
    page = text(browser.get(rule))
    assert "Kewajiban ini berakhir: UU 17/2023" in page
    assert "Tidak ada baris yang dihitung." in page


def test_a_sheet_shows_what_it_gives_and_outsiders_do_not_see_it(small: Small):
    sheet = small.sheets["sekolah"].pk
    assert Revision.objects.filter(sheet=sheet).exists()
    page = text(small.world.client("siti").get(at("sheet_mandatory", sheet)))
    assert "Rp 650.000.000,15" in page
    assert small.world.client("lurah").get(at("sheet_mandatory", sheet)).status_code == 404
    assert small.world.client("joko").get(at("sheet_mandatory", sheet)).status_code == 403


def test_without_a_year_the_newest_page_says_so_and_with_one_it_goes_there(world: Any):
    browser = world.client("tapd")
    assert "Belum ada tahun anggaran" in text(browser.get(at("mandatory_newest")))
    make_small_budget(world)
    assert browser.get(at("mandatory_newest")).url == at("mandatory", YEAR)
