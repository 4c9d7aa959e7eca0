"""The calendar: clocks of a year, ticks with a note, and what the command centre gets of them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from kawal.budget import queries
from kawal.budget.actions.obligations import mark_fulfilled, unmark
from kawal.budget.facts.obligations import Clock, ClockState
from kawal.budget.models import Ceiling, FiscalYear, ObligationMark
from kawal.budget.queries.obligations import clocks
from kawal.budget.tests.small_budget import AT, YEAR, Small, make_small_budget
from kawal.kernel.refusals import NotThere, Refused
from kawal.monitoring import queries as monitoring
from kawal.monitoring.actions.findings import look
from kawal.monitoring.models import Finding
from kawal.regions.facts import Scope
from kawal.trail.models import Leaf
from kawal.ui.jinja import said

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 10)
NOON = datetime(2026, 12, 10, 5, 0, tzinfo=UTC)


@pytest.fixture
def small(world: Any) -> Small:
    made = make_small_budget(world)
    opened = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)  # known here only from September
    FiscalYear.objects.filter(pk=YEAR).update(opened_at=opened)
    return made


def clock(key: str, agency_id: int | None = None, on: date = TODAY) -> Clock:
    found = clocks(queries.year(YEAR), on)
    return next(one for one in found if (one.obligation.key, one.agency_id) == (key, agency_id))


def actor(small: Small, key: str) -> Any:
    return replace(small.world.actor(key), at=NOON)


def tick(small: Small, by: str, key: str, done_on: date, **more: Any) -> None:
    values = {"agency_id": None, "note": "Surat 900/12/2026", "actor": actor(small, by)} | more
    mark_fulfilled(YEAR, key, done_on=done_on, **values)


def test_clocks_follow_the_law_and_what_happened(small: Small):
    assert clock("kua_sent").state is ClockState.BEFORE  # July; nobody kept the year here yet
    assert (clock("agreed").state, clock("agreed").late_by) == (ClockState.LATE, 10)
    assert clock("agreed").legal_basis == "PP 12/2019 Ps 106"
    assert (clock("to_governor").state, clock("to_governor").due) == (ClockState.WAITING, None)
    assert clock("apbd").state is ClockState.COMING
    assert clock("apbd", on=date(2026, 12, 20)).state is ClockState.SOON
    disdik, dishub = small.unit("Disdik"), small.unit("Dishub")
    # Disdik's sheet was sent in on 1 December, Dishub has none.
    assert clock("rka_submitted", disdik).state is ClockState.DONE_LATE
    assert clock("rka_submitted", disdik).done_on == date(2026, 12, 1)
    assert clock("rka_submitted", dishub).state is ClockState.LATE
    assert not any(one.obligation.key == "perubahan" for one in clocks(queries.year(YEAR), TODAY))


def test_ceilings_fulfil_the_agreement_on_the_day_of_its_paper(small: Small):
    Ceiling.objects.create(
        year_id=YEAR,
        unit_id=small.unit("Disdik"),
        round=1,
        amount=1,
        agreement_number="NK/1",
        agreement_date=date(2026, 8, 12),
        set_at=AT,
    )
    agreed = clock("kua_agreed")
    assert (agreed.state, agreed.done_on, agreed.due) == (
        ClockState.DONE,
        date(2026, 8, 12),
        date(2026, 8, 14),
    )


def test_a_tick_starts_the_next_clock_and_is_told_in_public(small: Small):
    tick(small, "sekda", "agreed", date(2026, 11, 27))
    assert clock("agreed").state is ClockState.DONE
    mark = clock("agreed").mark
    assert mark and mark.note == "Surat 900/12/2026"
    assert clock("to_governor").due == date(2026, 12, 2)
    assert b'"obligation.marked"' in bytes(Leaf.objects.order_by("-pk")[0].canonical)
    assert b"900/12" not in bytes(Leaf.objects.order_by("-pk")[0].canonical)


def test_a_tick_is_taken_back_with_a_reason_and_the_clock_runs_again(small: Small):
    tick(small, "sekda", "agreed", date(2026, 11, 27))
    unmark(YEAR, "agreed", agency_id=None, note="Salah catat", actor=actor(small, "sekda"))
    assert clock("agreed").state is ClockState.LATE
    with pytest.raises(Refused, match="belum ditandai"):
        unmark(YEAR, "agreed", agency_id=None, note="Salah catat", actor=actor(small, "sekda"))
    assert ObligationMark.objects.count() == 2


def test_every_reason_against_a_tick_is_told_and_nothing_moves(small: Small):
    with pytest.raises(Refused) as refused:
        tick(small, "tapd", "apbd", date(2026, 12, 11), note="x")
    assert [one.code for one in refused.value.reasons] == [
        "budget.fulfilled_by_act",
        "budget.not_responsible",
        "budget.done_in_future",
        "budget.no_note",
    ]
    tick(small, "sekda", "agreed", date(2026, 11, 27))
    with pytest.raises(Refused, match="sudah ditandai"):
        tick(small, "sekda", "agreed", date(2026, 11, 27))
    with pytest.raises(NotThere):
        tick(small, "sekda", "agreed", TODAY, agency_id=small.unit("Disdik"))
    assert ObligationMark.objects.count() == 1


def test_a_pa_ticks_for_his_own_agency_only(small: Small):
    disdik, dishub = small.unit("Disdik"), small.unit("Dishub")
    tick(small, "siti", "performance_agreement", TODAY, agency_id=disdik)
    assert clock("performance_agreement", disdik).state is ClockState.DONE
    with pytest.raises(Refused):
        tick(small, "siti", "performance_agreement", TODAY, agency_id=dishub)
    with pytest.raises(Refused):
        tick(small, "inspektur", "performance_agreement", TODAY, agency_id=disdik)


def test_late_ones_reach_the_command_centre_and_leave_it_when_done(small: Small):
    assert look(NOON).failed == 0
    needs = monitoring.needs_decision(NOON)
    agreed = next(one for one in needs if "agreed" in one.link)
    assert said(agreed.what) == "APBD 2027: Persetujuan bersama atas rancangan APBD"
    assert said(agreed.next) == (
        "Sekda: Capai persetujuan bersama dengan DPRD (jatuh tempo 30 November 2026, "
        "sudah dinaikkan)"
    )
    own = monitoring.needs_decision(NOON, scope=Scope(agency_ids=frozenset({small.unit("Dishub")})))
    assert [said(one.what) for one in own if one.link] == ["APBD 2027: RKA-SKPD diajukan"]
    tick(small, "sekda", "agreed", date(2026, 11, 27))
    assert not Finding.objects.filter(key=f"{YEAR}:agreed:kota", closed_at=None).exists()
    look(NOON)  # what follows from it is late as well: 3 working days, 2 December
    open_keys = set(Finding.objects.filter(closed_at=None).values_list("key", flat=True))
    assert f"{YEAR}:agreed:kota" not in open_keys
    assert f"{YEAR}:to_governor:kota" in open_keys


def test_the_database_keeps_ticks_as_they_were_written(small: Small):
    tick(small, "sekda", "agreed", date(2026, 11, 27))
    for statement in (
        "UPDATE budget_obligationmark SET done_on = '2026-11-01'",
        "DELETE FROM budget_obligationmark",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)


def test_the_pages_show_and_tick(small: Small):
    browser = small.world.client("sekda")
    page = browser.get(reverse("budget:calendar", args=[YEAR])).content.decode()
    assert "Persetujuan bersama atas rancangan APBD" in page
    assert "30 November tahun sebelumnya" in page
    assert "3 hari kerja setelah: Persetujuan bersama atas rancangan APBD" in page
    english = browser.get(reverse("budget:calendar", args=[YEAR]) + "?lang=en").content.decode()
    assert "60 calendar days before: 30 November of the year before" in english
    browser.get("/?lang=id")
    address = reverse("budget:obligation", args=[YEAR, "agreed"])
    assert "Tandai selesai" in browser.get(address).content.decode()
    other = small.world.client("joko").get(address)
    assert "Tandai selesai" not in other.content.decode()
    sent = {"_key": uuid4().hex, "done_on": "2026-09-30", "note": "Berita acara 7/2026"}
    answer = browser.post(address, sent)
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert "Berita acara 7/2026" in browser.get(address).content.decode()
    assert browser.get(reverse("budget:obligation", args=[YEAR, "tidak"])).status_code == 404
    each = browser.get(reverse("budget:obligation", args=[YEAR, "rka_submitted"]))
    assert "Menurut perangkat daerah" in each.content.decode()


def test_nobody_sees_how_another_agency_stands(small: Small):
    disdik, dishub = small.unit("Disdik"), small.unit("Dishub")
    of_disdik = reverse("budget:agency_obligation", args=[YEAR, "rka_submitted", disdik])
    of_dishub = reverse("budget:agency_obligation", args=[YEAR, "rka_submitted", dishub])
    each = reverse("budget:obligation", args=[YEAR, "rka_submitted"])
    seen = {
        key: [small.world.client(key).get(one).status_code for one in (of_disdik, of_dishub)]
        for key in ("joko", "siti", "sekda", "budi", "operator")
    }
    assert seen == {
        "joko": [404, 200],
        "siti": [200, 404],
        "sekda": [200, 200],
        "budi": [200, 200],
        "operator": [200, 200],
    }
    for key, own, other in (("joko", of_dishub, of_disdik), ("siti", of_disdik, of_dishub)):
        page = small.world.client(key).get(each).content.decode()
        assert own in page
        assert other not in page
        assert page.count("kalender/rka_submitted/") == 1
    answer = small.world.client("joko").post(of_disdik, {"_key": uuid4().hex})
    assert (answer.status_code, ObligationMark.objects.count()) == (404, 0)


def test_the_calendar_counts_the_reader_s_own_agencies_only(small: Small):
    address = reverse("budget:calendar", args=[YEAR])

    def line(key: str) -> str:
        """Return the words of what is due from each SKPD: its RKA."""
        page = small.world.client(key).get(address).content.decode()
        assert "Perda APBD ditetapkan" in page  # the city's own days are known to every officer
        cut: str = page.split('id="rka_submitted"')[1].split("</tr>")[0]
        return cut

    assert "Lewat waktu: 1" in line("joko")
    assert "Selesai terlambat" not in line("joko")
    assert "Selesai terlambat: 1" in line("siti")
    assert "Lewat waktu" not in line("siti")
    assert "Selesai terlambat: 3" in line("sekda")
    assert "Lewat waktu: 2" in line("sekda")


def test_who_holds_no_post_of_the_budget_has_no_calendar(small: Small):
    address = reverse("budget:calendar", args=[YEAR])
    assert [small.world.client(key).get(address).status_code for key in ("admin1", "dewi")] == [
        403,
        403,
    ]
