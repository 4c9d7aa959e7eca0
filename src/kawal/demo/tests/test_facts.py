"""The demo city's facts: whole, with codes that are unique and references that hold."""

import os
import re
from datetime import date
from pathlib import Path

import pytest

from kawal.demo.facts import people, places
from kawal.demo.facts.agencies import AGENCIES, BY_SHORT, UNITS
from kawal.demo.facts.applications import APPLICATIONS, SITE
from kawal.demo.facts.holidays import HOLIDAYS, Source
from kawal.demo.facts.jobs import JOBS, NUMBERS
from kawal.demo.faults import NIGHTLY
from kawal.identity.numbers import nik_reasons, nip_reasons, read_nik, read_nip

TODAY = date(2026, 11, 24)


def test_binjai_has_five_kecamatan_and_37_kelurahan():
    counts = {
        one.name: sum(k.parent == one.code for k in places.KELURAHAN) for one in places.KECAMATAN
    }
    assert counts == {
        "Binjai Utara": 9,
        "Binjai Kota": 7,
        "Binjai Barat": 6,
        "Binjai Timur": 7,
        "Binjai Selatan": 8,
    }
    assert len({one.code for one in places.PLACES}) == 42


@pytest.mark.real_data
def test_codes_and_names_are_the_decrees():
    folder = Path(os.environ["KAWAL_TEST_DATA"]) / "wilayah"
    rows = (folder / "wilayah_binjai_12.75.csv").read_text().splitlines()[3:]
    assert {f"{one.code},{one.name}" for one in places.PLACES} == set(rows)


def test_agencies_have_unique_codes_of_22_characters():
    codes = [one.code for one in AGENCIES + UNITS]
    assert len(AGENCIES) == 34
    assert len(set(codes)) == len(codes) == 80
    shape = re.compile(r"\d\.\d\d\.\d\.\d\d\.\d\.\d\d\.\d\d\.\d{4}")
    assert all(shape.fullmatch(code) and len(code) == 22 for code in codes)


def test_a_unit_shares_the_first_18_characters_with_its_agency():
    assert all(unit.code[:18] == unit.parent[:18] != unit.code for unit in UNITS)
    assert {unit.parent for unit in UNITS} <= {one.code for one in AGENCIES}


def test_every_agency_is_watched_through_some_application():
    owners = {BY_SHORT[one.agency] for one in APPLICATIONS}
    with_units = {one.code for one in owners} | {one.parent for one in owners}
    assert {one.code for one in AGENCIES} <= with_units


def test_applications_are_whole():
    assert len(APPLICATIONS) == len({one.code for one in APPLICATIONS}) == 105
    assert {one.criticality for one in APPLICATIONS} == {"kritis", "tinggi", "sedang", "rendah"}
    assert {one.hours for one in APPLICATIONS} == {"always", "office"}
    assert {one.personal_data for one in APPLICATIONS} == {"tidak ada", "umum", "spesifik"}
    assert {one.decision for one in APPLICATIONS} == {"keep", "merge", "retire", ""}
    assert all(bool(one.why) is bool(one.decision) for one in APPLICATIONS)
    codes = {one.code for one in APPLICATIONS}
    assert all(one.merge_into in codes for one in APPLICATIONS if one.merge_into)
    assert all(bool(one.merge_into) is (one.decision == "merge") for one in APPLICATIONS)
    invented = re.compile(r"Vendor Simulasi \d+|Swakelola|Hibah pusat")
    assert all(invented.fullmatch(one.vendor) for one in APPLICATIONS)
    assert all((one.contract_days is None) is (one.vendor[0] != "V") for one in APPLICATIONS)


def test_each_kelurahan_has_a_site_of_its_own():
    owners = {BY_SHORT[one.agency].region for one in APPLICATIONS if one.code.startswith(SITE)}
    assert owners == {one.code for one in places.KELURAHAN}


def test_some_are_paid_for_and_unused():
    unused = [one for one in APPLICATIONS if one.login_days > 60]
    assert sum(one.cost for one in unused) == 489
    assert {one.decision for one in unused} == {"retire"}


@pytest.mark.parametrize("one", [*JOBS, *NUMBERS], ids=lambda one: one.code)
def test_jobs_belong_to_applications(one):
    codes = {application.code for application in APPLICATIONS}
    assert one.application in codes
    assert set(NIGHTLY) <= codes


def test_everybodys_numbers_have_their_shape_and_are_nobody_elses():
    officials = [one for one in people.PEOPLE if one.is_official]
    assert all(not nip_reasons(one.nip, on=TODAY) for one in officials)
    assert all(not nik_reasons(one.nik) for one in people.PEOPLE)
    assert all(read_nik(one.nik).region == "12.75.99" for one in people.PEOPLE)
    assert all(read_nip(one.nip).born == one.born for one in officials)
    assert len({one.nip for one in officials}) == len(officials)
    assert len({one.nik for one in people.PEOPLE}) == len(people.PEOPLE)
    assert len({one.name for one in people.PEOPLE}) == len(people.PEOPLE)


def test_every_post_has_one_holder_and_its_agency_exists():
    held = [(post.role, post.agency) for post in people.POSTS if not post.left]
    assert len(set(held)) == len(held)
    assert all(not post.agency or post.agency in BY_SHORT for post in people.POSTS)
    assert all(post.person in people.BY_KEY for post in people.POSTS)


def test_the_people_of_the_tests_hold_their_posts():
    held = {(post.person, post.role, post.agency) for post in people.POSTS}
    assert {
        ("siti", "PA", "Disdik"),
        ("budi", "KUASA_BUD", ""),
        ("rina", "PPK_SKPD", "Disdik"),
        ("lurah", "LURAH", "Kel. Pahlawan"),
        ("joko", "OPERATOR_OPD", "Dishub"),
    } <= held
    assert not any(post.person == "dewi" for post in people.POSTS)


def test_holidays_of_a_year_without_decree_say_so():
    assert {one.source for one in HOLIDAYS if one.day.year == 2026} == {Source.DECREE}
    assert {one.source for one in HOLIDAYS if one.day.year == 2027} == {Source.FORECAST}
    assert sum(one.day.year == 2026 and not one.is_joint_leave for one in HOLIDAYS) == 17
    assert sum(one.is_joint_leave for one in HOLIDAYS) == 8
    assert len({one.day for one in HOLIDAYS}) == len(HOLIDAYS)
