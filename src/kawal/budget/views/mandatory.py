"""Pages on mandatory spending: every rule with the balance, one rule by its lines, one sheet."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kawal.budget import queries
from kawal.budget.facts import VersionKind
from kawal.budget.facts.mandatory import Finding, Reckoning
from kawal.budget.permissions import SEE_MANDATORY, SEE_RKA
from kawal.budget.presenters.mandatory import effect_lines, finding_line
from kawal.budget.queries import mandatory as reckoned
from kawal.budget.rules.versions import unbalanced
from kawal.budget.views.which_year import budget_years, newest_of
from kawal.kernel.refusals import NotThere
from kawal.kernel.words import N_
from kawal.nomenclature import acts as codes
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.presenters import value_words
from kawal.nomenclature.registry import declared
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may, scope
from kawal.regions.views.guard import for_those_who
from kawal.ui import pages

newest = newest_of(SEE_MANDATORY, "budget:mandatory", N_("Belanja wajib"))


@for_those_who(SEE_MANDATORY)
@require_safe
def mandatory(request: HttpRequest, year: int) -> HttpResponse:
    """Show what the law asks of the year's budget, of the drafts or of a version."""
    queries.year(year)
    version, found = _reckoned(request, year)
    context = {
        "year": year,
        "years": budget_years(),
        "version": version,
        "versions": reckoned.versions_named(year),
        "rows": [finding_line(one) for one in found.findings],
        "structure": found.structure,
        "funds": found.funds,
        "reasons": unbalanced(found.structure, found.funds, saves=_saves(version)),
    }
    return pages.render(request, "budget/mandatory.jinja", context)


@for_those_who(SEE_MANDATORY)
@require_safe
def mandatory_rule(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Show by which lines a rule is met or missed; of the reader's agencies only."""
    queries.year(year)
    version, found = _reckoned(request, year)
    one = _finding(found, key)
    units = scope(actor_of(request), SEE_RKA).only
    number = request.GET.get("page", "1")
    page = reckoned.counting_page(key, year, number, version_id=version, unit_ids=units)
    context = {
        "year": year,
        "version": version,
        "row": finding_line(one),
        "page": page,
        "units": queries.standing(year),
        "parts": _parts(key, year),
        "own_only": units is not None,
        "may_amend": may(actor_of(request), codes.AMEND),
    }
    return pages.render(request, "budget/mandatory_rule.jinja", context)


@for_those_who(SEE_RKA)
@require_safe
def sheet_mandatory(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Show what one sheet gives to each rule, as it is drafted now."""
    sheet = queries.sheet(sheet_id)
    if not may(actor_of(request), SEE_RKA, sheet.unit_id):
        raise NotThere(f"sheet {sheet_id}")
    now = queries.open_revision(sheet_id) or queries.head_revision(sheet_id)
    given = reckoned.effects(now.id, sheet.year) if now else []
    context = {"sheet": sheet, "rows": effect_lines(given)}
    return pages.render(request, "budget/mandatory_sheet.jinja", context)


def _reckoned(request: HttpRequest, year: int) -> tuple[int | None, Reckoning]:
    """Return the version that was asked for, if any, and what the law says of it."""
    asked = request.GET.get("versi", "")
    if not asked:
        return None, reckoned.reckoning_of_drafts(year)
    if not asked.isdigit() or int(asked) not in dict(reckoned.versions_named(year)):
        raise Http404
    return int(asked), reckoned.reckoning_of_version(int(asked), year)


def _saves(version: int | None) -> bool:
    """Tell whether a version cuts for an order from above: what it saves is not mixed up."""
    return version is not None and queries.version(version).kind is VersionKind.EFFICIENCY


def _parts(key: str, year: int) -> list[tuple[str, str, str]]:
    """Return a rule's parameters: key, label, and value as it holds on the year's first day."""
    held = {one.key: one for one in nomenclature.parameters(date(year, 1, 1))}
    return [
        (name, one.label, value_words(held[name]) if name in held else "")
        for name, one in declared().items()
        if name.startswith(f"budget.{key}.")
    ]


def _finding(found: Reckoning, key: str) -> Finding:
    for one in found.findings:
        if one.key == key:
            return one
    raise Http404
