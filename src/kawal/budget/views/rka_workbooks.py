"""XLSX both ways: sheets to edit in a spreadsheet, and the edited workbook taken in whole."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kawal.budget import marked_workbooks, queries
from kawal.budget.imports.rka_book import COLUMNS, CellFault
from kawal.budget.imports.rka_intake import Taken, take_in
from kawal.budget.imports.rka_marked import mark
from kawal.budget.permissions import DRAFT_RKA, SEE_RKA
from kawal.budget.presenters import rka_workbook
from kawal.budget.views.rka_desk import Desk, on_sheet, whole
from kawal.budget.views.workbook_file import as_workbook
from kawal.documents import actions as documents
from kawal.documents.facts import DocumentFacts
from kawal.kernel.importing.problems import FileProblem
from kawal.kernel.refusals import NotThere, Reason
from kawal.kernel.words import N_
from kawal.regions.facts import Actor
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import scope
from kawal.regions.queries import units_below
from kawal.regions.views.guard import FORM_METHODS, REFUSED, for_those_who
from kawal.ui import pages
from kawal.ui.jinja import said

SHOWN = 50


@for_those_who(SEE_RKA)
@require_http_methods(FORM_METHODS)
def rka_workbook_page(request: HttpRequest, year: int) -> HttpResponse:
    """Offer the workbooks of a year, and take an edited one in."""
    queries.year(year)
    shared = {"year": year, "agencies": _agencies(request, year), "sheet": None}
    if request.method == "GET":
        return _page(request, shared)
    return _handed_in(request, year, shared) or redirect("budget:rka", year)


@for_those_who(SEE_RKA)
@require_safe
def rka_download(request: HttpRequest, year: int) -> HttpResponse:
    """Hand out the workbook of one agency with its units, or of all that the reader may see."""
    queries.year(year)
    ids = scope(actor_of(request), SEE_RKA).only
    agency = whole(request.GET.get("unit"))
    if agency is not None:
        below = units_below([agency], _end_of(year))[agency]
        ids = below if ids is None else below & ids
    if ids is not None and not ids:
        raise NotThere(f"agency {agency}")
    return _file(year, f"rka-{year}.xlsx", unit_ids=ids)


@on_sheet
@require_http_methods(FORM_METHODS)
def sheet_workbook(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Offer the workbook of one sheet, and take it in again."""
    shared = {"year": desk.sheet.year, "agencies": (), "sheet": desk.sheet, "title": ""}
    if request.method == "GET":
        return _page(request, shared, desk)
    taken = _handed_in(request, desk.sheet.year, shared, desk)
    return taken or redirect("budget:sheet", desk.sheet.id)


@on_sheet
@require_safe
def sheet_download(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Hand out the workbook of one sheet."""
    name = desk.sheet.activity_code or desk.sheet.kind.value
    return _file(desk.sheet.year, f"rka-{desk.sheet.year}-{name}.xlsx", sheet_id=desk.sheet.id)


def _end_of(year: int) -> date:
    return date(year, 12, 31)


def _agencies(request: HttpRequest, year: int) -> list[tuple[int, str]]:
    """Return the agencies whose sheets the reader may have, each with its units."""
    reach = scope(actor_of(request), SEE_RKA)
    mine = [one for one in queries.standing(year).values() if one.id in reach]
    ids = {one.id for one in mine}
    tops = [one for one in mine if one.parent_id not in ids]
    return [(one.id, one.name) for one in sorted(tops, key=lambda one: one.code)]


def _file(year: int, name: str, **chosen: Any) -> HttpResponse:
    units = {one.id: (one.code, one.name) for one in queries.standing(year).values()}
    rows = queries.workbook_rows(year, **chosen)
    return as_workbook(name, lambda path: rka_workbook.write(path, rows, units))


def _page(
    request: HttpRequest, shared: Mapping[str, Any], desk: Desk | None = None, **more: Any
) -> HttpResponse:
    drafts = desk.writes if desk else bool(scope(actor_of(request), DRAFT_RKA))
    empty = {"problem": None, "taken": None, "faults": (), "marked": None, "may_hand_in": drafts}
    context = {**empty, **shared, **more}
    status = REFUSED if context["problem"] else 200
    if desk is not None:
        del context["sheet"], context["title"]
        return desk.page(request, "rka_sheet_workbook", status, **context)
    return pages.render(request, "budget/rka_workbook.jinja", context, status)


def _handed_in(
    request: HttpRequest, year: int, shared: Mapping[str, Any], desk: Desk | None = None
) -> HttpResponse | None:
    """Take an uploaded workbook in; with faults return the page that shows them."""
    upload = request.FILES.get("file")
    if upload is None:
        reason = Reason("budget.no_file", N_("Pilih berkasnya."), at="file")
        return _page(request, shared, desk, problem=reason)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "buku.xlsx"
        with path.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        try:
            taken = take_in(path, year, actor=actor_of(request))
        except FileProblem as error:
            return _page(request, shared, desk, problem=error.reason)
        if taken.is_refused:
            marked = _keep_marked(taken, Path(folder), upload, actor_of(request))
            faults = [_shown(one) for one in taken.book.faults[:SHOWN]]
            return _page(request, shared, desk, taken=taken, faults=faults, marked=marked)
    values = {"changed": taken.changed + taken.new, "same": taken.unchanged, "read": taken.read}
    text = _("%(read)s baris dibaca; %(changed)s lembar diganti, %(same)s tetap.") % values
    messages.success(request, text)
    return None


def _keep_marked(
    taken: Taken, folder: Path, upload: "UploadedFile[Any]", actor: Actor
) -> DocumentFacts:
    path = folder / "bertanda.xlsx"
    mark(taken.book, path)
    name = f"{Path(upload.name or 'rka').stem}-kesalahan.xlsx"
    kind = marked_workbooks.NAME
    with path.open("rb") as stream:
        return documents.keep(stream, name=name, kind=kind, by=actor.person_id, at=actor.at)


def _shown(fault: CellFault) -> tuple[int, str, str, str]:
    labels = {column.name: _(column.label) for column in COLUMNS}
    mend = _(fault.reason.mend) % dict(fault.reason.values) if fault.reason.mend else ""
    return fault.line, labels.get(fault.column, fault.column), said(fault.reason), mend
