"""Many rows at once, from a spreadsheet: all are taken in, or none and every reason is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kawal.budget import actions, queries
from kawal.budget.facts import ComponentDraft, Content, LineDraft
from kawal.budget.forms import components as form
from kawal.budget.forms import pasted
from kawal.budget.forms.pasted import TypedComponent
from kawal.budget.views.rka_choice import decree_of, funds_of, usual_fund
from kawal.budget.views.rka_desk import Desk, on_sheet, whole
from kawal.budget.views.rka_saving import as_json
from kawal.budget.views.rka_sheet import rows_html
from kawal.identity.submissions import wants_json
from kawal.kernel.refusals import NotThere, Reason, Refused, StaleDraft
from kawal.kernel.words import N_
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.facts import CodeKind
from kawal.regions.views.guard import FORM_METHODS, REFUSED, refused_status
from kawal.ui.formats import decimal_mark

Place = tuple[int, int]  # account and fund


class Asked(msgspec.Struct):
    """A pasted block as the script sends it, and the line below which it goes."""

    block: str
    account: int
    fund: int
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A pasted row: what was typed, what it means, where it goes, and why it may not."""

    typed: TypedComponent
    draft: ComponentDraft | None
    place: Place | None
    reasons: tuple[Reason, ...]


@on_sheet
@require_http_methods(FORM_METHODS)
def paste(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take a pasted block in: from the script, or from a plain form."""
    if request.method == "POST" and wants_json(request):
        return _from_script(request, desk)
    if request.method == "POST":
        return _from_form(request, desk)
    return _page(request, desk)


def _from_script(request: HttpRequest, desk: Desk) -> HttpResponse:
    try:
        asked = msgspec.json.decode(request.body, type=Asked)
    except msgspec.DecodeError:
        return JsonResponse({"reasons": []}, status=400)
    rows = read_rows(desk, asked.block, (asked.account, asked.fund))
    if not rows or any(row.reasons for row in rows):
        return JsonResponse({"rows": [_as_json(row) for row in rows]}, status=REFUSED)
    before = desk.content
    try:
        version = take_in(desk, rows, after=asked.after)
    except Refused as refusal:
        more = {"reasons": as_json(refusal.reasons), "rows": [_as_json(row) for row in rows]}
        return JsonResponse(more, status=REFUSED)
    fresh = Desk(desk.actor, desk.sheet)
    answer = {"version": version, "count": len(rows)} | _now_called(before, fresh.content)
    return JsonResponse(answer | {"html": rows_html(request, fresh)})


def _now_called(before: Content, now: Content) -> dict[str, object]:
    """Return the first row that is new, and the ids that rows had before with what they have now.

    A whole sheet is written anew, so its rows get new ids; the script may hold some unsaved.
    """
    old = {line.line_id: list(line.components) for line in before.lines}
    ids: dict[int, int] = {}
    first = None
    for line in now.lines:
        waiting = old.get(line.line_id, [])
        for one in line.components:
            if waiting and waiting[0].draft == one.draft:
                ids[waiting.pop(0).id] = one.id
            elif first is None:
                first = one.id
    return {"first": first, "ids": ids}


def _as_json(row: Row) -> dict[str, object]:
    texts = {field: value for field, value in asdict(row.typed).items() if field in form.FIELDS}
    return {"texts": texts, "reasons": as_json(row.reasons)}


def _from_form(request: HttpRequest, desk: Desk) -> HttpResponse:
    block, code = request.POST.get("block", ""), request.POST.get("rekening", "").strip()
    fund = whole(request.POST.get("dana"))
    account = _account(desk, code) if code else None
    place = (account, fund) if account and fund else None
    rows = read_rows(desk, block, place)
    reasons = [_in_line(row, reason) for row in rows for reason in row.reasons]
    if not rows:
        reasons.append(Reason("budget.nothing_pasted", N_("Belum ada baris."), at="block"))
    if not reasons:
        try:
            take_in(desk, rows)
        except Refused as refusal:
            reasons += [replace(one, at="block") for one in refusal.reasons]
        else:
            text = _("%(count)s baris masuk ke rincian.") % {"count": len(rows)}
            messages.success(request, text)
            return redirect("budget:sheet", desk.sheet.id)
    return _page(request, desk, reasons)


def _page(request: HttpRequest, desk: Desk, reasons: Sequence[Reason] = ()) -> HttpResponse:
    at = {reason.at for reason in reasons}
    more = {
        "block": request.POST.get("block", ""),
        "account_code": request.POST.get("rekening", ""),
        "funds": [(one.id, f"{one.code} {one.name}") for one in funds_of(desk)],
        "fund_id": whole(request.POST.get("dana")) or usual_fund(desk),
        "reasons": tuple(reasons),
        "errors": {
            "rekening": _("Rekening belum diketahui.") if "rekening" in at else "",
            "block": _("Tidak ada yang disimpan.") if reasons else "",
        },
    }
    return desk.page(request, "rka_paste", refused_status(request), **more)


def _in_line(row: Row, reason: Reason) -> Reason:
    """Return a reason as the summary of the plain form says it: in which line of the block."""
    if reason.at == "rekening":
        return reason
    said = _(reason.text) % dict(reason.values) if reason.values else _(reason.text)
    label = _(form.LABELS[form.placed(reason).at])
    return Reason(
        reason.code,
        N_("Baris %(line)s, %(label)s: %(said)s"),
        at="block",
        values={"line": row.typed.line, "label": label, "said": said},
    )


def read_rows(desk: Desk, block: str, place: Place | None) -> list[Row]:
    """Return the rows of a block; those that name no account of their own go to ``place``."""
    found, style = pasted.read(block, decimal_mark())
    return [_row(desk, typed, style, place) for typed in found]


def _row(desk: Desk, typed: TypedComponent, style: str, place: Place | None) -> Row:
    read = form.read(typed, style)
    account = _account(desk, typed.account) if typed.account else place and place[0]
    fund = _fund(desk, typed.fund) if typed.fund else place and place[1]
    reasons = list(read.reasons)
    if not account:
        reasons.append(Reason("budget.account_unknown", _UNKNOWN_ACCOUNT, at="rekening"))
    if not fund:
        reasons.append(Reason("budget.fund_unknown", _UNKNOWN_FUND, at="dana"))
    where = (account, fund) if account and fund else None
    return Row(typed, read.draft, where, tuple(reasons))


def _account(desk: Desk, code: str) -> int | None:
    try:
        return nomenclature.account(code.split()[0], decree_of(desk, CodeKind.ACCOUNT)).id
    except NotThere:
        return None


def _fund(desk: Desk, code: str) -> int | None:
    try:
        return nomenclature.fund(code.split()[0], decree_of(desk, CodeKind.FUND)).id
    except NotThere:
        return None


def take_in(desk: Desk, rows: Sequence[Row], *, after: int | None = None) -> int:
    """Write the sheet's content as it is now with the rows in it; return the draft's new version.

    Rows are only added, so what others saved meanwhile stays.

    :raises Refused: with every reason; nothing is then written.
    :raises StaleDraft: when somebody saves at the same moment, twice.
    """
    try:
        return _written(desk, rows, after)
    except StaleDraft:
        return _written(desk, rows, after)


def _written(desk: Desk, rows: Sequence[Row], after: int | None) -> int:
    now = queries.content(desk.revision.id)
    lines = with_rows(now, rows, after)
    saved = actions.replace_lines(
        desk.revision.id, lines, read=now.revision.version, actor=desk.actor
    )
    return saved.version


def with_rows(content: Content, rows: Iterable[Row], after: int | None) -> list[LineDraft]:
    """Return the content with rows: below component ``after`` in its line, else at the end."""
    new: dict[Place, list[ComponentDraft]] = {}
    for row in rows:
        if row.place and row.draft:
            new.setdefault(row.place, []).append(row.draft)
    lines = []
    for line in content.lines:
        mine = new.pop((line.account_id, line.fund_id), [])
        ids = [one.id for one in line.components]
        place = ids.index(after) + 1 if after in ids else len(ids)
        drafts = [one.draft for one in line.components]
        drafts[place:place] = mine
        lines.append(
            LineDraft(
                line.account_id, line.fund_id, line.previous_id, tuple(drafts), line.rkpd_item
            )
        )
    return lines + [LineDraft(*place, None, tuple(drafts)) for place, drafts in new.items()]


_UNKNOWN_ACCOUNT = N_("Kode rekening tidak ada pada tahun anggaran ini.")
_UNKNOWN_FUND = N_("Kode sumber dana tidak ada pada tahun anggaran ini.")
