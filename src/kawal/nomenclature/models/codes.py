"""Codes: accounts, activities, funds and functions, each under the decree that defines it."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value

from kawal.nomenclature.facts import AccountFacts, ActivityFacts, ActivityLevel, FundFacts
from kawal.nomenclature.models.decrees import Decree
from kawal.regions.models.guards import never_deleted

# The text parser takes "Alat/Bahan" for the name of a file, so marks become spaces first.
WORDS = SearchVector(
    Func(
        F("name"),
        Value("/-.,()"),
        Value("      "),
        function="translate",
        output_field=models.TextField(),
    ),
    config="simple",
)


def searched(kind: str) -> list[models.Index]:
    """Return the indexes of a table of codes: by prefix of the code, by words of the name."""
    return [
        models.Index(
            fields=["code"], opclasses=["varchar_pattern_ops"], name=f"nomenclature_{kind}_code"
        ),
        GinIndex(fields=["words"], name=f"nomenclature_{kind}_words"),
    ]


class Codes(models.Manager[Any]):
    """Reads codes without the words that only the search needs."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Return all rows, their words left in the database."""
        return super().get_queryset().defer("words")


class Code(models.Model):
    """What every coded row has: its decree, its code, its place in the tree, its name."""

    decree = models.ForeignKey(Decree, models.PROTECT, related_name="+")
    code = models.CharField(max_length=30)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=500)
    is_active = models.BooleanField(default=True)
    # Stored, because to take a name apart costs more than all else in a search of many codes.
    words = models.GeneratedField(
        expression=WORDS, output_field=SearchVectorField(), db_persist=True
    )

    objects = Codes()

    class Meta:
        abstract = True


class Account(Code):
    """An account of the six levels (digits 1.1.2.2.2.4); budget lines stand on level 6."""

    level = models.PositiveSmallIntegerField()
    flags = ArrayField(models.CharField(max_length=30), default=list)

    class Meta:
        indexes = searched("account")
        constraints = [
            models.UniqueConstraint(fields=["decree", "code"], name="nomenclature_account_key"),
            models.CheckConstraint(
                name="nomenclature_account_level", condition=Q(level__range=(1, 6))
            ),
        ]
        triggers = never_deleted()

    def as_facts(self) -> AccountFacts:
        """Return the row as facts."""
        return AccountFacts(
            self.pk,
            self.code,
            self.name,
            self.level,
            self.parent_id,
            frozenset(self.flags),
            self.decree_id,
            self.is_active,
        )


class Function(Code):
    """A function of government (fungsi), to which each bidang urusan belongs."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decree", "code"], name="nomenclature_function_key")
        ]
        triggers = never_deleted()


class Activity(Code):
    """An urusan, bidang, program, kegiatan or sub kegiatan; of province or city by kewenangan."""

    level = models.CharField(max_length=12)
    function = models.ForeignKey(Function, models.PROTECT, null=True, related_name="+")
    indicator = models.CharField(max_length=500, blank=True)
    unit = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = searched("activity")
        constraints = [
            models.UniqueConstraint(fields=["decree", "code"], name="nomenclature_activity_key"),
            models.CheckConstraint(
                name="nomenclature_activity_level",
                condition=Q(level__in=[level.value for level in ActivityLevel]),
            ),
        ]
        triggers = never_deleted()

    def as_facts(self) -> ActivityFacts:
        """Return the row as facts."""
        return ActivityFacts(
            self.pk,
            self.code,
            self.name,
            ActivityLevel(self.level),
            self.parent_id,
            self.indicator,
            self.unit,
            self.decree_id,
            self.is_active,
        )


class Fund(Code):
    """A source of money (sumber dana); earmarked ones may not be mixed."""

    level = models.PositiveSmallIntegerField()
    is_earmarked = models.BooleanField(default=False)

    class Meta:
        indexes = searched("fund")
        constraints = [
            models.UniqueConstraint(fields=["decree", "code"], name="nomenclature_fund_key"),
            models.CheckConstraint(
                name="nomenclature_fund_level", condition=Q(level__range=(1, 6))
            ),
        ]
        triggers = never_deleted()

    def as_facts(self) -> FundFacts:
        """Return the row as facts."""
        return FundFacts(
            self.pk,
            self.code,
            self.name,
            self.level,
            self.parent_id,
            self.is_earmarked,
            self.decree_id,
            self.is_active,
        )


class Crosswalk(models.Model):
    """Which code of a later decree stands for which of an earlier one; one to many is said."""

    kind = models.CharField(max_length=10)
    earlier = models.ForeignKey(Decree, models.PROTECT, related_name="+")
    earlier_code = models.CharField(max_length=30)
    later = models.ForeignKey(Decree, models.PROTECT, related_name="+")
    later_code = models.CharField(max_length=30)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "earlier", "earlier_code", "later", "later_code"],
                name="nomenclature_crosswalk_key",
            ),
            models.CheckConstraint(
                name="nomenclature_crosswalk_kind",
                condition=Q(kind__in=["account", "activity", "fund"]),
            ),
        ]
