"""Whether the books take an event's items at all: pure. What no row would write is never left out.

A posting of which a part is not written would balance and still be wrong, so each item is asked
for its amount, its account, its side and its part, and every fault is told with the item's place.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kawal.kernel.refusals import Reason
from kawal.ledger.facts import Event, Part
from kawal.ledger.rules import refused
from kawal.ledger.rules.posting import TABLE, Coded

SEN = Decimal("0.01")
MOST = Decimal(10) ** 18  # rupiah; what the column of a line holds
LEVEL = 6
PFK, OWN_REVENUE, REVENUE, SPENDING = "2.1.01", "4.1", "4", "5"
OF_PART = {Part.DEDUCTION: PFK, Part.PENALTY: OWN_REVENUE}
OF_EVENT: Mapping[Event, str] = {
    Event.ASSESSED: OWN_REVENUE,
    Event.RECEIPT: REVENUE,
    Event.DIRECT_RECEIPT: REVENUE,
    Event.TRANSFER: REVENUE,
    Event.UP_PAYMENT: SPENDING,
    Event.TAX_REMITTED: PFK,
    Event.SPJ_APPROVED: SPENDING,
    Event.ACCEPTED: SPENDING,
    Event.SP2D_LS: SPENDING,
    Event.CONTRA: SPENDING,
    Event.PAST_RETURN: REVENUE,
}
"""The beginning of the accounts that an event speaks of; what only moves cash names any account."""


def faults(event: Event, items: Sequence[Coded]) -> list[Reason]:
    """Return every reason why these items of an event are not written, each with its item's place.

    A code of no account is empty.
    """
    if event not in TABLE:
        return [refused.no_rule()]
    if not items:
        return [refused.no_items()]
    return [reason for item in items for reason in _of_item(event, item)]


def _of_item(event: Event, item: Coded) -> list[Reason]:
    reasons = []
    if not is_money(item.amount):
        reasons.append(refused.amount(item.place, item.amount))
    if item.side is not None:
        reasons.append(refused.side(item.place))
    if not any(item.part in row.parts for row in TABLE[event]):
        reasons.append(refused.part(item.place, item.part))
    elif not item.code:
        reasons.append(refused.unknown(item.place))
    elif item.code.count(".") + 1 != LEVEL:
        reasons.append(refused.level(item.place, item.code))
    elif not _is_below(item.code, OF_PART.get(item.part) or OF_EVENT.get(event, "")):
        reasons.append(refused.other_account(item.place, item.code))
    return reasons


def is_money(amount: Decimal) -> bool:
    """Tell whether an amount is above zero, in whole sen, and fits into the books."""
    return amount.is_finite() and 0 < amount < MOST and amount == amount.quantize(SEN)


def _is_below(code: str, prefix: str) -> bool:
    return not prefix or code.startswith(f"{prefix}.")
