"""Heartbeats, pushed numbers and cron lines, judged at exact moments."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.monitoring import cron
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import State
from kawal.monitoring.feeds import heartbeat, numbers
from kawal.monitoring.feeds.base import PingKind, Pushing

WIB = ZoneInfo("Asia/Jakarta")
BEAT = heartbeat.FEED
FIGURES = numbers.FEED


def beats(spec, *pings):
    assert BEAT.reasons(spec) == []
    plan = BEAT.read(spec, {})
    memory = {}
    for at, kind in pings:
        BEAT.take(plan, memory, Pushing(at, kind))
    return plan, memory


def said(feed, plan, memory, now):
    verdict = feed.judge(plan, memory, now)
    return verdict.judgement.state, verdict.judgement.code, verdict.until, verdict.since


def test_a_job_that_never_reported_is_unknown():
    plan, memory = beats({"every": 100, "grace": 10})
    assert said(BEAT, plan, memory, 5.0) == (State.UNKNOWN, Code.WAITING, None, None)


def test_a_job_is_late_exactly_after_its_period_and_grace():
    plan, memory = beats({"every": 100, "grace": 10}, (1000.0, PingKind.SUCCESS))
    assert said(BEAT, plan, memory, 1109.999) == (State.UP, 0, 1110.0, 1000.0)
    assert said(BEAT, plan, memory, 1110.0) == (State.DOWN, Code.LATE, None, 1110.0)


def test_a_report_of_failure_is_down_until_a_success():
    plan, memory = beats({"every": 100}, (1000.0, PingKind.SUCCESS), (1050.0, PingKind.FAIL))
    assert said(BEAT, plan, memory, 1051.0)[:2] == (State.DOWN, Code.FAILED)
    BEAT.take(plan, memory, Pushing(1060.0, PingKind.SUCCESS))
    assert said(BEAT, plan, memory, 1061.0)[:2] == (State.UP, 0)


def test_a_job_that_runs_too_long_is_down():
    plan, memory = beats(
        {"every": 3600, "longest": 60}, (1000.0, PingKind.SUCCESS), (2000.0, PingKind.START)
    )
    assert said(BEAT, plan, memory, 2059.0)[:2] == (State.UP, 0)
    assert said(BEAT, plan, memory, 2060.0) == (State.DOWN, Code.OVERRUN, None, 2060.0)


def test_a_report_that_comes_late_over_the_wire_does_not_turn_time_back():
    _, memory = beats({"every": 100}, (1000.0, PingKind.SUCCESS), (900.0, PingKind.SUCCESS))
    assert memory["success"] == 1000.0


def test_a_nightly_job_is_expected_by_the_citys_clock():
    done = datetime(2026, 11, 23, 19, 5, tzinfo=UTC)  # 02:05 WIB on the 24th
    plan, memory = beats(
        {"cron": "0 2 * * *", "zone": "Asia/Jakarta", "grace": 600},
        (done.timestamp(), PingKind.SUCCESS),
    )
    end = datetime(2026, 11, 24, 19, 10, tzinfo=UTC).timestamp()
    assert said(BEAT, plan, memory, end - 1)[:3] == (State.UP, 0, end)
    assert said(BEAT, plan, memory, end)[:2] == (State.DOWN, Code.LATE)


@pytest.mark.parametrize(
    "spec",
    [{}, {"every": 60, "cron": "* * * * *"}, {"cron": "99 * * * *"}, {"cron": "0 0 30 2 *"},
     {"every": 60, "zone": "X/Y"},
     {"every": 5}, {"every": 60, "lain": 1}],
)  # fmt: skip
def test_a_rhythm_that_is_not_sound_is_refused(spec):
    assert len(BEAT.reasons(spec)) == 1


def figures(spec, *pings):
    assert FIGURES.reasons(spec) == []
    plan = FIGURES.read(spec, {})
    memory = {}
    for at, values in pings:
        FIGURES.take(plan, memory, Pushing(at, PingKind.NUMBERS, values=values))
    return plan, memory


QUEUE = {"figures": [{"name": "antrean", "warn": 100, "bad": 500}], "stale_after": 600}


@pytest.mark.parametrize(
    ("value", "state", "code"),
    [
        (99, State.UP, 0),
        (100, State.WARN, Code.NUMBER_WARN),
        (500, State.DOWN, Code.NUMBER_BAD),
        (None, State.DOWN, Code.NUMBER_MISSING),
    ],
)
def test_thresholds_hold_from_their_own_value_on(value, state, code):
    sent = {} if value is None else {"antrean": value}
    plan, memory = figures(QUEUE, (1000.0, sent))
    assert said(FIGURES, plan, memory, 1001.0)[:2] == (state, code)


def test_less_can_be_worse():
    spec = {"figures": [{"name": "transaksi", "bad": 0, "direction": "below"}]}
    plan, memory = figures(spec, (1000.0, {"transaksi": 0}))
    assert said(FIGURES, plan, memory, 1001.0)[:2] == (State.DOWN, Code.NUMBER_BAD)


def test_silence_is_stale_from_its_exact_second():
    plan, memory = figures(QUEUE, (1000.0, {"antrean": 1}))
    assert said(FIGURES, plan, memory, 1599.0)[:3] == (State.UP, 0, 1600.0)
    assert said(FIGURES, plan, memory, 1600.0) == (State.DOWN, Code.STALE, None, 1600.0)


def test_old_data_is_stale_though_it_is_still_sent():
    spec = {"figures": [{"name": "data_terakhir", "stale_after": 3600}]}
    at = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    plan, memory = figures(spec, (at.timestamp(), {"data_terakhir": "2026-11-24T09:30:00+07:00"}))
    assert said(FIGURES, plan, memory, at.timestamp())[:2] == (State.UP, 0)
    later = at + timedelta(minutes=31)
    assert said(FIGURES, plan, memory, later.timestamp())[:2] == (State.DOWN, Code.STALE)


def test_numbers_are_read_from_json_and_from_openmetrics():
    assert numbers.parse(b'{"antrean": 7, "data": "2026-11-24"}') == {
        "antrean": 7,
        "data": "2026-11-24",
    }
    text = b'# TYPE antrean gauge\nantrean 7\ntransaksi{loket="1"} 3.5 1764000000\n# EOF\n'
    assert numbers.parse(text) == {"antrean": 7.0, 'transaksi{loket="1"}': 3.5}


@pytest.mark.parametrize(
    "body",
    [b"", b"[1]", b'{"a": true}', b'{"a": {}}', b'{"a": "kemarin"}', b"a NaN", b"a", b"\xff 1",
     b'{"1a": 2}', b"{", b"x" * 70_000],
)  # fmt: skip
def test_a_body_that_is_not_numbers_is_refused(body):
    with pytest.raises(ValueError):
        numbers.parse(body)


def after(line, *at, zone=WIB):
    return cron.read(line).after(datetime(*at, tzinfo=zone), zone)


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("*/15 * * * *", (2026, 11, 24, 10, 15)),
        ("0 2 * * *", (2026, 11, 25, 2, 0)),
        ("30 7 * * mon-fri", (2026, 11, 25, 7, 30)),
        ("0 0 1 * *", (2026, 12, 1, 0, 0)),
        ("0 0 13 * 5", (2026, 11, 27, 0, 0)),  # the 13th or a Friday
        ("0 12 29 2 *", (2028, 2, 29, 12, 0)),
        ("5 4 * * 7", (2026, 11, 29, 4, 5)),
        ("@daily", (2026, 11, 25, 0, 0)),
        ("10/20 10 * * *", (2026, 11, 24, 10, 10)),
    ],
)
def test_cron_lines(line, due):
    found = after(line, 2026, 11, 24, 10, 0)
    assert found == datetime(*due, tzinfo=WIB)


def test_a_skipped_time_is_due_after_the_gap_and_a_repeated_one_once():
    berlin = ZoneInfo("Europe/Berlin")
    gap = after("30 2 * * *", 2026, 3, 29, 0, 0, zone=berlin)
    assert gap == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    first = after("30 2 * * *", 2026, 10, 25, 0, 0, zone=berlin)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert cron.read("30 2 * * *").after(first, berlin) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["", "* * * *", "60 * * * *", "* 24 * * *", "a * * * *", "*/0 * * * *", "5-1 * * * *"]
)
def test_what_is_no_cron_line_is_refused(line):
    with pytest.raises(ValueError):
        cron.read(line)


def test_a_day_that_never_comes_is_refused():
    with pytest.raises(ValueError, match="never due"):
        after("0 0 30 2 *", 2026, 1, 1)


@given(
    minute=st.integers(0, 59),
    step=st.integers(1, 12),
    second=st.integers(0, 2 * 365 * 86_400),
)
def test_the_next_due_time_is_the_first_minute_that_fits(minute, step, second):
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    line = cron.read(f"{minute} */{step} * * *")
    due = line.after(at, WIB)
    clock = at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    while not (clock.astimezone(WIB).minute == minute and clock.astimezone(WIB).hour % step == 0):
        clock += timedelta(minutes=1)
    assert due == clock
