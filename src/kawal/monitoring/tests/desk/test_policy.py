"""Thresholds are set by decree, from a day on, and never for the past."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kawal.kernel.refusals import Refused
from kawal.monitoring import actions, queries
from kawal.monitoring.overviews import PolicyFacts
from kawal.monitoring.tests.desk.conftest import TODAY, leaves

DECREE = PolicyFacts(
    valid_from=TODAY,
    legal_basis="Keputusan Wali Kota 188.45/1/2026",
    take_within=900,
    uptime_target=Decimal("99.5"),
)


def codes(error):
    return [(reason.code, reason.at) for reason in error.value.reasons]


def test_before_a_decree_the_products_numbers_hold_and_no_target(db):
    policy = queries.policy(TODAY)
    assert policy == PolicyFacts()
    assert (policy.take_within, policy.solve_within, policy.uptime_target) == (None, None, None)


def test_a_decree_holds_from_its_day_on_and_is_public(sekda):
    actions.set_policy(replace(DECREE, valid_from=TODAY + timedelta(days=7)), actor=sekda)
    assert queries.policy(TODAY).take_within is None
    later = queries.policy(date(2026, 12, 1))
    assert (later.take_within, later.uptime_target) == (900, Decimal("99.500"))
    (leaf,) = leaves("monitoring.policy_set")
    assert leaf["facts"]["uptime_target"] == "99.500"
    assert "solve_within" not in leaf["facts"]


def test_the_past_is_not_set_and_every_reason_is_told(sekda, agus):
    with pytest.raises(Refused):
        actions.set_policy(DECREE, actor=agus)
    wrong = replace(
        DECREE,
        valid_from=TODAY - timedelta(days=1),
        legal_basis=" ",
        stale_after=0,
        uptime_target=Decimal(101),
        solve_within=0,
    )
    with pytest.raises(Refused) as refused:
        actions.set_policy(wrong, actor=sekda)
    assert codes(refused) == [
        ("policy.number", "stale_after"),
        ("policy.target", "solve_within"),
        ("policy.uptime_target", "uptime_target"),
        ("policy.backdated", "valid_from"),
        ("policy.no_ground", "legal_basis"),
    ]
    assert queries.policies() == []
    actions.set_policy(DECREE, actor=sekda)
    with pytest.raises(Refused) as refused:
        actions.set_policy(DECREE, actor=sekda)
    assert codes(refused) == [("policy.day_taken", "valid_from")]
