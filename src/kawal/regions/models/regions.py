"""Tables of regions: permanent identities, dated versions, other code systems, outlines."""

from django.db import models

from kawal.regions.facts import RegionFacts, RegionKind, RegionVersionFacts
from kawal.regions.models.dated import in_order, never_at_once
from kawal.regions.models.guards import may_only_be_closed

CODE = r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$"


class Region(models.Model):
    """A region for ever, whatever its code, name, level or parent."""

    recorded_at = models.DateTimeField()


class RegionVersion(models.Model):
    """How a region stood in a span of days."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="versions")
    code = models.CharField(max_length=13)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in RegionKind])
    parent = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    legal_basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            in_order("region_version_days_in_order"),
            never_at_once("region_version_one_at_once", "region"),
            never_at_once("region_code_one_region_at_once", "code"),
            models.CheckConstraint(
                name="region_code_is_kemendagris", condition=models.Q(code__regex=CODE)
            ),
        ]
        indexes = [models.Index(fields=["code"], name="region_version_code")]
        triggers = may_only_be_closed(
            "region_id", "code", "name", "kind", "parent_id", "valid_from", "legal_basis"
        )

    def as_facts(self) -> RegionFacts:
        """Return what others may know of it."""
        return RegionFacts(
            self.region_id, self.code, self.name, RegionKind(self.kind), self.parent_id
        )

    def as_version(self) -> RegionVersionFacts:
        """Return it as one step of the region's history."""
        return RegionVersionFacts(
            self.as_facts(), self.valid_from, self.valid_until, self.legal_basis
        )


class RegionCode(models.Model):
    """A region's code in another system: BPS, or DJPK for governments."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=8, choices=[("bps", "BPS"), ("djpk", "DJPK")])
    code = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="region_code_of_one_region"),
            models.UniqueConstraint(fields=["region", "scheme"], name="region_has_one_code"),
        ]


class RegionShape(models.Model):
    """A region's outline, ready to draw.

    ``path`` is SVG path data in units of 1/100,000 degree, eastwards from 90° E and southwards
    from 10° N: one plane for all of Indonesia, so any regions draw together. ``west``..``south``
    bound it in the same units.
    """

    region = models.OneToOneField(Region, models.PROTECT, related_name="shape")
    path = models.TextField()
    label_x = models.IntegerField()
    label_y = models.IntegerField()
    west = models.IntegerField()
    north = models.IntegerField()
    east = models.IntegerField()
    south = models.IntegerField()
    source = models.CharField(max_length=200)
    imported_at = models.DateTimeField()
