"""Every movement of a line's funds: lock, write, and when the database refuses, every reason.

Each action is one transaction (or joins the caller's) and one round trip; it charges all its lines
or none. ``amounts`` are rupiah by line id. ``key`` names the movement: the same key with the same
content gives the same result and books nothing twice, with other content it is refused. Who may
move funds is the business of the action that issues the paper (SPD, contract, SPP, SP2D).
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import connection, transaction

from kawal.budget import queries
from kawal.budget.actions.announced import announce_money
from kawal.budget.actions.movements import move
from kawal.budget.facts import Delta, FundsFacts, Moved, Movement, Paper
from kawal.budget.rules import funds as rules
from kawal.kernel.refusals import Reason, Refused
from kawal.regions.facts import Actor

Amounts = Mapping[int, Decimal]


def lock_funds(line_ids: Iterable[int]) -> dict[int, FundsFacts]:
    """Lock the lines until the caller's transaction ends, and return what they have.

    Second in the order of locks: after the document's row, before the period. What is returned
    stays true until the end: every movement of these lines waits.

    :raises TransactionManagementError: outside a transaction, where it would lock nothing.
    """
    lines = sorted(set(line_ids))
    with connection.cursor() as cursor:
        transaction.get_connection().validate_no_broken_transaction()
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError("lock_funds outside a transaction")
        cursor.execute("SELECT budget_lock_lines(%s::bigint[])", [lines])
    return queries.funds_left(lines)


def set_ceiling(
    amounts: Amounts, paper: Paper, actor: Actor, *, key: str, reason: str = ""
) -> Moved:
    """Change the ceilings by what a version enacts more (or, negative, less) than its parent.

    :raises Refused: where less is left than was released, committed or paid.
    """
    _check(rules.mistakes(amounts, signed=True))
    deltas = {line: Delta(ceiling=amount) for line, amount in amounts.items()}
    announce_money()
    return move(Movement.CEILING, deltas, paper, actor, key, reason)


def move_ceiling(
    amounts: Amounts, paper: Paper, actor: Actor, *, key: str, reason: str = ""
) -> Moved:
    """Shift ceiling between lines in one statement: what some give (negative) others take.

    :raises Refused: when it is not balanced, or a line gives what it does not have free.
    """
    _check(rules.mistakes(amounts, signed=True) + rules.unequal_shift(amounts))
    deltas = {line: Delta(ceiling=amount) for line, amount in amounts.items()}
    announce_money()
    return move(Movement.SHIFT, deltas, paper, actor, key, reason)


def release(
    amounts: Amounts,
    paper: Paper,
    actor: Actor,
    *,
    key: str,
    reason: str = "",
    withdraw: bool = False,
) -> Moved:
    """Release money by SPD, or withdraw an SPD (``withdraw``).

    :raises Refused: above the ceiling, or withdrawn below what is requested and paid.
    """
    _check(rules.mistakes(amounts))
    sign = -1 if withdraw else 1
    deltas = {line: Delta(released=sign * amount) for line, amount in amounts.items()}
    announce_money()
    return move(Movement.RELEASE, deltas, paper, actor, key, reason)


def commit(amounts: Amounts, paper: Paper, actor: Actor, *, key: str, reason: str = "") -> Moved:
    """Commit a contract's value.

    :raises Refused: above what the ceiling has free.
    """
    _check(rules.mistakes(amounts))
    deltas = {line: Delta(committed=amount) for line, amount in amounts.items()}
    return move(Movement.COMMIT, deltas, paper, actor, key, reason)


def reduce_commitment(
    amounts: Amounts, paper: Paper, actor: Actor, *, key: str, reason: str = ""
) -> Moved:
    """Free what a contract no longer needs: it was lowered, or ended.

    :raises Refused: below zero.
    """
    _check(rules.mistakes(amounts))
    deltas = {line: Delta(committed=-amount) for line, amount in amounts.items()}
    return move(Movement.REDUCE, deltas, paper, actor, key, reason)


def reserve(
    amounts: Amounts,
    paper: Paper,
    actor: Actor,
    *,
    key: str,
    reason: str = "",
    from_commitment: bool = False,
) -> Moved:
    """Reserve for a payment request; of a contract's, it is taken out of the commitment.

    :raises Refused: above what is released, free in the ceiling, or left of the commitment.
    """
    _check(rules.mistakes(amounts))
    deltas = {line: _reserved(amount, from_commitment) for line, amount in amounts.items()}
    return move(Movement.RESERVE, deltas, paper, actor, key, reason)


def release_reservation(
    amounts: Amounts,
    paper: Paper,
    actor: Actor,
    *,
    key: str,
    reason: str = "",
    to_commitment: bool = False,
) -> Moved:
    """Give back what a refused or withdrawn request reserved; a contract's is committed again.

    :raises Refused: above what is reserved.
    """
    _check(rules.mistakes(amounts))
    deltas = {line: _reserved(-amount, to_commitment) for line, amount in amounts.items()}
    return move(Movement.UNRESERVE, deltas, paper, actor, key, reason)


def record_payment(
    amounts: Amounts, paper: Paper, actor: Actor, *, key: str, reason: str = ""
) -> Moved:
    """Record what was paid out of the reservation, on all lines of the payment at once.

    :raises Refused: above what is reserved.
    """
    _check(rules.mistakes(amounts))
    deltas = {line: Delta(reserved=-amount, paid=amount) for line, amount in amounts.items()}
    return move(Movement.PAY, deltas, paper, actor, key, reason)


def return_payment(
    amounts: Amounts, paper: Paper, actor: Actor, *, key: str, reason: str = ""
) -> Moved:
    """Record what came back in the same year: the line may spend it again.

    :raises Refused: above what was paid.
    """
    _check(rules.mistakes(amounts))
    deltas = {line: Delta(paid=-amount) for line, amount in amounts.items()}
    return move(Movement.RETURN, deltas, paper, actor, key, reason)


def _reserved(amount: Decimal, of_contract: bool) -> Delta:
    if of_contract:
        return Delta(reserved=amount, committed=-amount)
    return Delta(reserved=amount)


def _check(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
