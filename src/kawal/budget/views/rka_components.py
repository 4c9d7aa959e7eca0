"""One component as a plain page: added, changed or removed without a script."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kawal.budget import actions
from kawal.budget.facts import ComponentFacts
from kawal.budget.forms import components as form
from kawal.budget.forms.pasted import TypedComponent
from kawal.budget.presenters.rka_words import labels
from kawal.budget.views.rka_desk import Desk, on_sheet, whole
from kawal.budget.views.rka_saving import writer
from kawal.budget.views.rka_sheet import sheet_page
from kawal.kernel.refusals import NotThere, Reason, Refused, StaleDraft
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.facts import AccountFacts, CodeKind, FundFacts
from kawal.regions.views.guard import FORM_METHODS, REFUSED, refused_status
from kawal.ui.formats import decimal_mark

CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Place:
    """Where a component stands: its account and fund, and itself when it is there already."""

    account: AccountFacts
    fund: FundFacts
    component: ComponentFacts | None = None


@on_sheet
@require_http_methods(FORM_METHODS)
def component_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add a component to an account and fund."""
    given = request.POST if request.method == "POST" else request.GET
    account, fund = whole(given.get("rekening")), whole(given.get("dana"))
    return _form(request, desk, _place(account, fund))


@on_sheet
@require_http_methods(FORM_METHODS)
def component(request: HttpRequest, desk: Desk, component_id: int) -> HttpResponse:
    """Change a component."""
    for line in desk.content.lines:
        for one in line.components:
            if one.id == component_id:
                return _form(request, desk, _place(line.account_id, line.fund_id, one))
    raise NotThere(f"component {component_id}")


@on_sheet
@require_POST
def component_remove(request: HttpRequest, desk: Desk, component_id: int) -> HttpResponse:
    """Remove a component."""
    read = whole(request.POST.get("version")) or 0
    try:
        actions.remove_component(desk.revision.id, component_id, read=read, actor=desk.actor)
    except Refused as refusal:
        return sheet_page(request, desk, refusal.reasons, REFUSED)
    messages.success(request, _("Baris sudah dihapus."))
    return redirect("budget:sheet", desk.sheet.id)


def _place(
    account_id: int | None, fund_id: int | None, component: ComponentFacts | None = None
) -> Place:
    """Return the place of a component.

    :raises NotThere: when there is no such account or fund.
    """
    account = nomenclature.by_ids(CodeKind.ACCOUNT, [account_id or 0]).get(account_id or 0)
    fund = nomenclature.by_ids(CodeKind.FUND, [fund_id or 0]).get(fund_id or 0)
    if not isinstance(account, AccountFacts) or not isinstance(fund, FundFacts):
        raise NotThere(f"account {account_id} with fund {fund_id}")
    return Place(account, fund, component)


def _form(request: HttpRequest, desk: Desk, place: Place) -> HttpResponse:
    if request.method == "GET":
        stored = form.texts(place.component) if place.component else {}
        return _page(request, desk, place, form.typed_of(stored))
    typed = form.typed_of(request.POST.dict())
    item = place.component.draft.price_item_id if place.component else None
    read = form.read(typed, decimal_mark(), item)
    if read.draft is None:
        return _page(request, desk, place, typed, read.reasons)
    try:
        actions.put_component(
            desk.revision.id,
            read.draft,
            account_id=place.account.id,
            fund_id=place.fund.id,
            component_id=place.component.id if place.component else None,
            read=whole(request.POST.get("version")) or 0,
            actor=desk.actor,
        )
    except Refused as refusal:
        reasons = tuple(map(form.placed, refusal.reasons))
        return _page(request, desk, place, typed, reasons)
    except StaleDraft as stale:
        return _page(request, desk, place, typed, stale=stale)
    messages.success(request, _("Baris sudah disimpan."))
    at = reverse("budget:sheet", args=[desk.sheet.id])
    return redirect(at)


def _page(
    request: HttpRequest,
    desk: Desk,
    place: Place,
    typed: TypedComponent,
    reasons: tuple[Reason, ...] = (),
    stale: StaleDraft | None = None,
) -> HttpResponse:
    more = {
        "account": place.account,
        "fund": place.fund,
        "component_id": place.component.id if place.component else None,
        "typed": typed,
        "labels": labels(),
        "reasons": reasons,
        "errors": errors_of(reasons),
        "read": stale.current if stale else desk.revision.version,
        "conflict": _conflict(desk, typed, place) if stale else None,
    }
    status = CONFLICT if stale else refused_status(request)
    return desk.page(request, "rka_component", status, **more)


def errors_of(reasons: tuple[Reason, ...]) -> dict[str, str]:
    """Return what stands beside each field of the form."""
    found = dict.fromkeys(form.FIELDS, "")
    for reason in reasons:
        text = _(reason.text) % dict(reason.values) if reason.values else _(reason.text)
        found[reason.at] = f"{found[reason.at]} {text}".strip()
    return found


def _conflict(desk: Desk, typed: TypedComponent, place: Place) -> dict[str, object]:
    who, at = writer(desk)
    stored = form.texts(place.component) if place.component else {}
    rows = [
        (words, getattr(typed, field), stored.get(field, "–"))
        for field, words in labels().items()
        if field in form.FIELDS
    ]
    return {"rows": rows, "who": who, "at": at, "buttons": False}
