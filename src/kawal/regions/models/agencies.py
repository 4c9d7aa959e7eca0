"""Tables of agencies (OPD) and units: permanent identities, dated versions, succession."""

from django.db import models
from django.db.models import F, Q

from kawal.kernel.append_only import append_only
from kawal.regions.facts import AgencyFacts, AgencyKind, AgencyStatus, AgencyVersionFacts
from kawal.regions.models.dated import in_order, never_at_once
from kawal.regions.models.guards import may_only_be_closed

CODE = r"^\d\.\d{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}\.\d{4}$"


class Agency(models.Model):
    """An agency or unit for ever, whatever its code, name, parent or status."""

    recorded_at = models.DateTimeField()


class AgencyVersion(models.Model):
    """How an agency stood in a span of days, by which regulation (SOTK)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="versions")
    code = models.CharField(max_length=22)
    name = models.CharField(max_length=160)
    short = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in AgencyKind])
    parent = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey("regions.Region", models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=8, choices=[(s.value, s.value) for s in AgencyStatus])
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    legal_basis = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            in_order("agency_version_days_in_order"),
            never_at_once("agency_version_one_at_once", "agency"),
            never_at_once(
                "agency_code_one_agency_at_once", "code", when=Q(status=AgencyStatus.ACTIVE.value)
            ),
            models.CheckConstraint(
                name="agency_code_is_permendagri_90", condition=Q(code__regex=CODE)
            ),
            models.CheckConstraint(
                name="agency_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("agency")),
            ),
            models.CheckConstraint(
                name="agency_version_has_legal_basis", condition=~Q(legal_basis="")
            ),
        ]
        triggers = may_only_be_closed(
            "agency_id",
            "code",
            "name",
            "short",
            "kind",
            "parent_id",
            "region_id",
            "status",
            "valid_from",
            "legal_basis",
            "recorded_at",
        )

    def as_facts(self) -> AgencyFacts:
        """Return what others may know of it."""
        return AgencyFacts(
            id=self.agency_id,
            code=self.code,
            name=self.name,
            short=self.short,
            kind=AgencyKind(self.kind),
            parent_id=self.parent_id,
            status=AgencyStatus(self.status),
            region_id=self.region_id,
            version_id=self.pk,
        )

    def as_version(self) -> AgencyVersionFacts:
        """Return it as one step of the agency's history."""
        return AgencyVersionFacts(
            self.as_facts(), self.valid_from, self.valid_until, self.legal_basis
        )


class AgencySuccession(models.Model):
    """One agency follows another: a merger has many predecessors, a split many successors."""

    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, models.PROTECT, related_name="precessions")
    valid_from = models.DateField()
    legal_basis = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="agency_follows_another_once"
            ),
            models.CheckConstraint(
                name="agency_does_not_follow_itself", condition=~Q(predecessor=F("successor"))
            ),
        ]
        triggers = append_only()
