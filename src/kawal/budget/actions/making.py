"""Who may make a version: the PPKD, or for shifts and efficiency the desk that approved them."""

from kawal.budget.facts import VersionKind
from kawal.budget.permissions import (
    APPROVE_SHIFT_PA,
    APPROVE_SHIFT_PPKD,
    APPROVE_SHIFT_SEKDA,
    MAKE_VERSION,
    ORDER_EFFICIENCY,
)
from kawal.budget.rules.versions import Plan
from kawal.regions.facts import Actor
from kawal.regions.permissions import require, scope

SHIFT_DESKS = (APPROVE_SHIFT_PA, APPROVE_SHIFT_PPKD, APPROVE_SHIFT_SEKDA)


def may_make(plan: Plan, actor: Actor) -> None:
    """Do nothing when the actor may make this version.

    A shift is made by whoever may approve shifts in every unit that it changes; which of the desks
    it needs follows from the level that changes, and the action of shifts asks for that.

    :raises Refused: otherwise.
    """
    if plan.kind is VersionKind.EFFICIENCY:
        require(actor, ORDER_EFFICIENCY)
    elif plan.kind is VersionKind.SHIFT:
        units = {one.unit_id for one in plan.candidates}
        if not any(all(unit in scope(actor, desk) for unit in units) for desk in SHIFT_DESKS):
            require(actor, MAKE_VERSION)
    else:
        require(actor, MAKE_VERSION)
