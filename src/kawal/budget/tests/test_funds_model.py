"""A state machine: whatever is tried in whatever order, the product does what ten lines say."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kawal.budget import actions, queries
from kawal.budget.facts import Paper
from kawal.budget.tests.conftest import AT
from kawal.kernel.refusals import Refused
from kawal.regions.facts import Actor

BUDI, PAPER = Actor(None, None, (), AT), Paper("x", "1")
AMOUNTS = st.integers(1, 400)  # sen


def model(books: list[list[int]], changes: dict[int, tuple[int, ...]]) -> bool:
    """Sen by place: ceiling, released, reserved, committed, paid; change all lines or none."""
    tried = [row[:] for row in books]
    for at, change in changes.items():
        tried[at] = [have + more for have, more in zip(tried[at], change, strict=True)]
    for c, r, v, k, p in tried:
        if min(c, r, v, k, p) < 0 or r > c or v + p > r or k + v + p > c:
            return False
    books[:] = tried
    return True


CHANGES = {  # the action, its options, and what one sen does to the five
    "ceiling": (actions.set_ceiling, {}, (1, 0, 0, 0, 0)),
    "release": (actions.release, {}, (0, 1, 0, 0, 0)),
    "withdraw": (actions.release, {"withdraw": True}, (0, -1, 0, 0, 0)),
    "reserve": (actions.reserve, {}, (0, 0, 1, 0, 0)),
    "request": (actions.reserve, {"from_commitment": True}, (0, 0, 1, -1, 0)),
    "refuse": (actions.release_reservation, {}, (0, 0, -1, 0, 0)),
    "undo": (actions.release_reservation, {"to_commitment": True}, (0, 0, -1, 1, 0)),
    "commit": (actions.commit, {}, (0, 0, 0, 1, 0)),
    "reduce": (actions.reduce_commitment, {}, (0, 0, 0, -1, 0)),
    "pay": (actions.record_payment, {}, (0, 0, -1, 0, 1)),
    "return": (actions.return_payment, {}, (0, 0, 0, 0, -1)),
}


class Officers(RuleBasedStateMachine):
    """Officers who try everything on three lines."""

    lines: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.books = [[0] * 5 for _ in self.lines]
        self.turn = 0
        self.before = transaction.savepoint()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.before)

    def agree(self, action: Any, options: Any, sen: dict[int, int], expected: bool) -> None:
        """Do it, and be refused exactly when the model is."""
        self.turn += 1
        amounts = {self.lines[at]: Decimal(amount) / 100 for at, amount in sen.items()}
        try:
            action(amounts, PAPER, BUDI, key=str(self.turn), **options)
            assert expected
        except Refused:
            assert not expected

    @rule(name=st.sampled_from(sorted(CHANGES)), sen=st.dictionaries(st.integers(0, 2), AMOUNTS))
    def move(self, name: str, sen: dict[int, int]) -> None:
        action, options, per_sen = CHANGES[name]
        changes = {at: tuple(one * amount for one in per_sen) for at, amount in sen.items()}
        self.agree(action, options, sen, bool(sen) and model(self.books, changes))

    @rule(one=st.integers(0, 2), step=st.integers(1, 2), sen=AMOUNTS)
    def shift(self, one: int, step: int, sen: int) -> None:
        other = (one + step) % 3
        expected = model(self.books, {one: (-sen, 0, 0, 0, 0), other: (sen, 0, 0, 0, 0)})
        self.agree(actions.move_ceiling, {}, {one: -sen, other: sen}, expected)

    @invariant()
    def the_books_are_the_same(self) -> None:
        left = queries.funds_left(self.lines)
        found = [
            [int(100 * v) for v in (f.ceiling, f.released, f.reserved, f.committed, f.paid)]
            for f in left.values()
        ]
        assert found == self.books


def test_the_product_does_what_the_model_says(lines: list[int]) -> None:
    Officers.lines = lines
    run_state_machine_as_test(
        Officers,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
