"""64 sessions at once: a shift takes force while others reserve, commit, pay on the same lines."""

import threading
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from kawal.budget import actions, queries
from kawal.budget.facts import Paper
from kawal.budget.facts.shifts import ShiftState
from kawal.budget.models import Version
from kawal.budget.tests.shift_world import A, B, D, Enacted, make_enacted
from kawal.budget.tests.test_funds_storm import SESSIONS, at_once
from kawal.kernel.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)
SPP = Paper("spp", "1")
ALL = Decimal(80_000_000)
STEP = Decimal(2_500_000)


@pytest.fixture
def budget(world: Any) -> Enacted:
    return make_enacted(world)


def told(act: Callable[[], Any]) -> str:
    """Return what became of an act: done, or the code of its first reason."""
    try:
        act()
    except Refused as refused:
        return refused.reasons[0].code
    return "done"


def test_a_shift_among_64_spenders_takes_force_or_nothing_of_it_does(budget: Enacted) -> None:
    line, other = budget.line(A), budget.line(D)
    shift_id = budget.shift({A: "60000000", D: "100000000"})
    budget.approve(shift_id, "sekda")
    versions, actor = Version.objects.count(), budget.who("budi")

    def session(number: int) -> list[str]:
        if number == 31:
            return [f"shift {told(lambda: budget.enact(shift_id))}"]
        key, amount = str(number), {line: STEP}
        if number % 2:
            return [f"commit {told(lambda: actions.commit(amount, SPP, actor, key=key))}"]
        return [f"pay {told(lambda: pay(amount, key))}"]

    def pay(amount: dict[int, Decimal], key: str) -> None:
        with transaction.atomic():
            actions.reserve(amount, SPP, actor, key=f"r{key}")
            actions.record_payment(amount, SPP, actor, key=f"p{key}")

    said = Counter(at_once(session))
    assert sum(said.values()) == SESSIONS
    left = queries.funds_left([line, other])
    took_force = bool(said["shift done"])
    moved = Decimal(20_000_000) if took_force else Decimal(0)
    assert (left[line].ceiling, left[other].ceiling) == (ALL - moved, ALL + moved)
    assert left[line].committed == said["commit done"] * STEP
    assert left[line].paid == said["pay done"] * STEP
    assert left[line].paid == 20_000_000  # all that was released; ceilings change nothing there
    assert left[line].uncommitted >= 0
    assert Version.objects.count() == versions + took_force
    state = ShiftState.ENACTED if took_force else ShiftState.APPROVED
    assert queries.shift(shift_id).state is state
    if not took_force:
        assert left[line].uncommitted < 20_000_000
    assert list(queries.differences()) == []


def test_of_64_approvals_at_once_one_is_the_shifts(budget: Enacted) -> None:
    shift_id = budget.shift({A: "70000000", B: "90000000"})
    said = at_once(lambda _: [told(lambda: budget.approve(shift_id, "ppkd"))])
    assert Counter(said) == {"done": 1, "shifts.state": SESSIONS - 1}
    assert [v.kind.value for v in queries.versions(2027)].count("shift") == 1
    assert budget.ceilings()[A] == 70_000_000
    assert [one.step for one in queries.shift(shift_id).steps].count("approved") == 1


def test_a_second_approver_waits_for_the_first_and_then_comes_too_late(budget: Enacted) -> None:
    shift_id = budget.shift({A: "70000000", D: "90000000"})
    said: list[str] = []

    def second() -> None:
        said.append(told(lambda: budget.approve(shift_id, "sekda")))
        connection.close()

    with transaction.atomic():
        budget.approve(shift_id, "sekda")
        other = threading.Thread(target=second)
        other.start()
        other.join(0.5)
        assert other.is_alive()
    other.join()
    assert said == ["shifts.state"]
    assert queries.shift(shift_id).state is ShiftState.APPROVED
