"""The year's Perubahan: those that were, and the one that is being drafted."""

from django.db.models import QuerySet

from kawal.budget.facts import RevisionState
from kawal.budget.facts.amendments import AmendmentFacts, AmendmentGround, AmendmentState
from kawal.budget.models import Amendment, Revision
from kawal.budget.queries.shifts import held_by_shifts
from kawal.budget.queries.years import standing
from kawal.kernel.refusals import NotThere

UNDER_WAY = [AmendmentState.OPEN.value, AmendmentState.ENACTED.value]
UNVERIFIED = [RevisionState.DRAFT.value, RevisionState.SUBMITTED.value]


def amendments(year: int) -> list[AmendmentFacts]:
    """Return a year's Perubahan, the newest first."""
    return [amendment_facts(row) for row in Amendment.objects.filter(year=year).order_by("-pk")]


def amendment(amendment_id: int) -> AmendmentFacts:
    """Return a Perubahan.

    :raises NotThere: when there is none.
    """
    row = Amendment.objects.filter(pk=amendment_id).first()
    if row is None:
        raise NotThere(f"amendment {amendment_id}")
    return amendment_facts(row)


def open_amendment(year: int) -> AmendmentFacts | None:
    """Return the Perubahan for which shifts of a year wait, if any."""
    row = Amendment.objects.filter(year=year, state__in=UNDER_WAY).first()
    return amendment_facts(row) if row else None


def unverified(year: int) -> list[str]:
    """Return the names of sheets that are being rewritten and not verified, but for shifts'."""
    rows = _open_ones(year).filter(state__in=UNVERIFIED)
    units = standing(year)
    found = []
    for row in rows.select_related("sheet__activity"):
        sheet = row.sheet
        unit = units[sheet.unit_id].name if sheet.unit_id in units else ""
        activity = f"{sheet.activity.code} {sheet.activity.name}" if sheet.activity else ""
        found.append(f"{unit} {activity}".strip())
    return sorted(found)


def verified(year: int) -> list[int]:
    """Return the verified revisions that a Perubahan of the year would take up."""
    rows = _open_ones(year).filter(state=RevisionState.VERIFIED.value)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _open_ones(year: int) -> "QuerySet[Revision]":
    rows = Revision.objects.filter(sheet__year=year)
    return rows.exclude(pk__in=held_by_shifts(year))


def amendment_facts(row: Amendment) -> AmendmentFacts:
    """Return a row as facts."""
    return AmendmentFacts(
        row.pk,
        row.year_id,
        AmendmentGround(row.ground),
        row.explanation,
        row.moved,
        AmendmentState(row.state),
        row.opened_by_id,
        row.opened_at,
        row.enacted_version_id,
        row.detailed_version_id,
        row.reason,
    )
