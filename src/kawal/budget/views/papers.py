"""Downloads of papers: the issued document where there is one, else as it stands, marked so."""

import re
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from kawal.budget import permissions, queries
from kawal.budget.facts.papers import Paper, Subject
from kawal.budget.presenters.papers import drawn
from kawal.budget.queries import papers
from kawal.budget.queries.issued import issued_paper
from kawal.documents import queries as documents
from kawal.documents.views import as_file
from kawal.identity import access
from kawal.kernel.refusals import NotThere
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may
from kawal.regions.queries import today, zone
from kawal.regions.views.guard import for_those_who


@for_those_who(permissions.SEE_RKA)
@require_safe
def sheet_pdf(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Hand out one RKA sheet: the revision asked for, else the open one, else the sealed one."""
    own = queries.sheet(sheet_id)
    _see(request, permissions.SEE_RKA, own.unit_id)
    said = queries.open_revision(sheet_id) or queries.head_revision(sheet_id)
    asked = request.GET.get("revisi", "")
    if said is None and not asked.isdigit():
        raise NotThere(f"revision of sheet {sheet_id}")
    chosen = int(asked) if asked.isdigit() else (said.id if said else 0)
    return _as_it_stands(papers.sheet_paper(sheet_id, chosen, _on(request)))


@for_those_who(permissions.SEE_RKA)
@require_safe
def agency_pdf(request: HttpRequest, year: int, agency_id: int) -> HttpResponse:
    """Hand out an agency's whole RKA as it stands."""
    _see(request, permissions.SEE_RKA, agency_id)
    return _as_it_stands(papers.agency_paper(year, agency_id, _on(request)))


@for_those_who(permissions.SEE_DPA)
@require_safe
def dpa_pdf(request: HttpRequest, dpa_id: int) -> HttpResponse:
    """Hand out a DPA."""
    _see(request, permissions.SEE_DPA, queries.dpa(dpa_id).agency_id)
    issued = _issued(request, Subject.DPA, dpa_id)
    return issued or _as_it_stands(papers.dpa_paper(dpa_id, _on(request)))


@for_those_who(permissions.SEE_CASH_PLAN)
@require_safe
def cash_plan_pdf(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Hand out a cash plan."""
    _see(request, permissions.SEE_CASH_PLAN, queries.cash_plan(plan_id).unit_id)
    return _as_it_stands(papers.plan_paper(plan_id, _on(request)))


@for_those_who(permissions.SEE_SPD)
@require_safe
def spd_pdf(request: HttpRequest, spd_id: int) -> HttpResponse:
    """Hand out an SPD."""
    _see(request, permissions.SEE_SPD, queries.spd(spd_id).agency_id)
    issued = _issued(request, Subject.SPD, spd_id)
    return issued or _as_it_stands(papers.spd_paper(spd_id, _on(request)))


@for_those_who(permissions.SEE_VERSIONS)
@require_safe
def version_pdf(request: HttpRequest, version_id: int) -> HttpResponse:
    """Hand out the summary of a version."""
    issued = _issued(request, Subject.SUMMARY, version_id)
    return issued or _as_it_stands(papers.summary_paper(version_id))


@for_those_who(permissions.SEE_VERSIONS)
@require_safe
def detail_pdf(request: HttpRequest, version_id: int, agency_id: int) -> HttpResponse:
    """Hand out what a version details for an agency."""
    _see(request, permissions.SEE_VERSIONS, agency_id)
    issued = _issued(request, Subject.DETAIL, version_id, agency_id)
    return issued or _as_it_stands(papers.detail_paper(version_id, agency_id))


@for_those_who(permissions.SEE_SHIFTS)
@require_safe
def shift_pdf(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Hand out a shift, before and after."""
    _see(request, permissions.SEE_SHIFTS, queries.shift(shift_id).agency_id)
    return _as_it_stands(papers.shift_paper(shift_id, _on(request)))


def _see(request: HttpRequest, act: str, agency_id: int) -> None:
    """Do nothing for who may see it; to others it is not there."""
    if not may(actor_of(request), act, agency_id):
        raise NotThere(f"{act} of {agency_id}")


def _on(request: HttpRequest) -> date:
    return today(actor_of(request).at)


def _issued(
    request: HttpRequest, subject: Subject, about: int, agency_id: int | None = None
) -> HttpResponse | None:
    issued = issued_paper(subject, about, agency_id)
    if issued is None:
        return None
    found = documents.document(issued.document_id)
    access.record(request, "documents.download", found.kind, found.id)
    return as_file(found)


def _as_it_stands(paper: Paper) -> HttpResponse:
    response = HttpResponse(drawn(paper, zone()), content_type="application/pdf")
    name = re.sub(r"[^\w .()–-]+", "-", paper.title)[:120]
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf") or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
