"""Mandatory spending and balance of a version, or of the drafts as they are now."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from kawal.budget.facts import FundBalance, Totals
from kawal.budget.facts.mandatory import (
    Context,
    CountingLine,
    Effect,
    Reckoning,
    Sums,
)
from kawal.budget.facts.mandatory_rules import RULES
from kawal.budget.models import RevisionLine, Version
from kawal.budget.queries.chosen import drafted_lines, version_lines
from kawal.budget.queries.mandatory_laws import Readings, readings
from kawal.budget.queries.selected import ACCOUNT, FUND, lines_that
from kawal.budget.rules.mandatory import findings
from kawal.kernel.refusals import NotThere

NOTHING = Value(Decimal(0), output_field=DecimalField(max_digits=30, decimal_places=2))
PARTS = {"revenue": "4", "spending": "5", "financing_in": "6.1", "financing_out": "6.2"}
RECEIVED, SPENT = ("4", "6.1"), ("5", "6.2")
AT_ONCE = 50
JOINED = ("line__sheet__activity", "line__account", "line__fund")
Lines = QuerySet[RevisionLine]


def reckoning_of_drafts(year: int) -> Reckoning:
    """Return what the law says of the year as it is drafted: open revisions, else the head's."""
    return _account(drafted_lines(year), readings(year))


def reckoning_of_version(version_id: int, year: int) -> Reckoning:
    """Return what the law says of a version of the year's budget."""
    return _account(version_lines(version_id), readings(year))


def effects(revision_id: int, year: int) -> list[Effect]:
    """Return what one revision gives to each rule, beside the finding for the drafts as a whole.

    Rules to which it gives nothing are left out.
    """
    read = readings(year)
    own = _sums(RevisionLine.objects.filter(revision_id=revision_id), read)[0]
    whole = _account(drafted_lines(year), read).findings
    return [
        Effect(finding, own[finding.key].counted)
        for finding in whole
        if finding.key in own and own[finding.key].counted
    ]


def counting_page(
    key: str,
    year: int,
    number: int | str,
    *,
    version_id: int | None = None,
    unit_ids: Iterable[int] | None = None,
) -> Page[CountingLine]:
    """Return a page of the lines that count for a rule, the dearest first; of some units only.

    None count for a rule that has ended or whose lines the parameters do not say.

    :raises NotThere: when there is no such rule.
    """
    read = readings(year)
    if key not in read.laws:
        raise NotThere(f"rule {key}")
    rows = drafted_lines(year) if version_id is None else version_lines(version_id)
    if unit_ids is not None:
        rows = rows.filter(line__sheet__unit__in=list(unit_ids))
    chosen = read.selections.get(key)
    rows = rows.filter(lines_that(chosen["counts"], read.known)) if chosen else rows.none()
    rows = rows.select_related(*JOINED).order_by("-amount", "pk")
    found: Page[Any] = Paginator(rows, AT_ONCE).get_page(number)
    return Page([_counting(row) for row in found], found.number, found.paginator)


def versions_named(year: int) -> list[tuple[int, str]]:
    """Return the year's versions, the newest first: id, and number with title."""
    rows = Version.objects.filter(year_id=year).order_by("-number")
    return [
        (pk, f"{number}. {title}")
        for pk, number, title in rows.values_list("pk", "number", "title")
    ]


def _counting(row: RevisionLine) -> CountingLine:
    line, sheet = row.line, row.line.sheet
    return CountingLine(
        line.pk,
        sheet.pk,
        sheet.unit_id,
        sheet.activity.code if sheet.activity else "",
        sheet.activity.name if sheet.activity else "",
        line.account.code,
        line.account.name,
        line.fund.code,
        row.amount,
    )


def _account(lines: Lines, read: Readings) -> Reckoning:
    sums, structure = _sums(lines, read)
    return Reckoning(
        findings(RULES, read.laws, sums, Context(read.year, read.has_villages)),
        structure,
        _funds(lines),
    )


def _sums(lines: Lines, read: Readings) -> tuple[dict[str, Sums], Totals]:
    """Return every rule's sums and the parts of the APBD, from one statement."""
    wanted = {
        f"{key}_{part}": _sum(lines_that(selection, read.known))
        for key, parts in read.selections.items()
        for part, selection in parts.items()
    }
    wanted |= {part: _sum(_under(code)) for part, code in PARTS.items()}
    got = lines.aggregate(**wanted)
    structure = Totals(**{part: got[part] for part in PARTS})
    sums = {
        key: Sums(got[f"{key}_counts"] - got.get(f"{key}_less", Decimal(0)), got[f"{key}_base"])
        for key in read.selections
    }
    return sums, structure


def _funds(lines: Lines) -> tuple[FundBalance, ...]:
    """Return the balance of each earmarked fund that the lines name."""
    rows = (
        lines.filter(line__fund__is_earmarked=True)
        .values_list(FUND, "line__fund__name")
        .annotate(revenue=_sum(_under(*RECEIVED)), planned=_sum(_under(*SPENT)))
        .order_by(FUND)
    )
    return tuple(FundBalance(code, name, True, *sums) for code, name, *sums in rows)


def _under(*codes: str) -> Q:
    found = Q()
    for code in codes:
        found |= Q(**{f"{ACCOUNT}__startswith": f"{code}."})
    return found


def _sum(where: Q) -> Any:
    return Coalesce(Sum(F("amount"), filter=where), NOTHING)
