"""What the grid's script sends: a component to save or remove; of two writers both are shown."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kawal.budget import actions, queries
from kawal.budget.facts import ComponentDraft, ComponentFacts, Saved
from kawal.budget.forms import components as form
from kawal.budget.presenters.rka_words import labels
from kawal.budget.views.rka_desk import Desk, on_sheet
from kawal.identity import queries as identity
from kawal.kernel.refusals import Reason, Refused, StaleDraft
from kawal.regions.views.guard import REFUSED
from kawal.ui import formats
from kawal.ui.jinja import said

Texts = dict[str, str]


class Asked(msgspec.Struct):
    """A row as the script sends it; ``base`` are the texts that it began from."""

    read: int
    id: int | None = None
    account: int = 0
    fund: int = 0
    after: int | None = None
    price_item: int | None = None
    texts: Texts = {}
    base: Texts | None = None


@on_sheet
@require_POST
def save(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Save one component; unreadable or refused, every reason comes back at its field."""
    asked = _asked(request)
    if asked is None:
        return JsonResponse({"reasons": []}, status=400)
    typed = form.read(form.typed_of(asked.texts), formats.decimal_mark(), asked.price_item)
    if typed.draft is None:
        return refused(typed.reasons)
    draft = typed.draft

    def put(read: int, component_id: int | None) -> Saved:
        return actions.put_component_after(
            desk.revision.id,
            draft,
            account_id=asked.account,
            fund_id=asked.fund,
            component_id=component_id,
            after_id=asked.after,
            read=read,
            actor=desk.actor,
        )

    return _written(request, desk, asked, put)


@on_sheet
@require_POST
def drop(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Remove one component."""
    asked = _asked(request)
    if asked is None or asked.id is None:
        return JsonResponse({"reasons": []}, status=400)

    def remove(read: int, component_id: int | None) -> Saved:
        return actions.remove_component(
            desk.revision.id, component_id or 0, read=read, actor=desk.actor
        )

    return _written(request, desk, asked, remove)


def _asked(request: HttpRequest) -> Asked | None:
    try:
        return msgspec.json.decode(request.body, type=Asked)
    except msgspec.DecodeError:
        return None


def _written(
    request: HttpRequest, desk: Desk, asked: Asked, write: Callable[[int, int | None], Saved]
) -> HttpResponse:
    """Write; where somebody saved meanwhile, but another row, write all the same and say so."""
    others = ""
    try:
        try:
            saved = write(asked.read, asked.id)
        except StaleDraft as stale:
            theirs = _theirs(desk, asked)
            if asked.id is not None and not _is_untouched(asked, theirs):
                return _conflict(request, desk, asked, stale, theirs)
            others = _who(desk)
            saved = write(stale.current, theirs.id if theirs else None)
    except Refused as refusal:
        return refused(refusal.reasons)
    return JsonResponse(_answer(saved) | {"others": others})


def _answer(saved: Saved) -> dict[str, Any]:
    if saved.component_id is None:
        return {"version": saved.version}
    _revision, component = queries.component(saved.component_id)
    return {
        "version": saved.version,
        "id": component.id,
        "texts": form.texts(component),
        "sen": str(component.amount),
    }


def refused(reasons: "tuple[Reason, ...]") -> HttpResponse:
    """Return every reason, each at the field of the grid that it is about."""
    return JsonResponse({"reasons": as_json(reasons)}, status=REFUSED)


def as_json(reasons: "tuple[Reason, ...]") -> list[dict[str, str]]:
    """Return reasons in the reader's language."""
    return [
        {"code": one.code, "at": one.at, "text": said(one), "mend": _mended(one)}
        for one in map(form.placed, reasons)
    ]


def _mended(reason: Reason) -> str:
    return said(reason.mend) % dict(reason.values) if reason.mend else ""


def _theirs(desk: Desk, asked: Asked) -> ComponentFacts | None:
    """Return the row as it is stored now; nothing when it is new, or removed meanwhile.

    After a paste every row of the sheet is another one: then the row that says the same is it.
    """
    if asked.id is None:
        return None
    now = list(queries.content(desk.revision.id).components())
    began = _began(asked)
    same = (one for one in now if began and replace(one.draft, price_item_id=None) == began)
    return next((one for one in now if one.id == asked.id), None) or next(same, None)


def _is_untouched(asked: Asked, theirs: ComponentFacts | None) -> bool:
    """Tell whether the row itself is as the writer began from it: others saved other rows."""
    return theirs is not None and replace(theirs.draft, price_item_id=None) == _began(asked)


def _began(asked: Asked) -> ComponentDraft | None:
    """Return what the writer began from, as far as it was typed."""
    if asked.base is None:
        return None
    return form.read(form.typed_of(asked.base), formats.decimal_mark()).draft


def _who(desk: Desk) -> str:
    who, at = writer(desk)
    return _("%(who)s juga menyimpan lembar ini pada %(at)s; isinya sudah dimuat.") % {
        "who": who,
        "at": at,
    }


def writer(desk: Desk) -> tuple[str, str]:
    """Return who saved the revision last, and when, in words."""
    now = queries.revision(desk.revision.id)
    known = identity.names([now.changed_by]) if now.changed_by else {}
    return known.get(now.changed_by or 0, _("Orang lain")), formats.waktu(now.changed_at)


def _conflict(
    request: HttpRequest,
    desk: Desk,
    asked: Asked,
    stale: StaleDraft,
    theirs: ComponentFacts | None,
) -> HttpResponse:
    who, at = writer(desk)
    stored = form.texts(theirs) if theirs else {}
    rows = [
        (words, asked.texts.get(field, ""), stored.get(field, "–"))
        for field, words in labels().items()
        if field in form.FIELDS
    ]
    conflict = {"rows": rows, "who": who, "at": at, "buttons": True}
    html = loader.render_to_string(
        "budget/rka_conflict.jinja", {"conflict": conflict}, request, using="jinja2"
    )
    return JsonResponse({"conflict": html, "version": stale.current}, status=409)
