"""Tables of checks: what is asked, where each stands now, what waits, where we may look."""

from django.db import models
from django.db.models import F, Q

from kawal.kernel.append_only import append_only
from kawal.monitoring.facts import CheckFacts, Kind, State
from kawal.monitoring.models.inventory import Application

_KINDS = [kind.value for kind in Kind]
_STATES = [state.value for state in State]


class Check(models.Model):
    """One question put to an application again and again. Times in seconds.

    ``counts`` (does it decide whether the application is up) never changes, so that the uptime of
    the past cannot; neither do the application and the kind.
    """

    id = models.AutoField(primary_key=True)
    application = models.ForeignKey(Application, models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=9)
    name = models.CharField(max_length=120)
    spec = models.JSONField(default=dict)
    secrets = models.BinaryField(null=True)
    interval = models.PositiveIntegerField(default=60)
    timeout = models.PositiveSmallIntegerField(default=10)
    confirmations = models.PositiveSmallIntegerField(default=2)
    recheck = models.PositiveSmallIntegerField(default=5)
    counts = models.BooleanField(default=True)
    enabled = models.BooleanField(default=True)
    public = models.BooleanField(default=False)
    key_hash = models.BinaryField(max_length=32, null=True, unique=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "name"],
                condition=Q(retired_at=None),
                name="monitoring_check_named_once",
            ),
            models.CheckConstraint(name="monitoring_check_kind", condition=Q(kind__in=_KINDS)),
            models.CheckConstraint(
                name="monitoring_check_times",
                condition=Q(interval__gte=1, timeout__gte=1, recheck__gte=1, confirmations__gte=1),
            ),
            models.CheckConstraint(
                name="monitoring_check_key_when_pushed",
                condition=Q(kind__in=["heartbeat", "numbers"], key_hash__isnull=False)
                | ~Q(kind__in=["heartbeat", "numbers"]) & Q(key_hash=None),
            ),
        ]

    def as_facts(self) -> CheckFacts:
        """Return what others may know of it, without its state."""
        return CheckFacts(
            id=self.pk,
            application_id=self.application_id,
            kind=Kind(self.kind),
            name=self.name,
            spec=self.spec,
            interval=self.interval,
            timeout=self.timeout,
            confirmations=self.confirmations,
            recheck=self.recheck,
            counts=self.counts,
            enabled=self.enabled,
            public=self.public,
            version=self.version,
        )


class CheckState(models.Model):
    """Where a check stands now. Only the prober writes it; it is small and often rewritten.

    ``memory``: what a pushed check must remember longer than its pings are kept.
    """

    check_row = models.OneToOneField(
        Check, models.PROTECT, primary_key=True, db_column="check_id", related_name="now"
    )
    state = models.SmallIntegerField(default=State.UNKNOWN.value)
    code = models.SmallIntegerField(default=0)
    detail = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    last_at = models.DateTimeField(null=True)
    last_ok_at = models.DateTimeField(null=True)
    last_ms = models.FloatField(null=True)
    last_code = models.SmallIntegerField(default=0)
    failing = models.PositiveSmallIntegerField(default=0)
    memory = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="monitoring_check_state_known", condition=Q(state__in=_STATES)
            )
        ]


class CheckChange(models.Model):
    """Who changed what of a check, and when; only ever added to. Secrets show as changed only."""

    check_row = models.ForeignKey(
        Check, models.PROTECT, db_column="check_id", related_name="changes"
    )
    at = models.DateTimeField()
    by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField()
    changes = models.JSONField()

    class Meta:
        triggers = append_only()


class Proposal(models.Model):
    """A check that was proposed from a pasted list and waits for somebody to confirm it."""

    agency = models.ForeignKey("regions.Agency", models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="+")
    application_name = models.CharField(max_length=120)
    address = models.CharField(max_length=500)
    kind = models.CharField(max_length=9)
    name = models.CharField(max_length=120)
    spec = models.JSONField()
    interval = models.PositiveIntegerField()
    counts = models.BooleanField(default=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    made = models.ForeignKey(Check, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "application_name", "kind", "address"],
                condition=Q(decided_at=None),
                name="monitoring_proposal_once",
            ),
            models.CheckConstraint(name="monitoring_proposal_kind", condition=Q(kind__in=_KINDS)),
        ]


class AllowedNetwork(models.Model):
    """A private network that an administrator opened to checks: which ports, who, why."""

    network = models.CharField(max_length=43)
    first_port = models.PositiveIntegerField()
    last_port = models.PositiveIntegerField()
    why = models.CharField(max_length=300)
    by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "first_port", "last_port"],
                condition=Q(closed_at=None),
                name="monitoring_allowed_network_once",
            ),
            models.CheckConstraint(
                name="monitoring_allowed_network_ports",
                condition=Q(
                    first_port__gte=0, last_port__lte=65535, last_port__gte=F("first_port")
                ),
            ),
            models.CheckConstraint(
                name="monitoring_allowed_network_says_why", condition=~Q(why="")
            ),
        ]
