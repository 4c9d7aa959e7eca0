"""Papers that were issued, and those that are to be; who may read one."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from kawal.budget.facts import DpaState, Record, SpdState, VersionKind
from kawal.budget.facts.papers import Issue, IssuedPaperFacts, Paper, Subject
from kawal.budget.models import Dpa, IssuedPaper, Sheet, Spd, SpdWithdrawal, Version, VersionSheet
from kawal.budget.permissions import SEE_DPA, SEE_SPD, SEE_VERSIONS
from kawal.budget.queries import papers
from kawal.budget.queries.spd import spd
from kawal.budget.queries.years import above, standing
from kawal.documents import queries as documents
from kawal.regions.facts import Actor
from kawal.regions.permissions import may, scope
from kawal.regions.queries import is_open, today

MODULE = "budget"
DRAFTS = (VersionKind.RKA.value, VersionKind.RAPBD.value)
DETAILED = (VersionKind.PENJABARAN.value, VersionKind.PENJABARAN_PERUBAHAN.value)
OURS = (Record.HERE.value, Record.FALLBACK.value)
COLUMNS = {Subject.DPA: "dpa", Subject.SPD: "spd"}


def issued_paper(
    subject: Subject, about: int, agency_id: int | None = None
) -> IssuedPaperFacts | None:
    """Return the paper issued about something; ``agency_id`` only of a Penjabaran."""
    rows = IssuedPaper.objects.filter(**{COLUMNS.get(subject, "version"): about})
    if subject not in COLUMNS:
        rows = rows.filter(agency=agency_id)
    row = rows.filter(subject=subject.value).first()
    return _facts(row) if row else None


def _facts(row: IssuedPaper) -> IssuedPaperFacts:
    return IssuedPaperFacts(Subject(row.subject), row.code, row.document_id, row.agency_id)


def issued_codes(year: int) -> dict[tuple[Subject, int], str]:
    """Return the codes of a year's DPA, SPD and summaries, by subject and id."""
    rows = IssuedPaper.objects.exclude(subject=Subject.DETAIL.value)
    own = rows.filter(Q(dpa__version__year=year) | Q(spd__year=year) | Q(version__year=year))
    found = own.values_list("subject", "dpa", "spd", "version", "code")
    return {(Subject(kind), dpa or spd or version): code for kind, dpa, spd, version, code in found}


def detailed(year: int) -> tuple[int, dict[int, str]] | None:
    """Return the newest Penjabaran of a year: its id, and for each agency its code or nothing."""
    row = Version.objects.filter(year=year, kind__in=DETAILED).order_by("-number").first()
    if row is None:
        return None
    done = IssuedPaper.objects.filter(version=row, subject=Subject.DETAIL.value)
    codes = {agency or 0: code for agency, code in done.values_list("agency", "code")}
    return row.pk, {agency: codes.get(agency, "") for agency in _agencies(row)}


def planning_agencies(year: int) -> list[int]:
    """Return the agencies that plan something in a year, with units of theirs or without."""
    held = Sheet.objects.filter(year=year).values_list("unit", flat=True).distinct()
    units = standing(year)
    return sorted({above(unit, units)[-1] for unit in held})


def due_papers(limit: int) -> list[Issue]:
    """Return what is ratified, signed or enacted here and was not issued yet."""
    found: list[Issue] = []
    for some in (_dpas(), _spds(), _summaries(), _details()):
        for one in some:
            if len(found) == limit:
                return found
            found.append(one)
    return found


def _dpas() -> Iterator[Issue]:
    done = IssuedPaper.objects.filter(dpa=OuterRef("pk"))
    rows = Dpa.objects.filter(~Exists(done), state=DpaState.RATIFIED.value, record__in=OURS)
    for row in rows.order_by("pk").iterator():
        if row.ratified_at:
            yield Issue(Subject.DPA, row.pk, row.agency_id, today(row.ratified_at), row.number)


def _spds() -> Iterator[Issue]:
    done = IssuedPaper.objects.filter(spd=OuterRef("pk"))
    rows = Spd.objects.filter(~Exists(done), state=SpdState.SIGNED.value, record__in=OURS)
    for row in rows.order_by("pk").iterator():
        if row.signed_on:
            yield Issue(Subject.SPD, row.pk, row.agency_id, row.signed_on, row.number)


def _summaries() -> Iterator[Issue]:
    done = IssuedPaper.objects.filter(version=OuterRef("pk"), subject=Subject.SUMMARY.value)
    rows = Version.objects.filter(~Exists(done), record__in=OURS).exclude(kind__in=DRAFTS)
    for row in rows.order_by("pk").iterator():
        yield Issue(Subject.SUMMARY, row.pk, None, _day(row), row.instrument_number)


def _details() -> Iterator[Issue]:
    rows = Version.objects.filter(kind__in=DETAILED, record__in=OURS).order_by("pk")
    for row in rows.iterator():
        done = set(IssuedPaper.objects.filter(version=row).values_list("agency", flat=True))
        for agency in _agencies(row):
            if agency not in done:
                yield Issue(Subject.DETAIL, row.pk, agency, _day(row), row.instrument_number)


def _agencies(row: Version) -> list[int]:
    """Return the agencies of which a version holds something, their units counted with them."""
    held = VersionSheet.objects.filter(version=row).values_list("sheet__unit", flat=True)
    units = standing(row.year_id)
    return sorted({above(unit, units)[-1] for unit in held.distinct()})


def _day(row: Version) -> date:
    return row.instrument_date or today(row.made_at)


def withdrawn_since(at: datetime) -> list[tuple[str, str, int]]:
    """Return the papers of SPD that were withdrawn whole since a moment and still count.

    Each with its code, the reason of the last withdrawal, and who withdrew it.
    """
    recent = SpdWithdrawal.objects.filter(at__gte=at).order_by("pk")
    last = {row.spd_id: (row.reason, row.by_id) for row in recent if row.by_id is not None}
    papers_of = IssuedPaper.objects.filter(spd__in=last).values_list("spd", "code")
    return [
        (code, *last[spd_id])
        for spd_id, code in papers_of
        if spd(spd_id).is_withdrawn and documents.issued(code).withdrawn_at is None
    ]


def paper_of(issue: Issue) -> Paper:
    """Return the paper to issue."""
    match issue.subject:
        case Subject.DPA:
            return papers.dpa_paper(issue.id, issue.on)
        case Subject.SPD:
            return papers.spd_paper(issue.id, issue.on)
        case Subject.SUMMARY:
            return papers.summary_paper(issue.id)
        case Subject.DETAIL:
            return papers.detail_paper(issue.id, issue.agency_id or 0)


def may_read(actor: Actor, document_id: UUID) -> bool:
    """Tell whether somebody may read an issued paper: who sees what it is about.

    The APBD is public (UU 14/2008 Ps 9) as soon as the city opened the budget to the public.
    """
    row = IssuedPaper.objects.filter(document=document_id).first()
    if row is None:
        return False
    if row.subject == Subject.DPA:
        return may(actor, SEE_DPA, row.agency_id)
    if row.subject == Subject.SPD:
        return may(actor, SEE_SPD, row.agency_id)
    if is_open(MODULE):
        return True
    if row.agency_id is None:
        return bool(scope(actor, SEE_VERSIONS))
    return may(actor, SEE_VERSIONS, row.agency_id)
