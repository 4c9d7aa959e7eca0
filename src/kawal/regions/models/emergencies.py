"""The table of break-glass: power lent for some hours by two administrators, in public."""

from django.db import models
from django.db.models import F, Q

from kawal.regions.facts import BreakGlassFacts, Role
from kawal.regions.models.guards import written_once
from kawal.regions.roles import BREAK_GLASS_MOST, EMERGENCY


class BreakGlass(models.Model):
    """A request by one administrator that another grants: a role for a person, for some hours.

    ``until`` bounds it whatever happens; ``closed_at`` is when its end was made public.
    """

    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    role = models.CharField(max_length=32)
    agency = models.ForeignKey("regions.Agency", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500)
    length = models.DurationField()
    asked_by = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    granted_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="break_glass_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="break_glass_role",
                condition=Q(role__in=sorted(role.value for role in EMERGENCY)),
            ),
            models.CheckConstraint(
                name="break_glass_is_dual",
                condition=Q(granted_by__isnull=True)
                | (~Q(granted_by=F("asked_by")) & ~Q(granted_by=F("person"))),
            ),
            models.CheckConstraint(
                name="break_glass_is_time_boxed",
                condition=Q(granted_at__isnull=True, granted_by__isnull=True, until__isnull=True)
                | Q(
                    granted_at__isnull=False,
                    granted_by__isnull=False,
                    until__gt=F("granted_at"),
                    until__lte=F("granted_at") + BREAK_GLASS_MOST,
                ),
            ),
        ]
        triggers = written_once(
            fixed=("person_id", "role", "agency_id", "reason", "length", "asked_by_id", "asked_at"),
            once=("granted_by_id", "granted_at", "until", "closed_by_id", "closed_at"),
        )

    def as_facts(self) -> BreakGlassFacts:
        """Return what others may know of it."""
        return BreakGlassFacts(
            id=self.pk,
            person_id=self.person_id,
            role=Role(self.role),
            agency_id=self.agency_id,
            reason=self.reason,
            length=self.length,
            asked_by=self.asked_by_id,
            asked_at=self.asked_at,
            granted_by=self.granted_by_id,
            granted_at=self.granted_at,
            until=self.until,
            closed_at=self.closed_at,
        )
