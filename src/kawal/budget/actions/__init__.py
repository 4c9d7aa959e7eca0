"""Writes of the budget: one function a use case, each in one transaction."""

from kawal.budget.actions.funds import (
    commit,
    lock_funds,
    move_ceiling,
    record_payment,
    reduce_commitment,
    release,
    release_reservation,
    reserve,
    return_payment,
    set_ceiling,
)
from kawal.budget.actions.price_lists import enact_prices, tell_enacted
from kawal.budget.actions.prices import approve_price, check_price, propose_price, reject_price

__all__ = [
    "approve_price",
    "check_price",
    "commit",
    "enact_prices",
    "lock_funds",
    "move_ceiling",
    "propose_price",
    "record_payment",
    "reduce_commitment",
    "reject_price",
    "release",
    "release_reservation",
    "reserve",
    "return_payment",
    "set_ceiling",
    "tell_enacted",
]
