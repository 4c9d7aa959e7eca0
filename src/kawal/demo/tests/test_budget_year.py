"""The demo's budget year, lived through by its officers: a small one, with the city's own sums."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction

from kawal.budget import queries
from kawal.budget.facts import NIL, PlanState, RevisionState, SpdState, VersionKind
from kawal.budget.facts.shifts import ShiftState
from kawal.demo.budget.goods import GOODS
from kawal.demo.budget.plan import plan
from kawal.demo.budget.size import SMALL
from kawal.demo.facts import budget as facts
from kawal.demo.filling import budget, codes, government
from kawal.demo.filling.budget.changes import FOUND, SPENT
from kawal.demo.filling.budget.officers import moment

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
YEAR = 2026

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def said(django_db_setup, django_db_blocker):
    """Fill once for all tests of this file; leave a fresh database behind."""
    heard: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        filled = government.fill(AT)
        codes.fill()
        budget.fill(filled, say=heard.append, size=SMALL)
    yield heard
    with django_db_blocker.unblock():
        django_db_setup.renew()


def by_jenis(version_id: int) -> dict[str, Decimal]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT left(a.code, 6), sum(l.amount) FROM budget_versionsheet s
            JOIN budget_revisionline l ON l.revision_id = s.revision_id
            JOIN budget_line k ON k.id = l.line_id
            JOIN nomenclature_account a ON a.id = k.account_id
            WHERE s.version_id = %s GROUP BY 1
            """,
            [version_id],
        )
        return dict(cursor.fetchall())


def test_it_tells_its_steps_in_their_order(said):
    assert said == [
        "standar harga dan pagu",
        "RKA setiap perangkat daerah",
        "RAPBD dan APBD",
        "DPA",
        "anggaran kas",
        "SPD triwulan I",
        "SPD triwulan II",
        "pergeseran",
        "SPD triwulan III",
        "Perubahan APBD",
        "SPD triwulan IV",
    ]


def test_the_year_has_its_versions_and_each_of_the_first_four_is_the_published_budget():
    versions = sorted(queries.versions(YEAR), key=lambda one: one.number)
    assert [one.kind for one in versions] == [
        VersionKind.RKA,
        VersionKind.RAPBD,
        VersionKind.APBD,
        VersionKind.PENJABARAN,
        VersionKind.SHIFT,
        VersionKind.PERUBAHAN,
        VersionKind.PENJABARAN_PERUBAHAN,
    ]
    for version in versions[:5]:  # the shift stays within one jenis
        assert by_jenis(version.id) == facts.PUBLISHED, version.kind
    assert versions[2].instrument_date == date(2025, 12, 29)


def test_the_perubahan_spends_what_was_found_and_closes():
    after = by_jenis(max(queries.versions(YEAR), key=lambda one: one.number).id)
    wanted = dict(facts.PUBLISHED)
    for _, jenis, amount in (FOUND, *SPENT):
        wanted[jenis] += amount
    assert after == wanted


def test_every_sheet_is_sealed_and_every_component_of_a_good_names_it():
    rows = queries.sheets(YEAR)
    assert len(rows) == len(plan(SMALL).sheets)
    assert {row.state for row in rows} == {RevisionState.SEALED}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM budget_component c JOIN budget_price p"
            " ON p.item_id = c.price_item_id WHERE c.price > p.price"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(DISTINCT price_item_id) FROM budget_component")
        assert cursor.fetchone()[0] > 50
    assert len(queries.price_page("", date(YEAR, 1, 1), "1")) == 50
    assert len(GOODS) == 149


def test_each_agency_s_money_is_released_as_its_cash_plan_says():
    orders = queries.spds(YEAR)
    assert {one.state for one in orders} == {SpdState.SIGNED}
    assert len({one.number for one in orders}) == len(orders)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(f.ceiling), sum(f.released) FROM budget_funds f"
            " JOIN budget_line l ON l.id = f.line_id"
            " JOIN nomenclature_account a ON a.id = l.account_id"
            " WHERE a.code LIKE '5%%' OR a.code LIKE '6.2%%'"
        )
        ceiling, released = cursor.fetchone()
    spent = sum(amount for jenis, amount in facts.PUBLISHED.items() if jenis[0] == "5")
    assert ceiling == spent + facts.PUBLISHED["6.2.02"] + FOUND[2]
    assert released == ceiling  # the last quarter was released in October
    assert not list(queries.differences())


def test_every_unit_s_plan_is_validated_and_plans_what_is_enacted():
    found = queries.unit_plans(YEAR)
    assert found
    for one in found:
        assert one.in_force is not None
        assert one.in_force.state is PlanState.VALIDATED
        assert one.fits, one.unit_id
        assert one.planned == one.ceiling


def test_the_shift_went_to_the_sekda_s_desk():
    found = queries.shifts(YEAR)
    assert [one.state for one in found] == [ShiftState.ENACTED]
    assert found[0].desk.value == "sekda"


def test_nothing_was_paid_yet_and_moments_are_of_office_hours():
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(paid), sum(reserved), sum(committed) FROM budget_funds")
        assert cursor.fetchone() == (NIL, NIL, NIL)
    assert moment(2026, 1, 5).hour == 3
