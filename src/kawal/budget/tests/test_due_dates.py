"""When obligations are due, across holidays and weekends; and how they stand."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kawal.budget.declared_calendar import DUE
from kawal.budget.facts.obligation_list import BY_KEY, OBLIGATIONS
from kawal.budget.facts.obligations import ClockState
from kawal.budget.presenters.due_words import rule_words
from kawal.budget.rules.due_dates import Apart, InWeek, OnDay, UnreadableRule, due_on, due_rule
from kawal.budget.rules.obligations import clock_state
from kawal.kernel.calendar import WorkingCalendar

OFFICE = ((time(8), time(16)),)
WEEK = (OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, (), ())


def calendar(*holidays: date) -> WorkingCalendar:
    return WorkingCalendar(frozenset(holidays), WEEK, ZoneInfo("Asia/Jakarta"))


def due(text: str, year: int = 2027, *holidays: date, **done: date) -> date | None:
    return due_on(due_rule(text), year, calendar(*holidays), done.get)


def test_days_of_the_law_stay_where_it_puts_them():
    assert due("30 November tahun-1") == date(2026, 11, 30)
    assert due("31 Maret tahun+1") == date(2028, 3, 31)
    assert due("31 Oktober tahun") == date(2027, 10, 31)  # a Sunday
    assert due("akhir Februari tahun+1") == date(2028, 2, 29)


def test_a_week_ends_with_its_last_working_day():
    assert due("minggu ke-2 Juli tahun-1") == date(2026, 7, 14)  # a Tuesday: the 14th itself
    assert due("minggu ke-1 Agustus tahun") == date(2027, 8, 6)  # 7 August 2027 is a Saturday
    moved = (date(2026, 7, 14), date(2026, 7, 13))  # a holiday and its leave
    assert due("minggu ke-2 Juli tahun-1", 2027, *moved) == date(2026, 7, 10)


def test_a_week_of_holidays_ends_before_it():
    holidays = [date(2026, 7, 8) + timedelta(days=n) for n in range(7)]
    assert due("minggu ke-2 Juli tahun-1", 2027, *holidays) == date(2026, 7, 7)


def test_working_days_after_something_done_skip_holidays_and_weekends():
    agreed = date(2026, 11, 27)  # a Friday
    assert due("3 hari kerja setelah agreed", agreed=agreed) == date(2026, 12, 2)
    assert due("3 hari kerja setelah agreed", 2027, date(2026, 12, 1), agreed=agreed) == date(
        2026, 12, 3
    )
    assert due("3 hari kerja setelah agreed") is None


def test_calendar_days_are_counted_as_they_come():
    assert due("60 hari kalender sebelum 30 November tahun-1") == date(2026, 10, 1)
    assert due("10 hari kerja setelah 31 Maret tahun") == date(2027, 4, 14)


@pytest.mark.parametrize(
    "text", ["", "30 Nopember tahun", "32 Juli tahun", "minggu ke-5 Juli tahun", "3 hari setelah x"]
)
def test_what_is_no_rule_is_refused(text: str):
    with pytest.raises(UnreadableRule):
        due_rule(text)


def test_rules_are_read_into_their_parts():
    assert due_rule("minggu ke-2 Juli tahun-1") == InWeek(2, 7, -1)
    assert due_rule("akhir Juli tahun") == OnDay(None, 7, 0)
    assert due_rule("60 hari kalender sebelum 30 November tahun-1") == Apart(
        -60, False, OnDay(30, 11, -1)
    )


def test_every_obligation_has_a_rule_that_can_be_read_and_follows_a_known_one():
    assert set(DUE) == set(BY_KEY)
    order = [one.key for one in OBLIGATIONS]
    for key, (text, _basis, _sure) in DUE.items():
        rule = due_rule(text)
        if isinstance(rule, Apart) and isinstance(rule.of, str):
            assert order.index(rule.of) < order.index(key)


@pytest.mark.parametrize(
    ("rule", "indonesian", "english"),
    [
        (
            "minggu ke-2 Juli tahun-1",
            "minggu ke-2 Juli tahun sebelumnya",
            "week 2 of July of the year before",
        ),
        (
            "akhir Februari tahun+1",
            "akhir Februari tahun berikutnya",
            "end of February of the year after",
        ),
        ("31 Oktober tahun", "31 Oktober tahun anggaran", "31 October of the budget year"),
        ("5 Mei tahun-2", "5 Mei tahun anggaran -2", "5 May of the budget year -2"),
        (
            "60 hari kalender sebelum 30 November tahun-1",
            "60 hari kalender sebelum: 30 November tahun sebelumnya",
            "60 calendar days before: 30 November of the year before",
        ),
        (
            "3 hari kerja setelah agreed",
            "3 hari kerja setelah: Persetujuan bersama atas rancangan APBD",
            "3 working days after: Joint approval of the draft APBD",
        ),
        ("1 hari kerja sebelum rkpd", None, "1 working day before: RKPD set"),
        ("10 hari kalender setelah tidak_ada", None, "10 calendar days after: tidak_ada"),
        ("bulan purnama", "bulan purnama", "bulan purnama"),
    ],
)
def test_a_rule_is_said_in_the_reader_s_language(rule: str, indonesian: str | None, english: str):
    with translation.override("en"):
        assert rule_words(rule) == english
    with translation.override("id"):
        assert indonesian is None or rule_words(rule) == indonesian


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.integers(1, 30),
    st.sets(st.dates(date(2026, 1, 1), date(2028, 3, 31)), max_size=30),
)
def test_as_many_working_days_lie_between_as_the_rule_says(
    done: date, days: int, holidays: set[date]
):
    found = due(f"{days} hari kerja setelah agreed", 2027, *holidays, agreed=done)
    assert found is not None
    between = [done + timedelta(days=n + 1) for n in range((found - done).days)]
    working = [day for day in between if day.weekday() < 5 and day not in holidays]
    assert len(working) == days
    assert working[-1] == found


def test_how_an_obligation_stands_on_a_day():
    day, since = date(2026, 11, 30), date(2026, 7, 1)

    def state(today: date, done: date | None = None, due: date | None = day) -> ClockState:
        return clock_state(due, done, today, kept_since=since, soon_days=14)

    assert state(date(2026, 11, 15)) is ClockState.COMING
    assert state(date(2026, 11, 16)) is ClockState.SOON
    assert state(day) is ClockState.SOON
    assert state(date(2026, 12, 1)) is ClockState.LATE
    assert state(date(2026, 12, 5), done=day) is ClockState.DONE
    assert state(date(2026, 12, 5), done=date(2026, 12, 1)) is ClockState.DONE_LATE
    assert state(date(2026, 12, 5), due=None) is ClockState.WAITING
    assert state(date(2026, 12, 5), due=date(2026, 6, 30)) is ClockState.BEFORE
