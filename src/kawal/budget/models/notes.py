"""What happened to a revision: its steps, the verifiers' notes, and who kept it first."""

from django.db import models
from django.db.models import F, Q

from kawal.budget.facts import Record, Step
from kawal.budget.models.revisions import Revision
from kawal.budget.models.sheets import Line
from kawal.kernel.append_only import append_only
from kawal.regions.models.guards import written_once


class RevisionStep(models.Model):
    """One step of a revision, by whom, when, and why it was sent back or dropped."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10)
    by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_step_known", condition=Q(step__in=[step.value for step in Step])
            ),
            models.CheckConstraint(
                name="budget_step_says_why",
                condition=~Q(step__in=[Step.SENT_BACK.value, Step.DROPPED.value]) | ~Q(reason=""),
            ),
        ]
        triggers = append_only()


class LineNote(models.Model):
    """A note of the TAPD on a line, or on the whole sheet; answered once.

    Its author answers it himself to withdraw it. While one is open nobody verifies the revision.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="notes")
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=1000)
    author = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.CharField(max_length=1000, null=True)  # noqa: DJ001 - null until it is given
    answered_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="budget_note_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="budget_note_answered_whole",
                condition=Q(answer=None, answered_by=None, answered_at=None)
                | Q(answer__isnull=False, answered_by__isnull=False, answered_at__isnull=False)
                & ~Q(answer=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["revision"], condition=Q(answered_at=None), name="budget_note_open"
            )
        ]
        triggers = written_once(
            ("revision_id", "line_id", "text", "author_id", "at"),
            ("answer", "answered_by_id", "answered_at"),
        )


class HandOver(models.Model):
    """A document that changed its system of record: from, to, by whom, when and why."""

    document_kind = models.CharField(max_length=30)
    document_id = models.BigIntegerField()
    from_record = models.CharField(max_length=8)
    to_record = models.CharField(max_length=8)
    source = models.CharField(max_length=100, blank=True)
    external_id = models.CharField(max_length=100, blank=True)
    as_of = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000)
    by = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_handover_records",
                condition=Q(
                    from_record__in=[r.value for r in Record],
                    to_record__in=[r.value for r in Record],
                )
                & ~Q(from_record=F("to_record")),
            ),
            models.CheckConstraint(name="budget_handover_says_why", condition=~Q(reason="")),
        ]
        indexes = [
            models.Index(fields=["document_kind", "document_id"], name="budget_handover_document")
        ]
        triggers = append_only()
