"""The table of findings: what another module found wrong, until it finds it no more."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from kawal.monitoring.facts import Severity
from kawal.monitoring.findings import FindingDraft, FindingFacts
from kawal.regions.facts import Role
from kawal.regions.models.guards import written_once

FIXED = ("source", "key", "agency_id", "role", "since", "opened_at")
ONCE = ("escalated_at", "closed_at")


class Finding(models.Model):
    """One thing that somebody has to do and has not; one at a time for a key of a source."""

    source = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    agency = models.ForeignKey("regions.Agency", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=40)
    severity = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    instruction = models.CharField(max_length=300)
    values = models.JSONField(default=dict)
    about = models.CharField(max_length=100, blank=True)
    link = models.CharField(max_length=300)
    since = models.DateTimeField()
    due = models.DateField()
    escalate_to = models.CharField(max_length=40, blank=True)
    escalate_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"],
                condition=Q(closed_at=None),
                name="monitoring_finding_one_open",
            ),
            models.CheckConstraint(
                name="monitoring_finding_severity",
                condition=Q(severity__in=[severity.value for severity in Severity]),
            ),
            models.CheckConstraint(
                name="monitoring_finding_ends_after_it_began",
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
            ),
        ]
        triggers = written_once(FIXED, ONCE)

    def as_facts(self) -> FindingFacts:
        """Return the row as facts."""
        return FindingFacts(self.pk, self.source, self.draft(), self.opened_at, self.escalated_at)

    def draft(self) -> FindingDraft:
        """Return what the source said when it was last asked."""
        return FindingDraft(
            key=self.key,
            agency_id=self.agency_id,
            role=Role(self.role),
            severity=Severity(self.severity),
            text=self.text,
            instruction=self.instruction,
            values=self.values,
            about=self.about,
            link=self.link,
            since=self.since,
            due=self.due,
            escalate_to=Role(self.escalate_to) if self.escalate_to else None,
            escalate_on=self.escalate_on,
        )

    def is_to_escalate(self, on: date) -> bool:
        """Tell whether the one above has to hear of it, and has not."""
        return (
            self.escalated_at is None
            and bool(self.escalate_to)
            and self.escalate_on is not None
            and on >= self.escalate_on
        )
