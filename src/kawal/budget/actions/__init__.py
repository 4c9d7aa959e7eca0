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

__all__ = [
    "commit",
    "lock_funds",
    "move_ceiling",
    "record_payment",
    "reduce_commitment",
    "release",
    "release_reservation",
    "reserve",
    "return_payment",
    "set_ceiling",
]
