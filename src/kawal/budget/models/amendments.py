"""Perubahan APBD: once a year, or more only when estimates moved far (PP 12/2019 Ps 161-167)."""

from django.db import models
from django.db.models import F, Q

from kawal.budget.facts.amendments import AmendmentGround, AmendmentState
from kawal.budget.facts.machines import AMENDMENT
from kawal.budget.models.record import Recorded, recorded
from kawal.budget.models.shifts import known, person
from kawal.budget.models.versions import Version
from kawal.budget.models.years import FiscalYear
from kawal.regions.models.guards import begins_at_first, changed, never_deleted, refuse_update

ENACTED = [AmendmentState.ENACTED.value, AmendmentState.DETAILED.value]


class Amendment(Recorded):
    """A Perubahan while it is drafted (shifts wait) and the versions that it became.

    ``moved`` is how far revenue or spending estimates moved, in percent; only for the
    extraordinary one.
    """

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=14)
    explanation = models.CharField(max_length=2000)
    moved = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    state = models.CharField(max_length=10, default=AmendmentState.OPEN.value)
    opened_by, opened_at = person(null=False), models.DateTimeField()
    enacted_by, enacted_at = person(), models.DateTimeField(null=True)
    closed_by, closed_at = person(), models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    enacted_version = models.OneToOneField(Version, models.PROTECT, null=True, related_name="+")
    detailed_version = models.OneToOneField(Version, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_amendment_words",
                condition=known("ground", AmendmentGround)
                & known("state", AmendmentState)
                & ~Q(explanation=""),
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(state=AmendmentState.OPEN.value),
                name="budget_amendment_one_open",
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=~Q(ground=AmendmentGround.EXTRAORDINARY.value)
                & ~Q(state=AmendmentState.WITHDRAWN.value),
                name="budget_amendment_once_a_year",
            ),
            models.CheckConstraint(
                name="budget_amendment_extraordinary_says_how_far",
                condition=Q(ground=AmendmentGround.EXTRAORDINARY.value, moved__isnull=False)
                | ~Q(ground=AmendmentGround.EXTRAORDINARY.value) & Q(moved=None),
            ),
            models.CheckConstraint(
                name="budget_amendment_enacted",
                condition=~Q(state__in=ENACTED)
                | Q(enacted_version__isnull=False, enacted_by__isnull=False)
                & ~Q(enacted_by=F("opened_by")),
            ),
            models.CheckConstraint(
                name="budget_amendment_detailed",
                condition=~Q(state=AmendmentState.DETAILED.value)
                | Q(detailed_version__isnull=False),
            ),
            models.CheckConstraint(
                name="budget_amendment_withdrawn_says_why",
                condition=~Q(state=AmendmentState.WITHDRAWN.value)
                | Q(closed_by__isnull=False) & ~Q(reason=""),
            ),
            *recorded("amendment"),
        ]
        triggers = [
            begins_at_first(AMENDMENT),
            *never_deleted(),
            refuse_update(
                "only_steps_on",
                (AMENDMENT.refuses(), "do not take such a step"),
                (
                    changed("year_id", "ground", "moved", "opened_by_id", "opened_at"),
                    "are never rewritten",
                ),
                (
                    "OLD.state <> 'open' AND "
                    f"({changed('enacted_version_id', 'enacted_by_id', 'explanation')})",
                    "keep what was enacted",
                ),
            ),
        ]
