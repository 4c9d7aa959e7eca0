"""Uptime agrees to the second with one SQL statement that reads nothing but the transitions."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kawal.kernel.calendar import WorkingCalendar
from kawal.monitoring import uptime_rules as rules
from kawal.monitoring.facts import State
from kawal.monitoring.models import Application, Check, Transition, Watcher
from kawal.monitoring.queries import raw, uptime, whole_city
from kawal.regions.models import Agency, AgencyVersion

START = datetime(2026, 11, 2, tzinfo=UTC)
END = START + timedelta(days=7)
OFFICE = WorkingCalendar(
    frozenset({date(2026, 11, 4)}),
    (((time(8), time(12)), (time(13), time(16, 30))),) * 5 + ((), ()),
    ZoneInfo("Asia/Jakarta"),
)

# Another way to the same numbers: cut time at every transition and every edge, ask for each piece
# which state each check had, take the worst, and add up what lies inside the service hours.
SECOND = """
WITH changes AS (
    SELECT t.check_id, t.at, t.new FROM monitoring_transition t
    JOIN monitoring_check c ON c.id = t.check_id
    WHERE c.application_id = %(application)s AND c.counts
), edges AS (
    SELECT greatest(at, %(start)s) AS at FROM changes
    UNION SELECT %(start)s::timestamptz UNION SELECT %(end)s::timestamptz
    UNION SELECT %(watermark)s::timestamptz WHERE %(watermark)s::timestamptz IS NOT NULL
    UNION SELECT unnest(%(opens)s::timestamptz[]) UNION SELECT unnest(%(closes)s::timestamptz[])
), pieces AS (
    SELECT at AS a, lead(at) OVER (ORDER BY at) AS b FROM edges
), serving AS (
    SELECT a, b FROM pieces WHERE a >= %(start)s AND b <= %(end)s AND EXISTS (
        SELECT 1 FROM unnest(%(opens)s::timestamptz[], %(closes)s::timestamptz[]) AS s(o, c)
        WHERE o <= a AND b <= c)
), stood AS (
    SELECT a, b, (
        SELECT max(CASE n.new WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 0 THEN 3 WHEN 3 THEN 4 END)
        FROM (SELECT DISTINCT ON (check_id) new FROM changes WHERE at <= a
              ORDER BY check_id, at DESC) AS n
        WHERE n.new <> 4) AS weight FROM serving
), judged AS (
    SELECT b - a AS span, CASE WHEN weight IS NULL THEN NULL
        WHEN %(watermark)s::timestamptz IS NULL OR a >= %(watermark)s THEN 3
        ELSE weight END AS weight FROM stood
)
SELECT floor(extract(epoch FROM coalesce(sum(span) FILTER (WHERE weight <= 2), '0')) + 0.5),
    floor(extract(epoch FROM coalesce(sum(span) FILTER (WHERE weight = 4), '0')) + 0.5),
    floor(extract(epoch FROM coalesce(sum(span) FILTER (WHERE weight = 3), '0')) + 0.5)
FROM judged
"""


@pytest.fixture
def application(db: None) -> Application:
    """An application with three counting checks and one that does not count."""
    agency = Agency.objects.create(recorded_at=START)
    AgencyVersion.objects.create(
        agency=agency, code="1.01.0.00.0.00.01.0000", name="Dinas Pendidikan", short="Disdik",
        kind="skpd", status="active", valid_from=date(2026, 1, 1), legal_basis="Perda 4/2016",
        recorded_at=START,
    )  # fmt: skip
    made = Application.objects.create(
        agency=agency, name="PPDB", slug="ppdb", created_at=START, updated_at=START
    )
    for number in range(4):
        Check.objects.create(
            application=made, kind="http", name=f"Pemeriksaan {number}", counts=number < 3,
            created_at=START, updated_at=START,
        )  # fmt: skip
    return made


moments = st.integers(-(2 * 86_400 * 10**6), 9 * 86_400 * 10**6).map(
    lambda microseconds: START + timedelta(microseconds=microseconds)
)
histories = st.lists(
    st.dictionaries(moments, st.sampled_from(State), max_size=12), min_size=4, max_size=4
)


def keep(application: Application, history: list[dict[datetime, State]]) -> None:
    checks = application.checks.order_by("pk")
    Transition.objects.bulk_create(
        Transition(check_row=check, at=at, old=0, new=state, code=0, noted_at=at)
        for check, changes in zip(checks, history, strict=True)
        for at, state in changes.items()
    )


def second(application: Application, service: rules.Spans, watermark: datetime | None):
    opens, closes = [a for a, _ in service], [b for _, b in service]
    values = {
        "application": application.pk, "start": START, "end": END, "watermark": watermark,
        "opens": opens, "closes": closes,
    }  # fmt: skip
    return tuple(int(one) for one in raw.rows(SECOND, values)[0])


@given(history=histories, watermark=st.none() | moments, office=st.booleans())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_ways_of_counting_agree_to_the_second(
    application: Application, history, watermark: datetime | None, office: bool
):
    from django.db import transaction

    service = OFFICE.spans(START, END) if office else [(START, END)]
    with transaction.atomic():
        keep(application, history)
        if watermark:
            Watcher.objects.create(
                name="prober", started_at=START, alive_at=watermark, watermark=watermark
            )
        known = uptime._stretches([application], START, END)[application.pk]
        first = rules.count(known, service).seconds()
        assert first == second(application, service, watermark)
        transaction.set_rollback(True)


@given(
    history=histories,
    watermark=st.none() | moments,
    hours=st.sampled_from(["always", "office", "own"]),
    retired=st.none() | moments,
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_whole_city_is_its_applications_added_up(
    application: Application, history, watermark: datetime | None, hours: str, retired
):
    from django.db import transaction

    with transaction.atomic():
        keep(application, history)
        weekly = [[["07:00", "12:00"], ["13:00", "24:00"]], *([[]] * 5), [["00:00", "09:30"]]]
        Application.objects.update(hours=hours, weekly=weekly if hours == "own" else [])
        application.checks.filter(name="Pemeriksaan 2").update(retired_at=retired)
        if watermark:
            Watcher.objects.create(
                name="prober", started_at=START, alive_at=watermark, watermark=watermark
            )
        each = uptime.uptimes(START, END, at=END)
        sums = [sum(getattr(one, name) for one in each) for name in ("up", "down", "unknown")]
        city = whole_city.city(START, END, at=END)
        assert [city.up, city.down, city.unknown] == sums if city else not any(sums)
        transaction.set_rollback(True)


def at(hour: int) -> datetime:
    return START + timedelta(hours=hour)


def test_the_worst_counting_check_decides():
    found = rules.stretches(
        {1: [(at(0), State.UP), (at(2), State.DOWN), (at(3), State.UP)], 2: [(at(1), State.WARN)]},
        at(0),
        at(4),
    )
    assert [(s.start, s.end, s.state) for s in found] == [
        (at(0), at(1), State.UP),
        (at(1), at(2), State.WARN),
        (at(2), at(3), State.DOWN),
        (at(3), at(4), State.WARN),
    ]


def test_time_before_the_first_word_and_paused_time_count_nowhere():
    found = rules.stretches({1: [(at(1), State.UP), (at(2), State.PAUSED)]}, at(0), at(4))
    assert rules.count(found, [(at(0), at(4))]).seconds() == (3600, 0, 0)


def test_what_lies_after_the_watermark_is_unknown_not_up():
    found = rules.stretches({1: [(at(0), State.UP)]}, at(0), at(4))
    blind = list(rules.blinded(found, at(1)))
    assert rules.count(blind, [(at(0), at(4))]).seconds() == (3600, 0, 3 * 3600)


def test_a_day_of_the_city_begins_at_its_own_midnight(application: Application):
    midnight = datetime(2026, 11, 2, 17, tzinfo=UTC)  # 3 November 00.00 WIB
    keep(application, [{START: State.UP, midnight: State.DOWN}, {}, {}, {}])
    Watcher.objects.create(name="prober", started_at=START, alive_at=END, watermark=END)
    days = uptime.daily(application.pk, date(2026, 11, 2), date(2026, 11, 3), at=END)
    assert [(one.up, one.down, one.unknown) for one in days] == [(61_200, 0, 0), (0, 86_400, 0)]


def test_nothing_after_now_counts(application: Application):
    keep(application, [{START: State.UP}, {}, {}, {}])
    Watcher.objects.create(name="prober", started_at=START, alive_at=END, watermark=END)
    (found,) = uptime.uptimes(START, END, at=START + timedelta(seconds=90))
    assert (found.up, found.down, found.unknown) == (90, 0, 0)
    assert found.percent == Decimal(100)
