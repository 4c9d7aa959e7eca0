"""Tables of incidents and their timelines."""

from django.db import models
from django.db.models import Q

from kawal.kernel.append_only import append_only
from kawal.monitoring.facts import EventKind, IncidentFacts, IncidentState, Severity
from kawal.monitoring.models.checks import Check
from kawal.monitoring.models.inventory import Application


class Incident(models.Model):
    """Something is wrong with an application, until it is resolved; checks open one at a time."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="incidents")
    check_row = models.ForeignKey(
        Check, models.PROTECT, null=True, db_column="check_id", related_name="+"
    )
    title = models.CharField(max_length=200)
    severity = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default=IncidentState.OPEN.value)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        "identity.Person", models.PROTECT, null=True, related_name="+"
    )
    assignee = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    automatic = models.BooleanField(default=False)
    cause = models.TextField(blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=~Q(state=IncidentState.RESOLVED.value) & Q(check_row__isnull=False),
                name="monitoring_incident_one_open_by_checks",
            ),
            models.CheckConstraint(
                name="monitoring_incident_state",
                condition=Q(state__in=[state.value for state in IncidentState]),
            ),
            models.CheckConstraint(
                name="monitoring_incident_severity",
                condition=Q(severity__in=[severity.value for severity in Severity]),
            ),
            models.CheckConstraint(
                name="monitoring_incident_resolved_has_its_time",
                condition=Q(state=IncidentState.RESOLVED.value, resolved_at__isnull=False)
                | ~Q(state=IncidentState.RESOLVED.value) & Q(resolved_at=None),
            ),
            models.CheckConstraint(
                name="monitoring_incident_acknowledged_by_somebody",
                condition=~Q(state=IncidentState.ACKNOWLEDGED.value)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="monitoring_incident_opened_by_check_or_person",
                condition=Q(check_row__isnull=False) | Q(opened_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "severity"], name="monitoring_incident_open"),
            models.Index(fields=["-opened_at"], name="monitoring_incident_latest"),
        ]

    def as_facts(self) -> IncidentFacts:
        """Return what others may know of it; its application must be read with it."""
        return IncidentFacts(
            id=self.pk,
            application_id=self.application_id,
            application=self.application.name,
            agency_id=self.application.agency_id,
            title=self.title,
            severity=Severity(self.severity),
            state=IncidentState(self.state),
            opened_at=self.opened_at,
            check_id=self.check_row_id,
            opened_by_id=self.opened_by_id,
            acknowledged_at=self.acknowledged_at,
            acknowledged_by_id=self.acknowledged_by_id,
            assignee_id=self.assignee_id,
            resolved_at=self.resolved_at,
            resolved_by_id=self.resolved_by_id,
            automatic=self.automatic,
            cause=self.cause,
            reopened=self.reopened,
            version=self.version,
        )


class IncidentEvent(models.Model):
    """One step in the life of an incident; only ever added to."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    check_row = models.ForeignKey(
        Check, models.PROTECT, null=True, db_column="check_id", related_name="+"
    )
    code = models.SmallIntegerField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="monitoring_incident_event_kind",
                condition=Q(kind__in=[kind.value for kind in EventKind]),
            )
        ]
        indexes = [models.Index(fields=["incident", "at"], name="monitoring_event_timeline")]
        triggers = append_only()
