"""Tables of the city itself: what it is, its clock and calendar, its office hours."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from kawal.regions.facts import CityFacts, HolidayFacts
from kawal.regions.models.dated import in_order, never_at_once
from kawal.regions.models.guards import may_only_be_closed

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


class City(models.Model):
    """This deployment's government: one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=20)
    deployment = models.CharField(max_length=10)
    started_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="city_is_one", condition=Q(id=1)),
            models.CheckConstraint(name="city_zone_is_indonesias", condition=Q(zone__in=ZONES)),
            models.CheckConstraint(
                name="city_deployment_is_known",
                condition=Q(deployment__in=("demo", "rehearsal", "live")),
            ),
        ]

    def as_facts(self) -> CityFacts:
        """Return what others may know of it; reads the region's code in force."""
        version = self.region.versions.order_by("-valid_from").first()
        return CityFacts(
            region_id=self.region_id,
            region_code=version.code if version else "",
            name=self.name,
            zone=self.zone,
            deployment=self.deployment,
            started_at=self.started_at,
        )


class Holiday(models.Model):
    """A day on which the offices are closed; ``cancelled_by`` names the decree that undid it."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=120)
    is_joint_leave = models.BooleanField(default=False)
    legal_basis = models.CharField(max_length=200)
    cancelled_by = models.CharField(max_length=200, blank=True)

    def as_facts(self) -> HolidayFacts:
        """Return what others may know of it."""
        return HolidayFacts(
            self.day, self.name, self.is_joint_leave, self.legal_basis, self.cancelled_by
        )


class WorkingWeek(models.Model):
    """A week of office hours, in force over a span of days (Ramadan has its own)."""

    name = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    legal_basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            in_order("working_week_days_in_order"),
            never_at_once("working_week_one_at_once"),
        ]
        triggers = may_only_be_closed("name", "valid_from", "legal_basis")


class WorkingSpan(models.Model):
    """Office hours on one weekday (0 = Monday), in minutes after midnight; 1440 is its end."""

    week = models.ForeignKey(WorkingWeek, models.PROTECT, related_name="spans")
    weekday = models.SmallIntegerField()
    start_minute = models.IntegerField()
    end_minute = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="working_span_weekday", condition=Q(weekday__gte=0, weekday__lte=6)
            ),
            models.CheckConstraint(
                name="working_span_inside_its_day",
                condition=Q(
                    start_minute__gte=0, end_minute__lte=1440, end_minute__gt=F("start_minute")
                ),
            ),
            ExclusionConstraint(
                name="working_spans_do_not_overlap",
                expressions=[
                    ("week", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (
                        Func(
                            F("start_minute"),
                            F("end_minute"),
                            function="int4range",
                            output_field=IntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
