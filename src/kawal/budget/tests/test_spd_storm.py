"""Many at once: one SPD is signed once, and all SPD together never pass the cash plan."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from kawal.budget import actions, queries
from kawal.budget.models import Spd
from kawal.budget.tests.cash_steps import YEAR, enact, evenly, plan_in_force
from kawal.budget.tests.conftest import make_lines
from kawal.budget.tests.test_funds_storm import SESSIONS, at_once
from kawal.kernel.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled(world: Any) -> tuple[Any, int, int]:
    """Return the city, Disdik and a line with 100 planned a month."""
    agency = world.government.agencies["Disdik"]
    (line,) = make_lines(agency, 1)
    enact({line: Decimal(1200)})
    plan_in_force(world, agency, {line: evenly("100")})
    return world, agency, line


def test_two_signers_at_once_sign_one_spd_once(filled: tuple[Any, int, int]) -> None:
    world, agency, line = filled
    spd = actions.draft_spd(YEAR, agency, 1, 3, actor=world.actor("budi"))
    ppkd = world.actor("ppkd")

    def sign(number: int) -> list[str]:
        try:
            actions.sign_spd(spd, actor=ppkd)
        except Refused as refused:
            return [refused.reasons[0].code]
        return ["signed"]

    assert Counter(at_once(sign)) == {"signed": 1, "spd.not_draft": SESSIONS - 1}
    assert queries.funds_left([line])[line].released == Decimal(300)
    assert list(queries.differences()) == []


def test_a_storm_of_spd_never_passes_the_plan(filled: tuple[Any, int, int]) -> None:
    world, agency, line = filled
    budi, ppkd = world.actor("budi"), world.actor("ppkd")

    def release(number: int) -> list[str]:
        for _ in range(40):
            try:
                spd = actions.draft_spd(YEAR, agency, 1, 3, actor=budi, amounts={line: Decimal(30)})
                return [_sign(spd, budi, ppkd)]
            except Refused as refused:
                assert [reason.code for reason in refused.reasons] == ["spd.open"]
        return ["waited"]

    found = Counter(at_once(release))
    signed = Spd.objects.filter(state="signed")
    assert found["signed"] == signed.count() <= 10
    assert queries.funds_left([line])[line].released == 30 * signed.count()
    serials = list(signed.order_by("serial").values_list("serial", flat=True))
    assert serials == list(range(1, signed.count() + 1))
    left = 10 - signed.count()
    for _ in range(left):
        spd = actions.draft_spd(YEAR, agency, 1, 3, actor=budi, amounts={line: Decimal(30)})
        assert _sign(spd, budi, ppkd) == "signed"
    spd = actions.draft_spd(YEAR, agency, 1, 3, actor=budi, amounts={line: Decimal("0.01")})
    assert _sign(spd, budi, ppkd) == "spd.over_plan"


def _sign(spd: int, budi: Any, ppkd: Any) -> str:
    try:
        actions.sign_spd(spd, actor=ppkd)
    except Refused as refused:
        actions.drop_spd(spd, actor=budi)
        return refused.reasons[0].code
    return "signed"
