"""Where regions wait, within one transaction, to be judged and written all together."""

from django.db import models


class RegionIncoming(models.Model):
    """One line of a list of regions; outside the transaction that takes it in there is none."""

    line = models.BigIntegerField()
    code = models.CharField(max_length=13)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    parent = models.CharField(max_length=13, blank=True)
    region_id = models.BigIntegerField(null=True)
    standing = models.BigIntegerField(null=True)
    fate = models.CharField(max_length=10, null=True)  # noqa: DJ001 - not judged yet

    class Meta:
        db_table = "regions_incoming"
        indexes = [models.Index(fields=["code"], name="region_incoming_code")]
