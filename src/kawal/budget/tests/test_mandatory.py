"""Mandatory spending in one statement: of drafts and versions, as the pure rule counts lines."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import connection

from kawal.budget.facts.mandatory import CountedLine, Verdict
from kawal.budget.facts.mandatory_rules import RULES
from kawal.budget.models import Line, Revision, RevisionLine, Sheet, Version, VersionSheet
from kawal.budget.queries.chosen import drafted_lines
from kawal.budget.queries.mandatory import (
    counting_page,
    effects,
    reckoning_of_drafts,
    reckoning_of_version,
)
from kawal.budget.queries.mandatory_laws import readings
from kawal.budget.queries.selected import lines_that
from kawal.budget.rules.selections import counts
from kawal.budget.tests.small_budget import AT, YEAR, Small, make_small_budget
from kawal.nomenclature import actions as nomenclature
from kawal.nomenclature.models import Account, Activity, Decree, Fund

pytestmark = pytest.mark.django_db
TOTAL = Decimal("1000000000.40")


@pytest.fixture
def small(world: Any) -> Small:
    made = make_small_budget(world)
    nomenclature.record_functions()
    return made


def finding(account: Any, key: str) -> Any:
    return next(one for one in account.findings if one.key == key)


def seal(small: Small) -> int:
    """Put every verified revision into a first version, as it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('budget_version', 'id'))")
        (pk,) = cursor.fetchone()
    for sheet in small.sheets.values():
        revision = Revision.objects.get(sheet=sheet)
        total = sum(one.amount for one in RevisionLine.objects.filter(revision=revision))
        Revision.objects.filter(pk=revision.pk).update(state="sealed", total=total, digest="0" * 64)
        VersionSheet.objects.create(version_id=pk, sheet=sheet, revision=revision)
    Version.objects.create(
        pk=pk, year_id=YEAR, number=1, kind="rka", title="RKA", digest="0" * 64, made_at=AT
    )
    return int(pk)


def test_the_drafts_say_what_is_met_and_what_is_missing(small: Small):
    account = reckoning_of_drafts(YEAR)
    assert [one.key for one in account.findings] == [rule.key for rule in RULES]
    education = finding(account, "education")
    assert (education.planned, education.base) == (Decimal("650000000.15"), TOTAL)
    assert (education.required, education.verdict) == (Decimal("200000000.08"), Verdict.MET)
    personnel = finding(account, "personnel")  # 35 percent, and 2027 is the year it binds
    assert (personnel.planned, personnel.verdict) == (Decimal("350000000.15"), Verdict.NOT_MET)
    assert personnel.difference == Decimal("-50000000.03")
    assert finding(account, "kelurahan").planned == Decimal("350000000.25")
    apip = finding(account, "apip")
    assert (apip.planned, apip.required) == (0, Decimal("10000000.00"))
    assert finding(account, "health").verdict is Verdict.ENDED
    assert finding(account, "deficit").why.code == "budget.no_rate"
    assert finding(account, "deficit").planned == 0
    assert finding(account, "tobacco_tax").why.code == "budget.no_base"


def test_the_budget_closes_and_each_earmarked_fund_does(small: Small):
    account = reckoning_of_drafts(YEAR)
    structure = account.structure
    assert (structure.revenue, structure.spending) == (TOTAL, TOTAL)
    assert not any((structure.surplus, structure.financing, structure.left))
    assert [(one.code, one.revenue, one.planned) for one in account.funds] == [
        ("1.2.02", Decimal(300000000), Decimal(300000000))
    ]


def test_all_sums_come_from_one_statement(small: Small, django_assert_num_queries: Any):
    read = readings(YEAR)
    with django_assert_num_queries(1):
        from kawal.budget.queries.mandatory import _sums

        _sums(drafted_lines(YEAR), read)


def test_a_sheet_without_an_open_revision_counts_as_its_version_says(small: Small):
    version = seal(small)
    assert finding(reckoning_of_drafts(YEAR), "education").planned == Decimal("650000000.15")
    small.revise("sekolah", {("5.2.03.01.01.0001", "1.2.02"): "100000000"}, state="draft")
    drafts, enacted = reckoning_of_drafts(YEAR), reckoning_of_version(version, YEAR)
    assert finding(drafts, "education").planned == Decimal("100000000.00")
    assert finding(drafts, "education").base == Decimal("450000000.25")
    assert finding(enacted, "education").planned == Decimal("650000000.15")
    assert drafts.structure.left == Decimal("550000000.15")
    assert drafts.funds[0].difference == Decimal(200000000)


def test_a_sheet_shows_what_it_gives_to_each_rule(small: Small):
    revision = Revision.objects.get(sheet=small.sheets["kelurahan"])
    given = {one.finding.key: one.counted for one in effects(revision.pk, YEAR)}
    assert given["kelurahan"] == Decimal("350000000.25")
    assert given["infrastructure"] == Decimal(50000000)
    assert "education" not in given


def test_the_lines_that_count_are_shown_dearest_first_and_within_a_reader_s_units(small: Small):
    page = counting_page("infrastructure", YEAR, 1)
    assert [(one.account, one.amount) for one in page] == [
        ("5.2.03.01.01.0001", Decimal(300000000)),
        ("5.2.03.01.01.0001", Decimal(50000000)),
    ]
    own = counting_page("infrastructure", YEAR, 1, unit_ids=[small.unit("Kel. Pahlawan")])
    assert [one.sheet_id for one in own] == [small.sheets["kelurahan"].pk]
    version = seal(small)
    assert len(counting_page("education", YEAR, 1, version_id=version)) == 2


def test_an_amended_reading_counts_otherwise_and_an_unreadable_one_is_said(small: Small):
    from kawal.nomenclature.models import Parameter

    people = small.world.government.persons
    for key, text in (("education.counts", "rekening 5.2"), ("btt.counts", "sesuatu lain")):
        Parameter.objects.create(
            key=f"budget.{key}",
            text=text,
            valid_from=date(2026, 1, 1),
            legal_basis="Uji",
            certainty="verified",
            state="made",
            proposed_by_id=people["ppkd"],
            proposed_at=AT,
            decided_by_id=people["sekda"],
            decided_at=AT,
        )
    account = reckoning_of_drafts(YEAR)
    assert finding(account, "education").planned == Decimal(350000000)
    assert finding(account, "btt").why.code == "budget.not_counted"


ACCOUNTS = (
    "4.1.01.01.01.0001 4.1.01.05.01.0001 4.1.01.10.01.0001 4.2.02.01.01.0001 "
    "4.2.02.01.01.0005 5.1.01.03.03.0001 5.1.01.03.05.0001 5.1.02.03.02.0001 "
    "5.10.01.01.01.0001 5.3.01.01.01.0001 5.4.01.01.01.0001 6.1.02.01.01.0001 "
)
ACTIVITIES = (
    "1.02.02.2.01.0001 1.03.10.2.01.0005 2.15.02.2.02.0002 2.16.01.2.05.0009 "
    "2.16.01.2.05.0019 2.23.02.2.01.0001 5.04.02.2.01.0001 6.01.02.2.01.0001 "
)
FUNDS = (
    "1.2.01.01.02.01 12.2.01 2.1.01.01.01.01 2.1.01.03.01.01 2.2.01.01.03.01 2.2.01.01.04.01 "
    "2.2.02.01.01.01 2.2.02.01.01.04 "
)
LABELS: tuple[list[str], ...] = ([], ["infrastruktur"], ["penerangan jalan", "spm"])


def test_the_statement_counts_every_line_as_the_pure_rule_does(small: Small):
    """Random lines of many codes: for every selection both must name the same lines."""
    _random_lines(small, Random(20261124))
    read = readings(YEAR)
    assert len(read.selections) == 11
    kinds = {unit: kind for kind, units in read.known.units.items() for unit in units}
    joined = ("revision", "line__account", "line__fund", "line__sheet__activity")
    lines = list(drafted_lines(YEAR).select_related(*joined))
    assert len(lines) > 200
    counted = 0
    for key, parts in read.selections.items():
        for part, wanted in parts.items():
            found = set(drafted_lines(YEAR).filter(lines_that(wanted, read.known)))
            functions = read.known.functions
            expected = {row for row in lines if counts(wanted, _counted(row, kinds), functions)}
            assert found == expected, (key, part)
            counted += bool(found)
    assert counted == sum(len(parts) for parts in read.selections.values())


def _counted(row: RevisionLine, kinds: dict[int, str]) -> CountedLine:
    line, sheet = row.line, row.line.sheet
    activity = sheet.activity.code if sheet.activity else ""
    labels, kind = frozenset(row.revision.labels), kinds[sheet.unit_id]
    return CountedLine(line.account.code, activity, line.fund.code, labels, kind)


def _random_lines(small: Small, random: Random) -> None:
    decree = Decree.objects.get(code="uji")
    coded: dict[str, Any] = {"decree": decree, "name": "Uji"}
    accounts = [Account.objects.create(code=code, level=6, **coded) for code in ACCOUNTS.split()]
    funds = [Fund.objects.create(code=code, level=6, **coded) for code in FUNDS.split()]
    Activity.objects.bulk_create(
        Activity(code=code, level="bidang", **coded) for code in ("1.02", "2.23")
    )
    nomenclature.record_functions()
    for code in ACTIVITIES.split():
        activity = Activity.objects.create(code=code, level="sub_kegiatan", **coded)
        for unit in ("Disdik", "Kel. Pahlawan"):
            sheet = Sheet.objects.create(
                year_id=YEAR,
                unit_id=small.unit(unit),
                kind="spending",
                activity=activity,
                opened_at=AT,
            )
            revision = Revision.objects.create(
                sheet=sheet, number=1, labels=random.choice(LABELS), changed_at=AT
            )
            pairs = random.sample([(a, f) for a in accounts for f in funds], 16)
            lines = [Line.objects.create(sheet=sheet, account=a, fund=f) for a, f in pairs]
            for line in lines:
                RevisionLine.objects.create(revision=revision, line=line)
