"""Opening a budget year: from then on it can have ceilings and sheets."""

from django.db import transaction

from kawal.budget.actions.rka_guard import refuse
from kawal.budget.facts import YearFacts
from kawal.budget.models import FiscalYear
from kawal.budget.permissions import OPEN_YEAR
from kawal.budget.queries.years import year as read_year
from kawal.budget.rules import years as rules
from kawal.kernel.refusals import NotThere
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.facts import DecreeFacts
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.trail import actions as trail


@transaction.atomic
def open_year(year: int, *, accounts: str, activities: str, funds: str, actor: Actor) -> YearFacts:
    """Open a budget year with the decrees, by their codes, whose lists it uses.

    :raises Refused: with every reason.
    """
    require(actor, OPEN_YEAR)
    codes = {"accounts": accounts, "activities": activities, "funds": funds}
    decrees = {name: _decree(code) for name, code in codes.items()}
    known = FiscalYear.objects.filter(year=year).exists()
    missing = [name for name, decree in decrees.items() if decree is None]
    refuse(rules.may_open_year(year, exists=known, missing=missing))
    FiscalYear.objects.create(
        year=year,
        opened_at=actor.at,
        opened_by_id=actor.person_id,
        **{f"{name}_id": decree.id for name, decree in decrees.items() if decree},
    )
    trail.append("budget_year.opened", {"year": year, **codes}, at=actor.at)
    return read_year(year)


def _decree(code: str) -> DecreeFacts | None:
    try:
        return nomenclature.decree_by_code(code)
    except NotThere:
        return None
