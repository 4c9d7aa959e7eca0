"""Revisions: what a sheet says, as drafted, verified and sealed, to the sen."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce, Round

from kawal.budget.facts import IndicatorKind, RevisionState
from kawal.budget.models.record import Recorded, recorded
from kawal.budget.models.sealing import (
    amount_is_the_database_s,
    amounts_follow,
    refuse_sealed,
    sealed_for_ever,
)
from kawal.budget.models.sheets import Line, Sheet
from kawal.budget.models.version_guards import sealed_with_its_sum

PLAIN = models.DecimalField()
ONE = Value(1, output_field=PLAIN)
OPEN = [RevisionState.DRAFT.value, RevisionState.SUBMITTED.value, RevisionState.VERIFIED.value]


class Revision(Recorded):
    """One writing of a sheet; at most one is open at a time. ``total`` is set when it is sealed.

    ``changed_by`` drafted last, another person submitted it, a third verified it.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, default=RevisionState.DRAFT.value)
    places = ArrayField(models.CharField(max_length=13), default=list)  # region codes
    place_text = models.CharField(max_length=300, blank=True)
    first_month = models.PositiveSmallIntegerField(default=1)
    last_month = models.PositiveSmallIntegerField(default=12)
    target_group = models.CharField(max_length=300, blank=True)
    last_year = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    next_year = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    labels = ArrayField(models.CharField(max_length=40), default=list)
    total = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    digest = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_revision_three_persons",  # who orders, tests and pays are never one
                condition=(
                    Q(submitted_by=None) | Q(changed_by=None) | ~Q(submitted_by=F("changed_by"))
                )
                & (Q(verified_by=None) | Q(changed_by=None) | ~Q(verified_by=F("changed_by")))
                & (Q(verified_by=None) | Q(submitted_by=None) | ~Q(verified_by=F("submitted_by"))),
            ),
            models.UniqueConstraint(fields=["sheet", "number"], name="budget_revision_number"),
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(state__in=OPEN), name="budget_revision_one_open"
            ),
            models.CheckConstraint(
                name="budget_revision_state",
                condition=Q(state__in=[state.value for state in RevisionState]),
            ),
            models.CheckConstraint(
                name="budget_revision_months",
                condition=Q(first_month__range=(1, 12), last_month__range=(1, 12))
                & Q(last_month__gte=F("first_month")),
            ),
            models.CheckConstraint(
                name="budget_revision_sealed_has_total",
                condition=~Q(state=RevisionState.SEALED.value)
                | Q(total__isnull=False) & ~Q(digest=""),
            ),
            *recorded("revision"),
        ]
        triggers = [*sealed_for_ever(), sealed_with_its_sum()]


class Indicator(models.Model):
    """What the sheet promises to reach: a measure, a target and its unit."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="indicators")
    kind = models.CharField(max_length=8)
    measure = models.CharField(max_length=500)
    target = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    unit = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_indicator_kind",
                condition=Q(kind__in=[kind.value for kind in IndicatorKind]),
            )
        ]
        triggers = refuse_sealed()


class RevisionLine(models.Model):
    """A line in a revision; its amount in rupiah is the sum of its components, kept by triggers."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="lines")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=20, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "line"], name="budget_revision_line_key"),
            models.CheckConstraint(name="budget_revision_line_amount", condition=Q(amount__gte=0)),
        ]
        triggers = [
            *refuse_sealed(),
            *amount_is_the_database_s(),
        ]


def _volume() -> Any:
    return models.DecimalField(max_digits=18, decimal_places=4, null=True)


def _unit() -> Any:
    return models.CharField(max_length=40, blank=True)


class Component(models.Model):
    """What a line is made of: up to four volumes with their units x unit price x (1 + tax).

    ``amount`` in rupiah, rounded to the sen by the database itself (Permendagri 77/2020, RKA).
    ``tax`` in percent. ``group`` and ``note`` are the # and - headings under which it stands.
    ``price_item`` is the standard price that it was taken from; ``price`` is what it was then.
    """

    revision_line = models.ForeignKey(RevisionLine, models.PROTECT, related_name="components")
    position = models.PositiveIntegerField()
    group = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=300)
    specification = models.CharField(max_length=500, blank=True)
    volume1 = models.DecimalField(max_digits=18, decimal_places=4)
    unit1 = models.CharField(max_length=40)
    volume2, unit2 = _volume(), _unit()
    volume3, unit3 = _volume(), _unit()
    volume4, unit4 = _volume(), _unit()
    price = models.DecimalField(max_digits=20, decimal_places=2)
    tax = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    # No index: items never go, and copying a whole budget should not pay for one.
    price_item = models.ForeignKey(
        "budget.PriceItem", models.PROTECT, null=True, related_name="+", db_index=False
    )
    amount = models.GeneratedField(
        expression=Round(
            ExpressionWrapper(
                F("volume1")
                * Coalesce(F("volume2"), ONE)
                * Coalesce(F("volume3"), ONE)
                * Coalesce(F("volume4"), ONE)
                * F("price")
                * (ONE + F("tax") / Value(100, output_field=PLAIN)),
                output_field=PLAIN,
            ),
            precision=2,
        ),
        output_field=models.DecimalField(max_digits=20, decimal_places=2),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_component_positive",
                condition=Q(volume1__gte=0, price__gte=0, tax__gte=0),
            ),
            models.CheckConstraint(
                name="budget_component_volumes_positive",
                condition=(Q(volume2=None) | Q(volume2__gte=0))
                & (Q(volume3=None) | Q(volume3__gte=0))
                & (Q(volume4=None) | Q(volume4__gte=0)),
            ),
        ]
        indexes = [
            models.Index(fields=["revision_line", "position"], name="budget_component_order")
        ]
        triggers = amounts_follow()
