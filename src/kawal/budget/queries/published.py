"""Reads of published budgets: what was last told, who does not close, beside our own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db.models import Sum, Value
from django.db.models.functions import Replace, Substr

from kawal.budget.facts.published import Closing, JenisRow, PublishedAmountFacts, PublishedFacts
from kawal.budget.models import PublishedAmount, PublishedBudget, PublishedFinding, Version
from kawal.budget.rules import published as rules
from kawal.kernel.refusals import NotThere
from kawal.nomenclature import queries as nomenclature


def published_years() -> list[int]:
    """Return the years of which something was published, the newest first."""
    rows = PublishedBudget.objects.order_by("-year").values_list("year", flat=True)
    return list(rows.distinct())


def published_budgets(year: int) -> list[PublishedFacts]:
    """Return every government's published budget of a year, those that do not close first."""
    budgets = list(PublishedBudget.objects.filter(year=year).order_by("code"))
    amounts = last_amounts(budget.pk for budget in budgets)
    found = [_facts(budget, amounts.get(budget.pk, {})) for budget in budgets]
    return sorted(found, key=lambda one: (one.closing.closes, one.code))


def published_some(keys: Sequence[tuple[str, int]]) -> list[PublishedFacts]:
    """Return the published budgets of some DJPK codes and years, by code and year."""
    rows = PublishedBudget.objects.filter(
        code__in={code for code, _ in keys}, year__in={year for _, year in keys}
    )
    wanted = set(keys)
    budgets = [one for one in rows.order_by("code", "year") if (one.code, one.year) in wanted]
    amounts = last_amounts(budget.pk for budget in budgets)
    return [_facts(budget, amounts.get(budget.pk, {})) for budget in budgets]


def published_budget(budget_id: int) -> PublishedFacts:
    """Return one published budget.

    :raises NotThere: when there is none.
    """
    budget = PublishedBudget.objects.filter(pk=budget_id).first()
    if budget is None:
        raise NotThere(f"published budget {budget_id}")
    return _facts(budget, last_amounts([budget_id]).get(budget_id, {}))


def published_amounts(budget_id: int) -> list[PublishedAmountFacts]:
    """Return what was last published of each jenis of a budget, by code."""
    rows = PublishedAmount.objects.filter(budget=budget_id).order_by("jenis", "-pk")
    return [
        PublishedAmountFacts(row.jenis, row.amount, row.source, row.as_of)
        for row in rows.distinct("jenis")
        if row.as_of is not None
    ]


def last_amounts(budget_ids: Iterable[int]) -> dict[int, dict[str, Decimal]]:
    """Return what was last published of budgets: amounts in rupiah by jenis."""
    rows = PublishedAmount.objects.filter(budget__in=list(budget_ids))
    rows = rows.order_by("budget", "jenis", "-pk").distinct("budget", "jenis")
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for budget, jenis, amount in rows.values_list("budget", "jenis", "amount"):
        found[budget][jenis] = amount
    return found


def last_findings(budget_ids: Iterable[int]) -> dict[int, Closing]:
    """Return what imports last found of budgets' closing; nothing of those never found at fault."""
    rows = PublishedFinding.objects.filter(budget__in=list(budget_ids))
    rows = rows.order_by("budget", "-pk").distinct("budget")
    return {row.budget_id: _found(row) for row in rows}


def own_by_jenis(year: int) -> dict[str, Decimal]:
    """Return our own newest version of a year by jenis; nothing before the first version."""
    head = Version.objects.filter(year=year).order_by("-number").first()
    if head is None:
        return {}
    code = Replace(
        Substr("sheets__revision__lines__line__account__code", 1, 6), Value("."), Value("")
    )
    rows = (
        Version.objects.filter(pk=head.pk, sheets__revision__lines__isnull=False)
        .annotate(jenis=code)
        .values_list("jenis")
        .annotate(Sum("sheets__revision__lines__amount"))
        .order_by("jenis")
    )
    return dict(rows)


def beside_our_own(budget_id: int, year: int) -> list[JenisRow]:
    """Return a published budget beside our own newest version of that year, jenis by jenis."""
    published = last_amounts([budget_id]).get(budget_id, {})
    own = own_by_jenis(year)
    names = {one.code.replace(".", ""): one.name for one in nomenclature.accounts(year, level=3)}
    return [
        JenisRow(code, names.get(code, ""), published.get(code), own.get(code))
        for code in sorted(published.keys() | own.keys())
    ]


def _facts(budget: PublishedBudget, amounts: Mapping[str, Decimal]) -> PublishedFacts:
    closing = rules.closing(amounts)
    suspects = rules.suspects(amounts, closing.difference)
    return PublishedFacts(budget.pk, budget.code, budget.name, budget.year, closing, suspects)


def _found(row: PublishedFinding) -> Closing:
    return Closing(row.revenue, row.spending, row.received, row.spent)
