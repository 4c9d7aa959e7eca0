"""Pages on codes: search and tree in one, and one code with its versions and crosswalks."""

from datetime import date

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kawal.nomenclature import acts, queries
from kawal.nomenclature.facts import CODE_KIND_LABELS, CodeKind
from kawal.nomenclature.forms import SearchForm
from kawal.nomenclature.presenters import flag_words, level_words
from kawal.regions import queries as regions
from kawal.regions.middleware import actor_of
from kawal.regions.views.guard import for_those_who
from kawal.ui import pages


@for_those_who(acts.SEE)
@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    """Search codes by prefix or words; with nothing typed, show the top of the tree."""
    today = regions.today(actor_of(request).at)
    form = SearchForm(request.GET or None)
    valid = form.is_valid()
    kind = form.kind() if valid else CodeKind.ACCOUNT
    day = form.day(today) if valid else today
    typed = form.cleaned_data["cari"] if valid else ""
    number = request.GET.get("page", "1")
    page = queries.search_page(kind, typed, day, number) if typed else _top(kind, day)
    decrees = {one.id: one for one in queries.decrees()}
    return pages.render(
        request,
        "nomenclature/codes.jinja",
        {
            "form": form,
            "kind": kind,
            "day": day,
            "typed": typed,
            "page": page,
            "rows": [(one, level_words(one), decrees[one.decree_id].title) for one in page],
        },
    )


def _top(kind: CodeKind, day: date) -> Page[queries.AnyCode]:
    """Return the top of a tree as one page."""
    found = queries.children(kind, day)
    return Paginator(found, max(len(found), 1)).get_page(1)


@for_those_who(acts.SEE)
@require_safe
def code(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Show one code: what each decree says of it, what it became, what stands below it."""
    if kind not in set(CodeKind):
        raise Http404
    tree = CodeKind(kind)
    versions = queries.versions(tree, code)
    if not versions:
        raise Http404
    today = regions.today(actor_of(request).at)
    bridges = [
        (decree, queries.earlier_codes(tree, code, decree.id), later)
        for decree, _facts in versions
        for later in [queries.later_codes(tree, code, decree.id)]
    ]
    newest = versions[0][1]
    parts = code.split(".")
    above = [".".join(parts[:size]) for size in range(1, len(parts))]
    return pages.render(
        request,
        "nomenclature/code.jinja",
        {
            "kind": tree,
            "label": _(CODE_KIND_LABELS[tree]),
            "code": code,
            "level": level_words(newest),
            "newest": newest,
            "flags": flag_words(getattr(newest, "flags", ())),
            "above": queries.recorded(tree, above),
            "versions": versions,
            "bridges": [one for one in bridges if one[1] or one[2]],
            "below": queries.children(tree, today, code),
        },
    )
