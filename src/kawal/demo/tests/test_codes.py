"""The demo city's codes: whole trees, and every agency finds its work in them."""

from datetime import date

import pytest

from kawal.demo.facts.agencies import AGENCIES
from kawal.demo.filling import codes
from kawal.nomenclature import queries
from kawal.nomenclature.facts import ActivityLevel

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_every_code_stands_under_its_parent_and_agencies_find_their_work():
    codes.fill()
    accounts = queries.accounts(TODAY, level=6)
    activities = queries.activities(TODAY, level=ActivityLevel.SUB_KEGIATAN)
    funds = queries.funds(TODAY, level=6)
    assert (len(accounts), len(activities), len(funds)) == (468, 810, 112)
    for some in (accounts, activities, funds):
        assert all(one.parent_id for one in some)
    bidang = {one.code[:4] for one in activities}
    for agency in AGENCIES:
        assert agency.code[:4] in bidang, agency.name
    found = {flag for one in accounts for flag in one.flags}
    assert {"is_gaji_asn", "is_barjas", "is_btt", "is_modal_tanah", "is_hibah_uang"} <= found


def test_filling_twice_changes_nothing():
    codes.fill()
    before = len(queries.accounts(TODAY)), len(queries.activities(TODAY))
    codes.fill()
    assert (len(queries.accounts(TODAY)), len(queries.activities(TODAY))) == before
