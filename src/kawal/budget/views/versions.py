"""Pages on versions: the list of a year, one version with its drill-down, the next to be made."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kawal.budget import actions, permissions, queries
from kawal.budget.facts import VERSION_KIND_LABELS, Instrument, VersionKind
from kawal.budget.forms.versions import MADE_HERE, VersionForm
from kawal.budget.presenters.versions import checks, shown, structure, version_line
from kawal.budget.rules.versions import may_follow
from kawal.budget.views.reach import agency_rows, chosen_units, within
from kawal.budget.views.which_year import budget_years, newest_of
from kawal.identity import queries as identity
from kawal.kernel.refusals import Reason, Refused
from kawal.kernel.words import N_
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may
from kawal.regions.views.guard import FORM_METHODS, for_those_who, refused_status
from kawal.ui import pages

newest = newest_of(permissions.SEE_VERSIONS, "budget:versions", N_("Versi APBD"))


@for_those_who(permissions.SEE_VERSIONS)
@require_safe
def versions(request: HttpRequest, year: int) -> HttpResponse:
    """List a year's versions, the newest first, with the structure of the newest."""
    queries.year(year)
    found = queries.versions(year)
    names = identity.names([one.made_by for one in found if one.made_by])
    context = {
        "year": year,
        "years": budget_years(),
        "lines": [version_line(one, names) for one in found],
        "structure": structure(queries.version_totals(found[0].id)) if found else [],
        "may_make": may(actor_of(request), permissions.MAKE_VERSION),
        "may_lock": may(actor_of(request), permissions.LOCK),
    }
    return pages.render(request, "budget/versions.jinja", context)


@for_those_who(permissions.SEE_VERSIONS)
@require_safe
def version(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show one version: its structure, its agencies, and the tree of those the reader may see."""
    found = queries.version(version_id)
    reach = within(request, permissions.SEE_VERSIONS)
    agency, units = chosen_units(request.GET.get("skpd", ""), found.year, reach)
    activity, account = request.GET.get("kegiatan", ""), request.GET.get("rekening", "")
    narrowed: dict[str, Any] = {"unit_ids": units, "activity": activity, "account": account}
    accounts = queries.tree(version_id, **narrowed)
    names = identity.names([found.made_by] if found.made_by else [])
    context = {
        "line": version_line(found, names),
        "structure": structure(queries.version_totals(version_id)),
        "changed": len(queries.replaced(version_id)),
        "agencies": agency_rows(version_id, found.year, reach),
        "agency": agency,
        "activity": activity,
        "account": account,
        "accounts": shown(accounts, account),
        "activities": shown(queries.activity_tree(version_id, **narrowed), activity),
        "own_only": reach is not None,
    }
    return pages.render(request, "budget/version.jinja", context)


@for_those_who(permissions.MAKE_VERSION)
@require_http_methods(FORM_METHODS)
def new_version(request: HttpRequest, year: int) -> HttpResponse:
    """Show every check before the button, and make the next version."""
    queries.year(year)
    head = queries.head(year)
    kind = _kind(request, year)
    title = f"{_(VERSION_KIND_LABELS[kind])} {year}"
    typed = request.POST if request.method == "POST" else None
    form = VersionForm(typed, kind=kind, initial={"kind": kind.value, "title": title})
    if typed is None or not form.is_valid():
        return _new_page(request, year, kind, form)
    try:
        made = actions.compile_version(
            year,
            kind,
            **form.paper(),
            after=int(typed.get("after") or (head.id if head else 0)),
            actor=actor_of(request),
        )
    except Refused as refused:
        return _new_page(request, year, kind, form, refused.reasons)
    messages.success(request, _("Versi ditetapkan dan dicatat di jejak publik."))
    return redirect("budget:version", made)


def _kind(request: HttpRequest, year: int) -> VersionKind:
    """Return the kind asked for, else the first that may follow."""
    asked = request.POST.get("kind") or request.GET.get("kind") or ""
    if asked in [kind.value for kind in MADE_HERE]:
        return VersionKind(asked)
    history = [one.kind for one in reversed(queries.versions(year))]
    fitting = [kind for kind in MADE_HERE if may_follow(kind, history)]
    ahead = [kind for kind in fitting if kind not in history]
    return (ahead or fitting or list(MADE_HERE))[0]


def _new_page(
    request: HttpRequest,
    year: int,
    kind: VersionKind,
    form: VersionForm,
    reasons: Iterable[Reason] = (),
) -> HttpResponse:
    head = queries.head(year)
    plan = queries.plan(
        year,
        kind,
        title="-",
        instrument=Instrument.NONE,
        number="",
        date=None,
        revision_ids=None,
        actor=actor_of(request),
    )
    context = {
        "year": year,
        "kind": kind,
        "kinds": [(one, _(VERSION_KIND_LABELS[one])) for one in MADE_HERE],
        "head": head,
        "form": form,
        "reasons": tuple(reasons),
        "checks": checks(plan),
        "structure": structure(plan.after),
        "candidates": plan.candidates,
        "pending": plan.pending,
    }
    return pages.render(request, "budget/new_version.jinja", context, refused_status(request))
