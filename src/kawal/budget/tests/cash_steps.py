"""Steps that tests of cash plans and SPD take by the product's own actions."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from kawal.budget import actions, queries
from kawal.budget.facts import Months, Paper
from kawal.budget.tests.conftest import AT
from kawal.regions.facts import Actor

YEAR = 2027
NOBODY = Actor(None, None, (), AT)
DPA = Paper("dpa", "1")


def evenly(amount: str) -> Months:
    """Return twelve equal months."""
    return (Decimal(amount),) * 12


def enact(amounts: Mapping[int, Decimal], key: str = "dpa") -> None:
    """Give lines their ceilings, as a ratified DPA does."""
    actions.set_ceiling(amounts, DPA, NOBODY, key=key)


def draft_plan(world: Any, unit: int, months: Mapping[int, Months]) -> int:
    """Let the PPTK draft a unit's plan, and return its id."""
    pptk = world.actor("pptk")
    plan = actions.begin_plan(YEAR, unit, actor=pptk)
    actions.save_plan(plan, months, read=1, actor=pptk)
    return plan


def validate(world: Any, plan: int, desks: Iterable[str] = ("siti", "sekda", "ppkd")) -> None:
    """Hand a plan in and let each desk validate it."""
    actions.submit_plan(plan, actor=world.actor("pptk"))
    for desk in desks:
        actions.validate_plan(plan, actor=world.actor(desk))


def plan_in_force(world: Any, unit: int, months: Mapping[int, Months]) -> int:
    """Return the id of a plan that went over all desks."""
    plan = draft_plan(world, unit, months)
    validate(world, plan)
    return plan


def signed_spd(world: Any, agency: int, first: int, last: int, **more: Any) -> int:
    """Let Budi draft an SPD and the BUD sign it; return its id."""
    spd = actions.draft_spd(YEAR, agency, first, last, actor=world.actor("budi"), **more)
    actions.sign_spd(spd, actor=world.actor("ppkd"))
    return spd


def balances(line: int) -> tuple[str, str, str]:
    """Return a line's ceiling, released and paid as text."""
    f = queries.funds_left([line])[line]
    return str(f.ceiling), str(f.released), str(f.paid)


def codes(caught: Any) -> list[tuple[str, str]]:
    """Return where and why each reason of a refusal is."""
    return [(reason.at, reason.code) for reason in caught.value.reasons]
