"""Tables of the watchers themselves: are they alive, up to when, and how did they judge it."""

from django.db import models

from kawal.kernel.append_only import append_only


class Watcher(models.Model):
    """One watching process, rewritten every second or two; whoever reads greys out by it.

    ``watermark``: everything due up to then is stored. ``batch``: number of the last batch
    committed, so that a retry after a lost connection writes nothing twice.
    """

    name = models.CharField(max_length=20, primary_key=True)
    started_at = models.DateTimeField()
    alive_at = models.DateTimeField()
    watermark = models.DateTimeField()
    batch = models.BigIntegerField(default=0)
    verdict = models.SmallIntegerField(default=0)
    lag_ms = models.FloatField(default=0)
    figures = models.JSONField(default=dict)


class Verdict(models.Model):
    """A change of a watcher's judgement of its own health: 0 is well, else a ``Code``."""

    watcher = models.CharField(max_length=20)
    at = models.DateTimeField()
    verdict = models.SmallIntegerField()
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["watcher", "-at"], name="monitoring_verdict_latest")]
        triggers = append_only()
