"""The year's money on the wall: each agency's released and bound money beside its plan."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kawal.budget import actions
from kawal.budget.facts import MONEY_NEWS, Paper
from kawal.budget.tests.conftest import make_lines
from kawal.monitoring.queries.standing import touched
from kawal.regions.facts import Actor
from kawal.sites.command_centre import snapshot
from kawal.sites.command_centre.money import SLOT, Purse, money
from kawal.sites.command_centre.money_words import bar_words, short_rupiah
from kawal.sites.command_centre.painting import Painting
from kawal.ui import live

pytestmark = pytest.mark.django_db
MARCH = datetime(2027, 3, 10, 5, 0, tzinfo=UTC)
BUDI = Actor(None, None, (), MARCH)
DPA, SPD, KONTRAK, SPP = (Paper(kind, "1") for kind in ("dpa", "spd", "contract", "spp"))


@pytest.fixture
def lines(world: Any) -> list[int]:
    made = make_lines(world.government.agencies["Disdik"], 2)
    actions.set_ceiling({line: Decimal(1_000_000) for line in made}, DPA, BUDI, key="dpa")
    actions.release({made[0]: Decimal(600_000)}, SPD, BUDI, key="spd")
    actions.commit({made[1]: Decimal(250_000)}, KONTRAK, BUDI, key="c")
    actions.reserve({made[0]: Decimal(150_000)}, SPP, BUDI, key="r")
    actions.record_payment({made[0]: Decimal(100_000)}, SPP, BUDI, key="p")
    return made


def test_each_agency_shows_what_is_released_and_bound_of_its_ceiling(world: Any, lines: list[int]):
    found = money(MARCH)
    assert found
    (bar,) = found.agencies
    assert bar.short == "Disdik"
    amounts = [int(n) for n in (bar.ceiling, bar.released, bar.bound, bar.paid, bar.plan)]
    assert amounts == [2_000_000, 600_000, 400_000, 100_000, 0]  # bound: contract, request, payment
    assert (bar.share(bar.released), bar.share(bar.bound)) == (0.3, 0.2)
    agency = world.government.agencies["Disdik"]
    assert bar.href == f"/office/anggaran/2027/dana/{agency}/"
    assert found.city.ceiling == bar.ceiling
    assert found.city.href == "/office/anggaran/2027/dana/"


def test_a_year_without_an_enacted_budget_shows_no_panel(lines: list[int]):
    assert money(MARCH - timedelta(days=365)) is None
    assert 'id="money"' not in _fragments(Painting(), MARCH - timedelta(days=365))


def test_the_wall_draws_two_bars_with_words_and_the_age_of_the_figures(lines: list[int]):
    html = _fragments(Painting(), MARCH)
    assert 'id="money"' in html
    assert html.count('class="money-released"') == 1
    assert 'width="60.0" height="12"' in html  # 30 percent of 200
    assert "30 · 20 %" in html
    assert "Disdik" in html
    assert f'data-since="{MARCH.timestamp()}' in html
    said = "dilepas Rp 600.000 (30 %), terikat Rp 400.000 (20 %), dibayar Rp 100.000"
    assert said in html


def test_the_money_is_read_again_only_when_some_moved(
    lines: list[int], django_assert_num_queries: Any
):
    purse = Purse()
    first = purse.read(MARCH, None)
    with django_assert_num_queries(0):
        assert purse.read(MARCH, set()) is first  # news of applications
    with django_assert_num_queries(2):  # the city's day, and the newest movement
        assert purse.read(MARCH, None) is first
    actions.release({lines[1]: Decimal(1)}, SPD, BUDI, key="spd2")
    assert purse.read(MARCH, {'{"kind": "applications", "ids": [1]}'}) is first
    again = purse.read(MARCH, {MONEY_NEWS})
    assert again
    assert again.city.released == 600_001
    later = purse.read(MARCH + timedelta(seconds=SLOT), None)  # plans move no money
    assert later is not again
    assert later == again


def test_releases_are_announced_and_payments_are_not(lines: list[int], monkeypatch: Any):
    said: list[str] = []
    monkeypatch.setattr(actions.funds, "announce_money", lambda: said.append("money"))
    actions.release({lines[1]: Decimal(5)}, SPD, BUDI, key="a")
    actions.set_ceiling({lines[1]: Decimal(5)}, DPA, BUDI, key="b")
    assert said == ["money", "money"]
    actions.reserve({lines[1]: Decimal(1)}, SPP, BUDI, key="d")
    actions.record_payment({lines[1]: Decimal(1)}, SPP, BUDI, key="e")
    assert said == ["money", "money"]


@pytest.mark.django_db(transaction=True)
def test_an_announcement_reaches_who_listens_and_touches_no_application(world: Any):
    made = make_lines(world.government.agencies["Disdik"], 1)
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {live.CHANNEL}")
    actions.set_ceiling({made[0]: Decimal(5)}, DPA, BUDI, key="dpa")
    heard = [one.payload for one in connection.connection.notifies(timeout=2, stop_after=1)]
    assert heard == [MONEY_NEWS]
    assert touched(heard) == frozenset()
    assert touched([*heard, "monitoring"]) is None
    assert touched([*heard, json.dumps({"kind": "applications", "ids": [3]})]) == frozenset({3})


def test_amounts_are_said_as_in_a_room(lines: list[int]):
    said = [short_rupiah(Decimal(n)) for n in ("1013597766613", "12300000000", "450000000", "999")]
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in said] == [
        "Rp 1,01 T",
        "Rp 12,3 M",
        "Rp 450 jt",
        "Rp 999",
    ]
    found = money(MARCH)
    assert found
    assert bar_words(found.city).startswith("Seluruh kota: dilepas")


def test_an_agency_s_page_shows_its_money_to_who_may_see_the_funds(world: Any, lines: list[int]):
    agency = world.government.agencies["Disdik"]
    from kawal.sites.office.desk import money_of

    found = money_of(agency, MARCH.date())
    assert found
    amounts = (found.released, found.committed, found.reserved, found.paid)
    assert [int(n) for n in amounts] == [600_000, 250_000, 50_000, 100_000]
    assert money_of(world.government.agencies["Dishub"], MARCH.date()) is None
    page = world.client("siti").get(f"/office/opd/{agency}/")
    assert page.status_code == 200


def _fragments(painting: Painting, at: datetime) -> str:
    found = painting.fragments(at, None)
    return found.get("money", "").replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_itself_holds_the_panel(lines: list[int], world: Any):
    assert snapshot.wall(MARCH).money
    client: Client = world.client("walikota")
    assert client.get("/wall/").status_code == 200
