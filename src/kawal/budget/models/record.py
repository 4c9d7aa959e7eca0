"""The system of record that every document of the budget carries."""

from django.db import models
from django.db.models import Q

from kawal.budget.facts import Record


class Recorded(models.Model):
    """Where the document is kept first, and what came with it when it was imported."""

    record = models.CharField(max_length=8, default=Record.HERE.value)
    source = models.CharField(max_length=100, blank=True)
    external_id = models.CharField(max_length=100, blank=True)
    import_batch = models.UUIDField(null=True)
    as_of = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def recorded(table: str) -> list[models.CheckConstraint]:
    """Return the promises of a table's record: a known system, and imported rows say as of when."""
    return [
        models.CheckConstraint(
            name=f"budget_{table}_record", condition=Q(record__in=[r.value for r in Record])
        ),
        models.CheckConstraint(
            name=f"budget_{table}_imported_as_of",
            condition=~Q(record=Record.SIPD.value) | Q(as_of__isnull=False) & ~Q(source=""),
        ),
    ]
