"""NPD: a PPTK asks the treasurer to pay out of UP or TU; three persons take its three steps."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from kawal.kernel.append_only import never_truncated
from kawal.regions.models.guards import changed, known_steps, refuse_update
from kawal.treasury.facts.cash_books import Stock
from kawal.treasury.facts.machines import NPD
from kawal.treasury.facts.npd import NpdState
from kawal.treasury.models.cash_books import person, rupiah

SIGNATURES = ("requested", "approved", "validated", "refused")
REWRITTEN = " OR ".join(
    f"(OLD.{name}_by_id IS NOT NULL AND (OLD.{name}_by_id, OLD.{name}_at)"
    f" IS DISTINCT FROM (NEW.{name}_by_id, NEW.{name}_at))"
    for name in SIGNATURES
)
FIXED = changed(
    *("stock", "is_panjar", "purpose", "total", "serial", "number"),
    *("version", "drafted_by_id", "drafted_at"),
)


def _signed(name: str, *states: NpdState) -> models.CheckConstraint:
    """Return that exactly the documents in these states have this signature, with its instant."""
    whole = Q(**{f"{name}_by__isnull": False, f"{name}_at__isnull": False})
    none = Q(**{f"{name}_by__isnull": True, f"{name}_at__isnull": True})
    inside = Q(state__in=[state.value for state in states])
    return models.CheckConstraint(
        name=f"treasury_npd_{name}", condition=inside & whole | ~inside & none
    )


def _approved() -> models.CheckConstraint:
    """Return that an approved one says by whom; a refused one may have been approved before."""
    whole = Q(approved_by__isnull=False, approved_at__isnull=False)
    none = Q(approved_by__isnull=True, approved_at__isnull=True)
    after = Q(state__in=[NpdState.APPROVED.value, NpdState.VALIDATED.value])
    refused = Q(state=NpdState.REFUSED.value)
    return models.CheckConstraint(
        name="treasury_npd_approved",
        condition=after & whole | refused & (whole | none) | ~after & none,
    )


def _numbered() -> models.CheckConstraint:
    before = Q(state__in=[NpdState.DRAFT.value, NpdState.DROPPED.value])
    whole = Q(requested_by__isnull=False, requested_at__isnull=False, serial__gt=0, total__gt=0)
    none = Q(requested_by=None, requested_at=None, serial=None, total=None, number="")
    return models.CheckConstraint(
        name="treasury_npd_requested", condition=before & none | ~before & whole & ~Q(number="")
    )


class Npd(models.Model):
    """A request to pay for one sub kegiatan; number, sum and requester come when it is handed in.

    ``drafted_by`` wrote it last. ``reasons`` are codes of N.4, of a refused one.
    """

    year = models.ForeignKey("budget.FiscalYear", models.PROTECT, related_name="+")
    sheet = models.ForeignKey("budget.Sheet", models.PROTECT, related_name="+")
    stock = models.CharField(max_length=2)
    is_panjar = models.BooleanField()
    purpose = models.CharField(max_length=300)
    state = models.CharField(max_length=9, default=NpdState.DRAFT.value)
    version = models.PositiveIntegerField(default=1)
    drafted_by = person()
    drafted_at = models.DateTimeField()
    serial = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=80, blank=True)
    total = rupiah(null=True)
    requested_by, approved_by = person(null=True), person(null=True)
    validated_by, refused_by = person(null=True), person(null=True)
    requested_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    validated_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    reasons = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="treasury_npd_number"
            ),
            models.CheckConstraint(
                name="treasury_npd_words",
                condition=Q(state__in=[s.value for s in NpdState])
                & Q(stock__in=[s.value for s in Stock])
                & ~Q(purpose=""),
            ),
            _numbered(),
            _approved(),
            _signed("validated", NpdState.VALIDATED),
            _signed("refused", NpdState.REFUSED),
            models.CheckConstraint(
                name="treasury_npd_refusal_says_why",
                condition=Q(state=NpdState.REFUSED.value) & ~Q(reasons=[])
                | ~Q(state=NpdState.REFUSED.value) & Q(reasons=[]),
            ),
            # One natural person takes no two successive steps (S4); a treasurer is no PPTK (S2).
            models.CheckConstraint(
                name="treasury_npd_second_person", condition=~Q(approved_by=F("requested_by"))
            ),
            models.CheckConstraint(
                name="treasury_npd_third_person",
                condition=~Q(validated_by=F("approved_by")) & ~Q(validated_by=F("requested_by")),
            ),
            models.CheckConstraint(
                name="treasury_npd_refused_by_another",
                condition=~Q(refused_by=F("requested_by"))
                & (Q(approved_by=None) | ~Q(refused_by=F("approved_by"))),
            ),
        ]
        triggers = [
            *known_steps(NPD, "year_id", "sheet_id"),
            refuse_update(
                "stays_signed",
                (f"OLD.state <> 'draft' AND ({FIXED})", "are never rewritten"),
                (REWRITTEN, "keep their signatures"),
            ),
        ]


def _of_draft(name: str, operation: Any, old: bool, new: bool) -> Any:
    ids = ", ".join(["OLD.npd_id"] * old + ["NEW.npd_id"] * new)
    foreign = """
                IF NOT EXISTS (
                    SELECT FROM budget_line l JOIN treasury_npd n ON n.sheet_id = l.sheet_id
                    WHERE l.id = NEW.line_id AND n.id = NEW.npd_id
                ) THEN
                    RAISE EXCEPTION 'a line of another sub kegiatan'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;"""
    return pgtrigger.Trigger(
        name=f"drafts_only_{name}",
        operation=operation,
        when=pgtrigger.Before,
        func=f"""
                PERFORM FROM treasury_npd WHERE id IN ({ids}) ORDER BY id FOR SHARE;
                IF EXISTS (SELECT FROM treasury_npd WHERE id IN ({ids}) AND state <> 'draft') THEN
                    RAISE EXCEPTION '% of what is no draft never change', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;{foreign if new else ""}
                RETURN {"NEW" if new else "OLD"};
            """,
    )


class NpdLine(models.Model):
    """What an NPD asks on a budget line, in rupiah."""

    npd = models.ForeignKey(Npd, models.PROTECT, related_name="lines")
    line = models.ForeignKey("budget.Line", models.PROTECT, related_name="+")
    amount = rupiah()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["npd", "line"], name="treasury_npd_line_key"),
            models.CheckConstraint(
                name="treasury_npd_line_amount", condition=Q(amount__gt=0, amount__lt=10**18)
            ),
        ]
        triggers = [
            never_truncated("never_emptied"),
            _of_draft("insert", pgtrigger.Insert, old=False, new=True),
            _of_draft("update", pgtrigger.Update, old=True, new=True),
            _of_draft("delete", pgtrigger.Delete, old=True, new=False),
        ]
