"""Which lines a budget has: of a version, or as the year is being drafted now."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from kawal.budget.models import Revision, RevisionLine, Version, VersionSheet
from kawal.budget.models.revisions import OPEN


def version_lines(version_id: int) -> "QuerySet[RevisionLine]":
    """Return the lines of a version, as its sealed revisions say them."""
    held = VersionSheet.objects.filter(version_id=version_id).values("revision_id")
    return RevisionLine.objects.filter(revision_id__in=held)


def drafted_lines(year: int) -> "QuerySet[RevisionLine]":
    """Return the lines of the year's drafts: a sheet's open revision, else what its head holds."""
    head = Version.objects.filter(year_id=year).order_by("-number").values("pk")[:1]
    held = VersionSheet.objects.filter(version_id=head).values("revision_id")
    opened = Revision.objects.filter(sheet=OuterRef("revision__sheet"), state__in=OPEN)
    rows = RevisionLine.objects.filter(revision__sheet__year_id=year)
    return rows.filter(Q(revision__state__in=OPEN) | Q(revision_id__in=held) & ~Exists(opened))
