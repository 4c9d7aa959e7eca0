"""Working time against a second implementation that asks minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawal.kernel.calendar import DatedWeek, Span, Weekly, WorkingCalendar, business_date

WIB = ZoneInfo("Asia/Jakarta")
BERLIN = ZoneInfo("Europe/Berlin")
OFFICE: tuple[Span, ...] = ((time(8), time(12)), (time(13), time(16, 30)))
FRIDAY: tuple[Span, ...] = ((time(8), time(11, 30)), (time(14), time(16, 30)))
WEEK: Weekly = (OFFICE, OFFICE, OFFICE, OFFICE, FRIDAY, (), ())
ROUND_THE_CLOCK: Weekly = (((time(0), time(0)),),) * 7
CHRISTMAS = date(2026, 12, 25)
CITY = WorkingCalendar(frozenset({CHRISTMAS}), WEEK, WIB)
MINUTE = timedelta(minutes=1)


def counted(calendar: WorkingCalendar, start: datetime, end: datetime) -> int:
    """Count minutes of working time one by one; the instants are whole minutes."""
    total = 0
    while start < end:
        wall = start.astimezone(calendar.zone)
        total += any(
            begin <= wall.time() and (stop == time(0) or wall.time() < stop)
            for begin, stop in calendar.hours_of(wall.date())
        )
        start += MINUTE
    return total


minutes = st.integers(0, 1439).map(lambda n: time(n // 60, n % 60))
span = st.tuples(minutes, minutes).filter(lambda s: s[1] == time(0) or s[0] < s[1])
weekly = st.tuples(*[st.lists(span, max_size=3).map(tuple)] * 7)
zones = st.sampled_from(
    [
        WIB,
        BERLIN,
        ZoneInfo("America/Sao_Paulo"),
        ZoneInfo("Australia/Lord_Howe"),
        ZoneInfo("Pacific/Apia"),
    ]
)
instants = st.integers(0, 16 * 365 * 1440).map(
    lambda minute: datetime(2011, 1, 1, tzinfo=UTC) + minute * MINUTE
)
around_a_change = st.sampled_from(
    [
        datetime(2026, 3, 29, tzinfo=UTC),  # Berlin skips 02:00 to 03:00
        datetime(2026, 10, 25, tzinfo=UTC),  # and repeats it
        datetime(2018, 2, 18, tzinfo=UTC),  # São Paulo repeats the hour before midnight
        datetime(2018, 11, 4, tzinfo=UTC),  # and skips the one after
        datetime(2026, 4, 4, 15, tzinfo=UTC),  # Lord Howe moves by half an hour
        datetime(2011, 12, 30, tzinfo=UTC),  # Apia skips a whole day
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    weekly=weekly,
    zone=zones,
    start=st.one_of(instants, around_a_change),
    length=st.integers(0, 3 * 1440),
    holidays=st.sets(st.integers(-1, 4)),
    lead=st.integers(0, 1440),
)
def test_working_time_is_what_a_clock_watcher_counts(
    weekly: Weekly, zone: ZoneInfo, start: datetime, length: int, holidays: set[int], lead: int
):
    start -= lead * MINUTE
    end = start + length * MINUTE
    closed = frozenset(start.date() + timedelta(days=n) for n in holidays)
    calendar = WorkingCalendar(closed, weekly, zone)
    assert calendar.seconds_within(start, end) == 60 * counted(calendar, start, end)


@given(start=instants, first=st.integers(0, 10**7), second=st.integers(0, 10**7))
def test_working_time_adds_up_and_its_spans_do_not_touch(start: datetime, first: int, second: int):
    middle = start + timedelta(seconds=first)
    end = middle + timedelta(seconds=second)
    whole = CITY.time_within(start, end)
    assert whole == CITY.time_within(start, middle) + CITY.time_within(middle, end)
    spans = CITY.spans(start, end)
    assert all(begin < stop < later for (begin, stop), (later, _) in pairwise(spans))


@given(day=st.dates(date(2020, 1, 1), date(2030, 1, 1)), n=st.integers(-300, 300))
def test_counting_working_days_undoes_adding_them(day: date, n: int):
    due = CITY.add_working_days(day, n)
    assert CITY.working_days_between(day, due) == n
    assert n == 0 or CITY.is_working_day(due)


@given(start=instants, length=st.integers(0, 10**7))
def test_round_the_clock_every_second_counts(start: datetime, length: int):
    always = WorkingCalendar(frozenset(), ROUND_THE_CLOCK, BERLIN)
    assert always.seconds_within(start, start + timedelta(seconds=length)) == length


def test_a_claim_received_before_christmas_is_due_after_it():
    assert CITY.add_working_days(date(2026, 12, 23), 2) == date(2026, 12, 28)
    assert CITY.add_working_days(date(2026, 12, 27), 0) == date(2026, 12, 27)
    assert CITY.working_days_between(date(2026, 12, 23), date(2026, 12, 28)) == 2


def test_office_hours_of_one_friday():
    noon_thursday = datetime(2026, 11, 26, 12, 30, tzinfo=WIB)
    assert CITY.spans(noon_thursday, noon_thursday + timedelta(days=1)) == [
        (datetime(2026, 11, 26, 6, tzinfo=UTC), datetime(2026, 11, 26, 9, 30, tzinfo=UTC)),
        (datetime(2026, 11, 27, 1, tzinfo=UTC), datetime(2026, 11, 27, 4, 30, tzinfo=UTC)),
    ]
    assert CITY.seconds_within(noon_thursday, noon_thursday + timedelta(days=1)) == 7 * 3600


def test_ramadan_has_its_own_hours():
    short: Weekly = (((time(8), time(12)),),) * 5 + ((), ())
    ramadan = DatedWeek(date(2026, 2, 18), date(2026, 3, 19), short)
    calendar = WorkingCalendar(frozenset(), WEEK, WIB, (ramadan,))
    monday = datetime(2026, 2, 16, tzinfo=WIB)
    hours = [
        calendar.seconds_within(monday + timedelta(days=n), monday + timedelta(days=n + 1)) / 3600
        for n in range(4)
    ]
    assert hours == [7.5, 7.5, 4.0, 4.0]


def test_the_business_date_is_the_citys():
    late = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    assert business_date(late, WIB) == date(2026, 11, 25)
    assert business_date(late, ZoneInfo("UTC")) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "weekly",
    [(OFFICE,) * 6, (((time(9), time(8)),),) * 7, (((time(9), time(9)),),) * 7],
)
def test_a_week_that_makes_no_sense_is_refused(weekly: Weekly):
    with pytest.raises(ValueError, match=r"seven days|end after"):
        WorkingCalendar(frozenset(), weekly, WIB)


def test_without_working_days_no_deadline_can_be_set():
    closed = WorkingCalendar(frozenset(), ((),) * 7, WIB)
    with pytest.raises(ValueError, match="no weekday"):
        closed.add_working_days(date(2026, 1, 1), 1)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        business_date(datetime(2026, 11, 24), WIB)  # noqa: DTZ001
