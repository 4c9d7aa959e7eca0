"""How results become states: confirmed, exact, and in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.monitoring import rules
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Criticality, Severity, State
from kawal.monitoring.states import Standing, advance

UP, WARN, DOWN, UNKNOWN = State.UP, State.WARN, State.DOWN, State.UNKNOWN


def run(results, *, start=UP, confirmations=2):
    """Return the changes (at, old, new) of one result a second."""
    standing = Standing(state=start, since=-1.0)
    changes = []
    for at, state in enumerate(results):
        old = advance(standing, state, 0, "", float(at), confirmations)
        if old is not None:
            changes.append((standing.since, old, standing.state))
    return changes


@pytest.mark.parametrize(
    ("results", "changes"),
    [
        ([UP, UP], []),
        ([DOWN, UP, DOWN, UP], []),
        ([UP, DOWN, DOWN], [(1.0, UP, DOWN)]),
        ([DOWN, DOWN, UP], [(0.0, UP, DOWN), (2.0, DOWN, UP)]),
        ([DOWN, UNKNOWN, DOWN], [(0.0, UP, DOWN)]),
        ([UNKNOWN, DOWN, UNKNOWN, UP], []),
        ([UNKNOWN, UNKNOWN], [(0.0, UP, UNKNOWN)]),
        ([DOWN, DOWN, UNKNOWN, UNKNOWN, DOWN, DOWN],
         [(0.0, UP, DOWN), (2.0, DOWN, UNKNOWN), (4.0, UNKNOWN, DOWN)]),
        ([WARN, UP, WARN, WARN], [(2.0, UP, WARN)]),
        ([DOWN, DOWN, WARN], [(0.0, UP, DOWN), (2.0, DOWN, WARN)]),
        ([WARN, DOWN, WARN], [(0.0, UP, WARN)]),
    ],
)  # fmt: skip
def test_changes(results, changes):
    assert run(results) == changes


def test_a_new_check_is_up_at_its_first_good_answer():
    assert run([UP], start=UNKNOWN) == [(0.0, UNKNOWN, UP)]


def test_the_reason_is_renewed_while_it_stays_down():
    standing = Standing(state=UP)
    for at, code in enumerate((503, 503, Code.REFUSED)):
        advance(standing, DOWN, code, "", float(at), 2)
    assert (standing.state, standing.code) == (DOWN, Code.REFUSED)


@given(st.lists(st.sampled_from([UP, WARN, DOWN, UNKNOWN]), max_size=60), st.integers(1, 4))
def test_changes_are_in_order_and_each_starts_where_the_last_ended(results, confirmations):
    changes = run(results, confirmations=confirmations)
    state, since = UP, -1.0
    for at, old, new in changes:
        assert (old, at >= since, new is not old) == (state, True, True)
        state, since = new, at


@given(st.lists(st.sampled_from([UP, WARN, UNKNOWN]), max_size=60))
def test_nothing_but_bad_answers_makes_down(results):
    assert all(new is not DOWN for _, _, new in run(results, confirmations=1))


@pytest.mark.parametrize(
    ("criticality", "users", "code", "severity"),
    [
        (Criticality.CRITICAL, 10, 503, Severity.CRITICAL),
        (Criticality.HIGH, 5_000, 503, Severity.CRITICAL),
        (Criticality.HIGH, 4_999, 503, Severity.HIGH),
        (Criticality.MEDIUM, None, Code.STALE, Severity.LOW),
        (Criticality.LOW, None, Code.CERT_SOON, Severity.LOW),
        (Criticality.CRITICAL, 9_000, Code.LATE, Severity.CRITICAL),
    ],
)
def test_severity(criticality, users, code, severity):
    assert rules.severity(criticality, users, 5_000, code) is severity


def test_people_are_told_less_and_less_often_of_the_same():
    assert [n for n in range(20) if rules.is_told(n)] == [1, 2, 4, 8, 16]


def test_an_incident_is_over_when_all_its_checks_are_well_or_watched_no_more():
    both = frozenset({1, 2})
    assert rules.is_over({1: UP, 2: WARN}, both)
    assert rules.is_over({1: UP}, both)
    assert not rules.is_over({1: UP, 2: UNKNOWN}, both)
    assert not rules.is_over({1: UP, 2: DOWN}, both)
