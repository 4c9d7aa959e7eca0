"""Versions of a year's budget: each names one sealed revision of every sheet, for ever."""

from django.db import models
from django.db.models import Q

from kawal.budget.facts import Instrument, VersionKind
from kawal.budget.models.record import Recorded, recorded
from kawal.budget.models.revisions import Revision
from kawal.budget.models.sheets import Sheet
from kawal.budget.models.version_guards import before_their_version, whole_when_made
from kawal.budget.models.years import FiscalYear
from kawal.kernel.append_only import append_only


class Version(Recorded):
    """A version, made whole in one action and never changed; each follows exactly one other.

    ``stage`` is the code that document numbers carry: M, P, P2... (empty before the DPA).
    ``digest`` is the SHA-256 over the digests of its revisions, as the trail has it.
    """

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    parent = models.OneToOneField("self", models.PROTECT, null=True, related_name="child")
    stage = models.CharField(max_length=5, blank=True)
    instrument = models.CharField(max_length=8, blank=True)
    instrument_number = models.CharField(max_length=100, blank=True)
    instrument_date = models.DateField(null=True)
    title = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="budget_version_number"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(parent=None), name="budget_version_one_first"
            ),
            models.CheckConstraint(
                name="budget_version_kind", condition=Q(kind__in=[k.value for k in VersionKind])
            ),
            models.CheckConstraint(
                name="budget_version_instrument",
                condition=Q(instrument__in=[i.value for i in Instrument])
                & (Q(instrument="") | ~Q(instrument_number="") & Q(instrument_date__isnull=False)),
            ),
            *recorded("version"),
        ]
        triggers = [*append_only(), whole_when_made()]


class VersionSheet(models.Model):
    """The revision of a sheet that a version holds; unchanged sheets are shared with its parent."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="sheets")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "sheet"], name="budget_version_sheet_key"),
        ]
        triggers = [*append_only(), before_their_version()]
