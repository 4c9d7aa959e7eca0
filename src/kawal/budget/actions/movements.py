"""One movement of funds: the call of the database's function, and what its answer means."""

from decimal import Decimal
from typing import Any

from django.db import connection

from kawal.budget import queries
from kawal.budget.actions.sizes import after_many
from kawal.budget.facts import Delta, FundsFacts, Moved, Movement, Paper
from kawal.budget.models import FundEntry, Funds
from kawal.budget.rules import funds as rules
from kawal.kernel.refusals import Reason, Refused
from kawal.regions.facts import Actor

CALL = """
SELECT * FROM budget_move_funds(
    %s, %s, %s, %s, %s, %s, %s, %s::bigint[], %s::numeric[], %s::numeric[], %s::numeric[],
    %s::numeric[], %s::numeric[])
"""
Deltas = dict[int, Delta]


def move(
    kind: Movement, deltas: Deltas, paper: Paper, actor: Actor, key: str, reason: str
) -> Moved:
    """Book a movement on all its lines or on none, in the caller's transaction if there is one.

    It is one statement, so alone it is a transaction by itself: a hot line is not held while we
    come back to commit.

    :raises Refused: with every reason of every line; nothing has moved.
    """
    deltas = dict(sorted(deltas.items()))
    with connection.cursor() as cursor:
        cursor.execute(CALL, _values(kind, deltas, paper, actor, key, reason))
        rows = cursor.fetchall()
    outcome, funds = rows[0][0], {row[1]: _facts(row) for row in rows}
    if outcome == "moved":
        after_many(len(deltas), FundEntry, Funds)
        return Moved(key, deltas, funds)
    if outcome == "repeated":
        return _repeated(Moved(key, deltas, funds, repeated=True), kind, paper, reason)
    raise Refused(_reasons(outcome, deltas, funds))


def _values(
    kind: Movement, deltas: Deltas, paper: Paper, actor: Actor, key: str, reason: str
) -> list[Any]:
    every = deltas.values()
    return [
        *(key, kind.value, paper.kind, paper.id, reason, actor.at, actor.person_id),
        list(deltas),
        [delta.ceiling for delta in every],
        [delta.released for delta in every],
        [delta.reserved for delta in every],
        [delta.committed for delta in every],
        [delta.paid for delta in every],
    ]


def _facts(row: tuple[Any, ...]) -> FundsFacts:
    if row[2] is None:
        return FundsFacts(row[1])
    return FundsFacts(row[1], *(Decimal(value) for value in row[2:]))


def _repeated(moved: Moved, kind: Movement, paper: Paper, reason: str) -> Moved:
    if queries.movement(moved.key) != (kind, paper, reason, moved.deltas):
        raise Refused([rules.key_used()])
    return moved


def _reasons(constraint: str, deltas: Deltas, funds: dict[int, FundsFacts]) -> list[Reason]:
    """Ask the rules; should they see nothing, the database's own word counts."""
    found = [r for line, delta in deltas.items() for r in rules.refusals(funds[line], delta)]
    return found or [rules.refused_by(constraint)]
