"""What a sheet still lacks: what would refuse it if it were handed in now, all at once."""

from collections.abc import Iterable
from datetime import date

from kawal.budget.facts import ComponentDraft, LineFacts, SheetFacts, StandardPrice
from kawal.budget.queries.ceilings import room
from kawal.budget.queries.law import law
from kawal.budget.queries.prices import standard_prices
from kawal.budget.queries.rka import content
from kawal.budget.queries.sheets import sheet
from kawal.budget.rules import rka as rules
from kawal.budget.rules.prices import price_day
from kawal.kernel.refusals import Reason


def findings(revision_id: int, of: SheetFacts | None, on: date) -> list[Reason]:
    """Return every reason of the rules of RKA against a revision as it stands, by the law of a day.

    :raises NotThere: when there is no such revision.
    """
    said = content(revision_id)
    of = of or sheet(said.revision.sheet_id)
    drafts = [one.draft for one in said.components()]
    standards = standards_of(drafts, of.year, on)
    return rules.submission_reasons(said, of, room(of, on), law(on), standards)


def standards_of(drafts: Iterable[ComponentDraft], year: int, on: date) -> dict[int, StandardPrice]:
    """Return the standard prices that count for a budget year, of the components taken from one."""
    items = {draft.price_item_id for draft in drafts if draft.price_item_id is not None}
    return standard_prices(items, price_day(year, on)) if items else {}


def new_items(revision_id: int) -> list[LineFacts]:
    """Return the lines of a revision that come from no item of the RKPD."""
    return rules.new_items(content(revision_id).lines)
