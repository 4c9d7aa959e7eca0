"""SPD: money released to an agency for some months; once signed it never changes."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from kawal.budget.facts.spd import SpdState
from kawal.budget.models.cash_sealing import drafts_only, spd_steps
from kawal.budget.models.record import Recorded, recorded
from kawal.budget.models.sheets import Line
from kawal.budget.models.years import FiscalYear
from kawal.kernel.append_only import append_only


def _person() -> Any:
    return models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")


def _rupiah(**options: Any) -> Any:
    return models.DecimalField(max_digits=20, decimal_places=2, **options)


def _signed() -> Q:
    """Return that a signed one says all of it, others nothing; SIPD's was signed there."""
    names = ("total", "signed_on", "signed_at")
    ours = ("serial", "signed_by")
    is_signed, is_ours = Q(state=SpdState.SIGNED.value), ~Q(record="sipd")
    signed = is_signed & Q(**{f"{name}__isnull": False for name in names})
    here = Q(**{f"{name}__isnull": False for name in ours}) | ~is_ours
    blank = Q(**{f"{name}__isnull": True for name in (*names, *ours)}, number="")
    return signed & here & ~Q(number="") & Q(total__gt=0) | ~is_signed & blank


class Spd(Recorded):
    """An SPD for an agency and its units; it has number, day and signer once it is signed.

    ``explanation`` says why it releases more than is planned, ``terms`` are its other provisions.
    """

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="+")
    agency = models.ForeignKey("regions.Agency", models.PROTECT, related_name="+")
    first_month = models.PositiveSmallIntegerField()
    last_month = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, default=SpdState.DRAFT.value)
    version = models.PositiveIntegerField(default=1)
    explanation = models.CharField(max_length=500, blank=True)
    terms = models.CharField(max_length=1000, blank=True)
    drafted_by = _person()
    drafted_at = models.DateTimeField()
    serial = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=80, blank=True)
    total = _rupiah(null=True)
    signed_on = models.DateField(null=True)
    signed_by = _person()
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "agency"],
                condition=Q(state=SpdState.DRAFT.value),
                name="budget_spd_one_draft",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="budget_spd_number"
            ),
            models.UniqueConstraint(fields=["year", "agency", "serial"], name="budget_spd_serial"),
            models.CheckConstraint(
                name="budget_spd_state", condition=Q(state__in=[s.value for s in SpdState])
            ),
            models.CheckConstraint(
                name="budget_spd_months",
                condition=Q(first_month__range=(1, 12), last_month__range=(1, 12))
                & Q(last_month__gte=F("first_month")),
            ),
            models.CheckConstraint(name="budget_spd_signed_whole", condition=_signed()),
            models.CheckConstraint(
                name="budget_spd_second_person", condition=~Q(signed_by=F("drafted_by"))
            ),
            *recorded("spd"),
        ]
        triggers = spd_steps()


class SpdLine(models.Model):
    """What an SPD releases on a line, in rupiah."""

    spd = models.ForeignKey(Spd, models.PROTECT, related_name="lines")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    amount = _rupiah()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["spd", "line"], name="budget_spd_line_key"),
            models.CheckConstraint(
                name="budget_spd_line_amount", condition=Q(amount__gt=0, amount__lt=10**18)
            ),
        ]
        triggers = drafts_only("budget_spd", "spd_id")


class SpdWithdrawal(models.Model):
    """A withdrawal of a signed SPD, whole or in part, with its reason."""

    spd = models.ForeignKey(Spd, models.PROTECT, related_name="withdrawals")
    reason = models.CharField(max_length=500)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="budget_spd_withdrawal_why", condition=~Q(reason=""))
        ]
        triggers = append_only()


class SpdWithdrawalLine(models.Model):
    """What a withdrawal takes back of one of the SPD's lines, in rupiah."""

    withdrawal = models.ForeignKey(SpdWithdrawal, models.PROTECT, related_name="lines")
    spd_line = models.ForeignKey(SpdLine, models.PROTECT, related_name="withdrawals")
    amount = _rupiah()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["withdrawal", "spd_line"], name="budget_spd_withdrawal_line_key"
            ),
            models.CheckConstraint(
                name="budget_spd_withdrawal_amount", condition=Q(amount__gt=0, amount__lt=10**18)
            ),
        ]
        triggers = append_only()
