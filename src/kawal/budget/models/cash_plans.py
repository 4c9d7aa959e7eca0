"""Cash plans (RAK): twelve months a line, four persons; once validated they never change."""

from typing import Any

from django.db import models
from django.db.models import ExpressionWrapper, F, Q

from kawal.budget.facts.cash_plans import MONTHS, OPEN_PLANS, PlanState
from kawal.budget.models.cash_sealing import drafts_only, plan_steps
from kawal.budget.models.record import Recorded, recorded
from kawal.budget.models.sheets import Line
from kawal.budget.models.years import FiscalYear
from kawal.kernel.append_only import append_only

COLUMNS = tuple(f"m{month}" for month in range(1, MONTHS + 1))
SIGNERS = ("submitted_by", "pa_by", "sekda_by", "bud_by")
SIGNED = {  # how many of the signers a state has
    PlanState.DRAFT: 0,
    PlanState.SUBMITTED: 1,
    PlanState.CHECKED_PA: 2,
    PlanState.CHECKED_SEKDA: 3,
    PlanState.VALIDATED: 4,
    PlanState.DROPPED: 0,
}
ALONE = (  # no two of one person; PA and BUD may be one ex officio (the head of the SKPKD)
    ("submitted_by", "pa_by"),
    ("submitted_by", "sekda_by"),
    ("submitted_by", "bud_by"),
    ("pa_by", "sekda_by"),
    ("sekda_by", "bud_by"),
)


def _person() -> Any:
    return models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")


def _chain() -> Q:
    """Return that each state has its signers, and no more; SIPD's were validated there."""
    allowed = Q(record="sipd")
    for state, number in SIGNED.items():
        signers = {f"{name}__isnull": place >= number for place, name in enumerate(SIGNERS)}
        allowed |= Q(state=state.value, **signers)
    return allowed


class CashPlan(Recorded):
    """One writing of a unit's cash plan; the newest validated one is in force."""

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="+")
    unit = models.ForeignKey("regions.Agency", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=13, default=PlanState.DRAFT.value)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = _person()
    submitted_by, pa_by, sekda_by, bud_by = _person(), _person(), _person(), _person()
    validated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "unit", "number"], name="budget_plan_number"),
            models.UniqueConstraint(
                fields=["year", "unit"],
                condition=Q(state__in=[state.value for state in OPEN_PLANS]),
                name="budget_plan_one_open",
            ),
            models.CheckConstraint(
                name="budget_plan_state", condition=Q(state__in=[s.value for s in PlanState])
            ),
            models.CheckConstraint(name="budget_plan_signers", condition=_chain()),
            models.CheckConstraint(
                name="budget_plan_validated_at",
                condition=Q(state=PlanState.VALIDATED.value, validated_at__isnull=False)
                | ~Q(state=PlanState.VALIDATED.value) & Q(validated_at__isnull=True),
            ),
            *(
                models.CheckConstraint(
                    name=f"budget_plan_{one}_not_{other}", condition=~Q(**{one: F(other)})
                )
                for one, other in ALONE
            ),
            *recorded("plan"),
        ]
        triggers = plan_steps()


def _rupiah() -> Any:
    return models.DecimalField(max_digits=20, decimal_places=2, default=0)


def _all_positive() -> Q:
    every = Q()
    for column in COLUMNS:
        every &= Q(**{f"{column}__gte": 0, f"{column}__lt": 10**17})  # NaN is above every number
    return every


class CashPlanLine(models.Model):
    """A line's twelve months in rupiah; ``total`` is the database's own sum."""

    plan = models.ForeignKey(CashPlan, models.PROTECT, related_name="lines")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    m1, m2, m3, m4 = _rupiah(), _rupiah(), _rupiah(), _rupiah()
    m5, m6, m7, m8 = _rupiah(), _rupiah(), _rupiah(), _rupiah()
    m9, m10, m11, m12 = _rupiah(), _rupiah(), _rupiah(), _rupiah()
    total = models.GeneratedField(
        expression=ExpressionWrapper(
            sum((F(column) for column in COLUMNS[1:]), F(COLUMNS[0])),
            output_field=models.DecimalField(),
        ),
        output_field=models.DecimalField(max_digits=20, decimal_places=2),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "line"], name="budget_plan_line_key"),
            models.CheckConstraint(name="budget_plan_line_amounts", condition=_all_positive()),
        ]
        indexes = [models.Index(fields=["line"], name="budget_plan_line_line")]
        triggers = drafts_only("budget_cashplan", "plan_id")


class CashPlanStep(models.Model):
    """A step of a plan: submitted, validated at a desk, returned with its reason, given up."""

    plan = models.ForeignKey(CashPlan, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=13)
    by = _person()
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_plan_step_known",
                condition=Q(step__in=["returned", *(state.value for state in PlanState)]),
            ),
            models.CheckConstraint(
                name="budget_plan_step_says_why", condition=~Q(step="returned") | ~Q(reason="")
            ),
        ]
        triggers = append_only()
