"""Codes: accounts, activities, funds and functions, each under the decree that defines it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kawal.nomenclature.facts import ActivityLevel
from kawal.nomenclature.models.decrees import Decree
from kawal.regions.models.guards import never_deleted


class Code(models.Model):
    """What every coded row has: its decree, its code, its place in the tree, its name."""

    decree = models.ForeignKey(Decree, models.PROTECT, related_name="+")
    code = models.CharField(max_length=30)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=500)
    is_active = models.BooleanField(default=True)

    class Meta:
        abstract = True


class Account(Code):
    """An account of the six levels (digits 1.1.2.2.2.4); budget lines stand on level 6."""

    level = models.PositiveSmallIntegerField()
    flags = ArrayField(models.CharField(max_length=30), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decree", "code"], name="nomenclature_account_key"),
            models.CheckConstraint(
                name="nomenclature_account_level", condition=Q(level__range=(1, 6))
            ),
        ]
        triggers = never_deleted()


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
        constraints = [
            models.UniqueConstraint(fields=["decree", "code"], name="nomenclature_activity_key"),
            models.CheckConstraint(
                name="nomenclature_activity_level",
                condition=Q(level__in=[level.value for level in ActivityLevel]),
            ),
        ]
        triggers = never_deleted()


class Fund(Code):
    """A source of money (sumber dana); earmarked ones may not be mixed."""

    level = models.PositiveSmallIntegerField()
    is_earmarked = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decree", "code"], name="nomenclature_fund_key"),
            models.CheckConstraint(
                name="nomenclature_fund_level", condition=Q(level__range=(1, 6))
            ),
        ]
        triggers = never_deleted()


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
