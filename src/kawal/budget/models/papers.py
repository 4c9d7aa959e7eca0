"""Which papers were issued: each DPA, SPD and enacted version once, with the kept document."""

from django.db import models
from django.db.models import Q

from kawal.budget.facts.papers import Subject
from kawal.budget.models.dpa import Dpa
from kawal.budget.models.spd import Spd
from kawal.budget.models.versions import Version
from kawal.kernel.append_only import append_only


def _about() -> Q:
    """Return that a paper is about just one thing, and that of its subject."""
    nothing = {"dpa__isnull": True, "spd__isnull": True, "version__isnull": True}
    known = Q()
    for subject, column in (
        (Subject.DPA, "dpa"),
        (Subject.SPD, "spd"),
        (Subject.SUMMARY, "version"),
        (Subject.DETAIL, "version"),
    ):
        of_city = subject is Subject.SUMMARY
        own = {f"{column}__isnull": False, "agency__isnull": of_city}
        known |= Q(subject=subject.value, **nothing | own)
    return known


class IssuedPaper(models.Model):
    """A paper that was issued: about what, whose (none: the city's), its code and document."""

    subject = models.CharField(max_length=7)
    dpa = models.OneToOneField(Dpa, models.PROTECT, null=True, related_name="+")
    spd = models.OneToOneField(Spd, models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey("regions.Agency", models.PROTECT, null=True, related_name="+")
    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="+")
    code = models.CharField(max_length=14, unique=True)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="budget_paper_about", condition=_about()),
            models.UniqueConstraint(
                fields=["version", "agency"],
                condition=Q(version__isnull=False),
                nulls_distinct=False,
                name="budget_paper_of_version_once",
            ),
        ]
        triggers = append_only()
