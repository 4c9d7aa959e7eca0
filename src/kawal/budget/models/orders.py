"""Efficiency orders in mid-year, and the interim budget of a year that began without an APBD."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from kawal.budget.facts.amendments import OrderState
from kawal.budget.facts.machines import ORDER
from kawal.budget.models.record import Recorded, recorded
from kawal.budget.models.sheets import Line
from kawal.budget.models.shifts import known, person
from kawal.budget.models.versions import Version
from kawal.budget.models.years import FiscalYear
from kawal.kernel.append_only import append_only
from kawal.regions.models.guards import changed, known_steps, never_deleted, refuse_update

ENACTED = OrderState.ENACTED.value


def _rupiah() -> Any:
    return models.DecimalField(max_digits=20, decimal_places=2)


def _ends(table: str, others: Q) -> list[models.CheckConstraint]:
    """Return promises: enacted with a version by ``others``; withdrawn with why."""
    return [
        models.CheckConstraint(name=f"budget_{table}_state", condition=known("state", OrderState)),
        models.CheckConstraint(
            name=f"budget_{table}_enacted",
            condition=Q(state=ENACTED, version__isnull=False, enacted_by__isnull=False) & others
            | ~Q(state=ENACTED) & Q(version=None, enacted_by=None),
        ),
        models.CheckConstraint(
            name=f"budget_{table}_withdrawn_says_why",
            condition=~Q(state=OrderState.WITHDRAWN.value)
            | Q(closed_by__isnull=False) & ~Q(reason=""),
        ),
    ]


class EfficiencyOrder(Recorded):
    """An instruction from above to spend less in mid-year, what it became, and by whom."""

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="+")
    number = models.CharField(max_length=100)
    date = models.DateField()
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default=OrderState.OPEN.value)
    base = models.ForeignKey(Version, models.PROTECT, related_name="+")
    ordered_by, ordered_at = person(null=False), models.DateTimeField()
    enacted_by, enacted_at = person(), models.DateTimeField(null=True)
    closed_by, closed_at = person(), models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    version = models.OneToOneField(Version, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(state=OrderState.OPEN.value),
                name="budget_efficiency_one_open",
            ),
            models.CheckConstraint(
                name="budget_efficiency_instruction", condition=~Q(number="") & ~Q(title="")
            ),
            *_ends("efficiency", Q()),  # agencies stand between who orders and who enacts
            *recorded("efficiency"),
        ]
        triggers = known_steps(
            ORDER, "year_id", "number", "date", "title", "base_id", "ordered_by_id"
        )


class EfficiencyTarget(models.Model):
    """What an agency has to give up of accounts below a code; ``uncut`` is what it cannot.

    One of ``share`` (percent) and ``amount`` was ordered; ``wanted`` is what it comes to.
    """

    order = models.ForeignKey(EfficiencyOrder, models.PROTECT, related_name="targets")
    agency = models.ForeignKey("regions.Agency", models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=20)
    share = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    amount = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    wanted, uncut = _rupiah(), _rupiah()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "agency", "prefix"], name="budget_efficiency_target_key"
            ),
            models.CheckConstraint(
                name="budget_efficiency_target_one_measure",
                condition=Q(share__gt=0, share__lte=100, amount=None) | Q(share=None, amount__gt=0),
            ),
            models.CheckConstraint(
                name="budget_efficiency_target_sums",
                condition=Q(wanted__gte=0, uncut__gte=0, uncut__lte=F("wanted")),
            ),
        ]
        triggers = append_only()


class EfficiencyCut(models.Model):
    """A line's cut as proposed, and as its agency agreed, in rupiah."""

    order = models.ForeignKey(EfficiencyOrder, models.PROTECT, related_name="cuts")
    target = models.ForeignKey(EfficiencyTarget, models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    before, proposed, agreed = _rupiah(), _rupiah(), _rupiah()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "line"], name="budget_efficiency_cut_key"),
            models.CheckConstraint(
                name="budget_efficiency_cut_fits",
                condition=Q(proposed__gte=0, agreed__gte=0)
                & Q(proposed__lte=F("before"), agreed__lte=F("before")),
            ),
        ]
        triggers = [
            *never_deleted(),
            refuse_update(
                "only_agreed",
                (changed("order_id", "target_id", "line_id", "before", "proposed"), "are fixed"),
            ),
            pgtrigger.Trigger(
                name="while_open",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                PERFORM 1 FROM budget_efficiencyorder
                    WHERE id = NEW.order_id AND state = 'open' FOR SHARE;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'cuts of a decided order never change'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            """,
            ),
        ]


class EfficiencyReview(models.Model):
    """An agency's word on its cuts: agreed, by whom, when."""

    order = models.ForeignKey(EfficiencyOrder, models.PROTECT, related_name="reviews")
    agency = models.ForeignKey("regions.Agency", models.PROTECT, related_name="+")
    person = person(null=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "agency"], name="budget_efficiency_review_key"
            ),
        ]
        triggers = append_only()


class InterimBudget(Recorded):
    """Spending by Perkada until the APBD: urgent and binding, at most last year's total."""

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField()
    last_year = models.DecimalField(max_digits=20, decimal_places=2)
    explanation = models.CharField(max_length=2000)
    state = models.CharField(max_length=10, default=OrderState.OPEN.value)
    base = models.ForeignKey(Version, models.PROTECT, related_name="+")
    drafted_by, drafted_at = person(null=False), models.DateTimeField()
    enacted_by, enacted_at = person(), models.DateTimeField(null=True)
    closed_by, closed_at = person(), models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    version = models.OneToOneField(Version, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=~Q(state=OrderState.WITHDRAWN.value),
                name="budget_interim_one_a_year",
            ),
            models.CheckConstraint(
                name="budget_interim_sane",
                condition=Q(months__range=(1, 12), last_year__gt=0) & ~Q(explanation=""),
            ),
            *_ends("interim", ~Q(enacted_by=F("drafted_by"))),
            *recorded("interim"),
        ]
        triggers = known_steps(
            ORDER, "year_id", "months", "last_year", "explanation", "base_id", "drafted_by_id"
        )
