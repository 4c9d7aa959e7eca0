"""What the rules are asked about when content is written: codes, prices, ceilings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kawal.budget.actions.rka_guard import refuse
from kawal.budget.facts import ComponentDraft, Law, LineDraft, SheetFacts
from kawal.budget.models import FiscalYear, Line, RevisionLine
from kawal.budget.queries.ceilings import has_unit_ceiling, room
from kawal.budget.queries.findings import standards_of
from kawal.budget.queries.law import law
from kawal.budget.rules import components as component_rules
from kawal.budget.rules import lines as line_rules
from kawal.budget.rules import rka as rules
from kawal.kernel.refusals import Reason
from kawal.nomenclature.facts import AccountFacts, CodeKind
from kawal.nomenclature.queries import by_codes, by_ids, decree
from kawal.regions.actions import locks
from kawal.regions.facts import Actor
from kawal.regions.queries import today


@dataclass(frozen=True, slots=True)
class Known:
    """The accounts and funds of some lines that the year's decrees know, by id."""

    accounts: dict[int, AccountFacts]
    funds: frozenset[int]


def known(year: int, keys: Sequence[tuple[int, int]]) -> Known:
    """Return which accounts and funds the year knows, in a few queries whatever their number."""
    opened = FiscalYear.objects.get(pk=year)
    accounts = _spoken(CodeKind.ACCOUNT, {one for one, _ in keys}, opened.accounts_id)
    funds = _spoken(CodeKind.FUND, {one for _, one in keys}, opened.funds_id)
    return Known(
        {key: one for key, one in accounts.items() if isinstance(one, AccountFacts)},
        frozenset(funds),
    )


def line_reasons(drafts: Sequence[LineDraft], sheet: SheetFacts, on: date) -> list[Reason]:
    """Return every reason against lines with their components, each by its place from 0."""
    rule = law(on)
    keys = [(draft.account_id, draft.fund_id) for draft in drafts]
    year = known(sheet.year, keys)
    reasons = line_rules.repeated_lines(keys) + previous_reasons(drafts, sheet)
    for place, draft in enumerate(drafts):
        here = f"lines.{place}."
        reasons += code_reasons(draft.account_id, draft.fund_id, year, sheet, rule, here)
        for number, one in enumerate(draft.components):
            reasons += component_rules.component_reasons(one, f"{here}components.{number}.")
    placed = [
        (f"lines.{place}.components.{number}.", draft.account_id, one)
        for place, draft in enumerate(drafts)
        for number, one in enumerate(draft.components)
    ]
    return reasons + price_reasons(placed, sheet, on)


def component_reasons(
    draft: ComponentDraft, account_id: int, fund_id: int, sheet: SheetFacts, on: date
) -> list[Reason]:
    """Return every reason against one component on the line of an account and a fund."""
    year = known(sheet.year, [(account_id, fund_id)])
    reasons = code_reasons(account_id, fund_id, year, sheet, law(on))
    reasons += component_rules.component_reasons(draft)
    return reasons + price_reasons([("", account_id, draft)], sheet, on)


def price_reasons(
    placed: Sequence[tuple[str, int, ComponentDraft]], sheet: SheetFacts, on: date
) -> list[Reason]:
    """Return where components break the standard prices that they were taken from."""
    standards = standards_of((draft for _, _, draft in placed), sheet.year, on)
    return component_rules.price_reasons(placed, standards)


def code_reasons(
    account_id: int, fund_id: int, year: Known, sheet: SheetFacts, rule: Law, at: str = ""
) -> list[Reason]:
    """Return every reason against an account and a fund on a sheet."""
    reasons = []
    account = year.accounts.get(account_id)
    if account is None:
        reasons.append(line_rules.unknown_code(f"{at}account"))
    else:
        reasons += line_rules.account_reasons(
            account.code, account.level, account.flags, sheet, rule, f"{at}account"
        )
    if fund_id not in year.funds:
        reasons.append(line_rules.unknown_code(f"{at}fund"))
    return reasons


def hold_ceilings(sheet: SheetFacts) -> None:
    """Let sheets that share a unit's ceiling be saved one after the other, to the end of this one.

    Locked after the revision's row, in the order of unit ids, in statements of their own.
    """
    for unit in has_unit_ceiling(sheet):
        locks.hold(f"budget.ceiling.{sheet.year}.{unit}")


def refuse_over_ceiling(revision_id: int, sheet: SheetFacts, before: Decimal, actor: Actor) -> None:
    """Do nothing when what was just written fits its ceilings, or is less than before.

    :raises Refused: with every ceiling that it breaks.
    """
    sums = fund_sums(revision_id)
    total = sum(sums.values(), Decimal("0.00"))
    limits = room(sheet, today(actor.at))
    refuse(rules.ceiling_reasons(total, sums, limits, before=before))


def fund_sums(revision_id: int) -> dict[int, Decimal]:
    """Return what a revision plans by fund, in rupiah."""
    sums: dict[int, Decimal] = {}
    rows = RevisionLine.objects.filter(revision=revision_id)
    for fund, amount in rows.values_list("line__fund_id", "amount"):
        sums[fund] = sums.get(fund, Decimal("0.00")) + amount
    return sums


def _spoken(kind: CodeKind, ids: set[int], decree_id: int) -> dict[int, object]:
    found = by_ids(kind, sorted(ids))
    meant = by_codes(kind, [one.code for one in found.values()], decree(decree_id))
    return {key: one for key, one in found.items() if meant.get(one.code) == one}


def previous_reasons(drafts: Sequence[LineDraft], sheet: SheetFacts) -> list[Reason]:
    """Return the reasons against lines that go on with a line of no earlier year."""
    ids = {draft.previous_id for draft in drafts if draft.previous_id is not None}
    if not ids:
        return []
    earlier = Line.objects.filter(pk__in=ids, sheet__year__lt=sheet.year)
    fitting = set(earlier.values_list("pk", flat=True))
    return [
        line_rules.not_of_earlier_year(f"lines.{place}.previous")
        for place, draft in enumerate(drafts)
        if draft.previous_id is not None and draft.previous_id not in fitting
    ]
