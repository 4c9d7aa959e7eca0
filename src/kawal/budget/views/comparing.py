"""The page that compares any two versions of a year."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kawal.budget import permissions, queries
from kawal.budget.facts import ComparedLines, VersionFacts
from kawal.budget.forms.versions import CompareForm, version_name
from kawal.budget.views.reach import agencies_within, chosen_units, within
from kawal.kernel.refusals import NotThere
from kawal.regions.views.guard import for_those_who
from kawal.ui import pages

SIZE, PRINTED = 100, 20_000


@for_those_who(permissions.SEE_VERSIONS)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Compare two versions line by line, by account and by agency."""
    before, after = _pair(request)
    year, reach = after.year, within(request, permissions.SEE_VERSIONS)
    asked = {"dari": str(before.id), "ke": str(after.id)}
    form = CompareForm(
        {**request.GET.dict(), **asked},
        versions=queries.versions(year),
        agencies=agencies_within(year, reach),
    )
    agency, units = chosen_units(request.GET.get("skpd", ""), year, reach)
    only = "semua" not in request.GET
    narrowed: dict[str, Any] = {"unit_ids": units, "only_different": only}
    printed = "cetak" in request.GET
    number, size = (1, PRINTED) if printed else (_number(request), SIZE)
    found = queries.compare(before.id, after.id, page=number, size=size, **narrowed)
    context = {
        "year": year,
        "form": form,
        "before": version_name(before),
        "after": version_name(after),
        "agency": agency,
        "only": only,
        "found": found,
        "page": _page(found, number, size),
        "printed": printed,
        "units": queries.standing(year),
        "accounts": queries.compare_accounts(before.id, after.id, level=3, **narrowed),
        "agencies": queries.compare_agencies(before.id, after.id, **narrowed),
    }
    return pages.render(request, "budget/compare.jinja", context)


def _pair(request: HttpRequest) -> tuple[VersionFacts, VersionFacts]:
    """Return the two versions asked for; without them the newest and the one before it.

    :raises NotThere: when there are none, or they are of two years.
    """
    ke, dari = request.GET.get("ke", ""), request.GET.get("dari", "")
    after = queries.version(int(ke)) if ke.isdigit() else _newest()
    before_id = int(dari) if dari.isdigit() else after.parent_id or after.id
    before = queries.version(before_id)
    if before.year != after.year:
        raise NotThere(f"version {before_id} in {after.year}")
    return before, after


def _newest() -> VersionFacts:
    for year in queries.years():
        if head := queries.head(year.year):
            return head
    raise NotThere("a version")


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(int(asked), 1) if asked.isdigit() else 1


def _page(found: ComparedLines, number: int, size: int) -> Page[int]:
    """Return the page as the pagination wants it; the lines themselves are in ``found``."""
    return Paginator(range(found.count), size).get_page(number)
