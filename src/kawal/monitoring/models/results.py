"""Tables of what was found: state changes for ever, and hours with their minutes.

Raw results and pings live in ``monitoring_result`` and ``monitoring_ping``, which Django does not
model: partitioned by day (migration 0002), written by COPY only, read by ``queries``.
"""

from django.db import models
from django.db.models import Q

from kawal.kernel.append_only import append_only
from kawal.monitoring.facts import State
from kawal.monitoring.models.checks import Check


class Transition(models.Model):
    """One change of a check's state, kept for ever. ``at``: when it began (UTC)."""

    check_row = models.ForeignKey(Check, models.PROTECT, db_column="check_id", related_name="+")
    at = models.DateTimeField()
    old = models.SmallIntegerField()
    new = models.SmallIntegerField()
    code = models.SmallIntegerField()
    detail = models.CharField(max_length=300, blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_row", "at"], name="monitoring_transition_one_at_a_time"
            ),
            models.CheckConstraint(
                name="monitoring_transition_known",
                condition=Q(old__in=[s.value for s in State], new__in=[s.value for s in State]),
            ),
        ]
        indexes = [models.Index(fields=["at"], name="monitoring_transition_at")]
        triggers = append_only()


class Hour(models.Model):
    """One check in one hour: counts, quantiles, and its sixty minutes packed.

    ``histogram`` is the mergeable latency histogram, ``minutes`` the packed minutes: both are
    written and read by ``rollups``. Latencies in milliseconds, of answers only.
    """

    pk = models.CompositePrimaryKey("check_row_id", "hour")
    check_row = models.ForeignKey(
        Check, models.PROTECT, db_column="check_id", related_name="+", db_index=False
    )
    hour = models.DateTimeField()
    up = models.PositiveSmallIntegerField()
    warn = models.PositiveSmallIntegerField()
    down = models.PositiveSmallIntegerField()
    unknown = models.PositiveSmallIntegerField()
    missed = models.PositiveSmallIntegerField()
    p50 = models.FloatField(null=True)
    p95 = models.FloatField(null=True)
    p99 = models.FloatField(null=True)
    worst = models.FloatField(null=True)
    histogram = models.BinaryField()
    minutes = models.BinaryField()


class RolledHour(models.Model):
    """An hour that was rolled up. ``is_dirty``: results came in later, so it is done anew."""

    hour = models.DateTimeField(primary_key=True)
    rolled_at = models.DateTimeField()
    results = models.BigIntegerField(default=0)
    is_dirty = models.BooleanField(default=False)
