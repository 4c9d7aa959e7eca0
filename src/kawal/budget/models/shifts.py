"""Shifts: a request that groups open revisions of one SKPD, and the steps it went."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from kawal.budget.facts import Instrument
from kawal.budget.facts.machines import SHIFT
from kawal.budget.facts.shifts import ShiftGround, ShiftLevel, ShiftState, ShiftStep
from kawal.budget.models.record import Recorded, recorded
from kawal.budget.models.revisions import Revision
from kawal.budget.models.sheets import Sheet
from kawal.budget.models.versions import Version
from kawal.budget.models.years import FiscalYear
from kawal.kernel.append_only import append_only
from kawal.regions.models.guards import begins_at_first, changed, never_deleted, refuse_update

DONE = [ShiftState.ENACTED.value, ShiftState.REFUSED.value, ShiftState.WITHDRAWN.value]
HANDED_IN = [ShiftState.SUBMITTED.value, ShiftState.APPROVED.value, ShiftState.ENACTED.value]
GRANTED = [ShiftState.APPROVED.value, ShiftState.ENACTED.value]
DECIDED = ("level", "desk", "base_id", "submitted_by_id", "submitted_at")
SIGNED = ("approved_by_id", "approved_at", "approval_number", "approval_date")


def known(field: str, words: Any, *, empty: bool = False) -> Q:
    """Return the condition that a column holds one of an enum's words."""
    values = [word.value for word in words]
    return Q(**{f"{field}__in": [*values, ""] if empty else values})


def person(*, null: bool = True) -> Any:
    """Return a column for somebody who took a step."""
    return models.ForeignKey("identity.Person", models.PROTECT, null=null, related_name="+")


class Shift(Recorded):
    """A request to move money between lines of one SKPD; the desk follows from the level.

    ``level``, ``desk`` and ``base`` are set when it is submitted: what it was judged by.
    ``version`` is what it became. Nobody takes two successive steps (S4).
    """

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="+")
    agency = models.ForeignKey("regions.Agency", models.PROTECT, related_name="+")
    ground = models.CharField(max_length=12)
    emergency = models.CharField(max_length=300, blank=True)
    explanation = models.CharField(max_length=2000)
    state = models.CharField(max_length=10, default=ShiftState.DRAFT.value)
    level = models.CharField(max_length=12, blank=True)
    desk = models.CharField(max_length=8, blank=True)
    base = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    drafted_by, drafted_at = person(null=False), models.DateTimeField()
    submitted_by, submitted_at = person(), models.DateTimeField(null=True)
    approved_by, approved_at = person(), models.DateTimeField(null=True)
    approval_number = models.CharField(max_length=100, blank=True)
    approval_date = models.DateField(null=True)
    enacted_by, enacted_at = person(), models.DateTimeField(null=True)
    closed_by, closed_at = person(), models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    version = models.OneToOneField(Version, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="budget_shift_state", condition=known("state", ShiftState)),
            models.CheckConstraint(
                name="budget_shift_ground",
                condition=known("ground", ShiftGround) & ~Q(explanation=""),
            ),
            models.CheckConstraint(
                name="budget_shift_emergency_is_named",
                condition=Q(ground=ShiftGround.EMERGENCY.value) & ~Q(emergency="")
                | ~Q(ground=ShiftGround.EMERGENCY.value) & Q(emergency=""),
            ),
            models.CheckConstraint(
                name="budget_shift_level",
                condition=known("level", ShiftLevel, empty=True) & known("desk", Instrument),
            ),
            models.CheckConstraint(
                name="budget_shift_submitted",
                condition=~Q(state__in=HANDED_IN)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False, base__isnull=False)
                & ~Q(level="")
                & ~Q(desk=""),
            ),
            models.CheckConstraint(
                name="budget_shift_approved",
                condition=~Q(state__in=GRANTED)
                | Q(approved_by__isnull=False, approval_date__isnull=False)
                & ~Q(approval_number=""),
            ),
            models.CheckConstraint(
                name="budget_shift_enacted",
                condition=Q(state=ShiftState.ENACTED.value)
                & Q(enacted_by__isnull=False, version__isnull=False)
                | ~Q(state=ShiftState.ENACTED.value) & Q(enacted_by=None, version=None),
            ),
            models.CheckConstraint(
                name="budget_shift_closed_says_why",
                condition=~Q(state__in=[ShiftState.REFUSED.value, ShiftState.WITHDRAWN.value])
                | Q(closed_by__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(  # only for the PA's desk the drafter hands it in himself
                name="budget_shift_submitted_by_another",
                condition=Q(submitted_by=None)
                | Q(desk=Instrument.PA.value)
                | ~Q(submitted_by=F("drafted_by")),
            ),
            models.CheckConstraint(
                name="budget_shift_approved_by_another",
                condition=Q(approved_by=None)
                | ~Q(approved_by=F("submitted_by")) & ~Q(approved_by=F("drafted_by")),
            ),
            models.CheckConstraint(  # the PPKD's own approval enacts at once
                name="budget_shift_enacted_by_another",
                condition=Q(enacted_by=None)
                | Q(desk=Instrument.PPKD.value)
                | ~Q(enacted_by=F("approved_by")),
            ),
            models.CheckConstraint(  # Perda is no shift
                name="budget_shift_never_by_perda",
                condition=~Q(desk=Instrument.PERDA.value),
            ),
            *recorded("shift"),
        ]
        indexes = [models.Index(fields=["year", "state"], name="budget_shift_desk")]
        triggers = [
            *never_deleted(),
            refuse_update(
                "only_steps_on",
                (SHIFT.refuses(), "do not take such a step"),
                (
                    changed("year_id", "agency_id", "drafted_by_id", "drafted_at"),
                    "are never rewritten",
                ),
                (
                    f"OLD.state <> 'draft' AND NEW.state <> 'draft' AND ({changed(*DECIDED)})",
                    "keep what they were judged by",
                ),
                (
                    f"OLD.state = 'approved' AND ({changed(*SIGNED)})",
                    "keep their approval",
                ),
                (
                    f"OLD.state <> 'draft' AND ({changed('ground', 'emergency', 'explanation')})",
                    "keep their words once handed in",
                ),
            ),
            begins_at_first(SHIFT),
        ]


def _only_in_draft() -> Any:
    """Return a trigger: the sheets of a shift are chosen while it is a draft."""
    return pgtrigger.Trigger(
        name="only_in_draft",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        declare=[("row", "RECORD")],
        func="""
                IF TG_OP = 'DELETE' THEN
                    row := OLD;
                ELSE
                    row := NEW;
                END IF;
                PERFORM 1 FROM budget_shift
                    WHERE id = row.shift_id AND state = 'draft' FOR SHARE;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'the sheets of a shift stay once it is handed in'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN row;
            """,
    )


class ShiftSheet(models.Model):
    """A sheet that a shift rewrites; ``seen`` is the counter of its revision as handed in."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="sheets")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="+")
    seen = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shift", "sheet"], name="budget_shift_sheet_key"),
        ]
        triggers = [_only_in_draft()]


class ShiftStepTaken(models.Model):
    """A step as it was taken, for ever."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10)
    person = person(null=False)
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_shift_step_known", condition=known("step", ShiftStep)
            ),
        ]
        triggers = append_only()
