"""Funds left: five balances a line that only a trigger writes, from entries that only grow.

The trigger and the functions are SQL of their own: ``funds_sql.py``.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q

from kawal.budget.facts import BALANCES, Movement
from kawal.budget.models.sheets import Line
from kawal.kernel.append_only import append_only
from kawal.kernel.kept_by_triggers import kept_by_triggers

SIGNS: dict[Movement, Q] = {  # of the balances that a kind touches; all others stay
    Movement.CEILING: Q(released=0, reserved=0, committed=0, paid=0),
    Movement.SHIFT: Q(released=0, reserved=0, committed=0, paid=0),
    Movement.RELEASE: Q(ceiling=0, reserved=0, committed=0, paid=0),
    Movement.COMMIT: Q(ceiling=0, released=0, reserved=0, committed__gt=0, paid=0),
    Movement.REDUCE: Q(ceiling=0, released=0, reserved=0, committed__lt=0, paid=0),
    Movement.RESERVE: Q(ceiling=0, released=0, reserved__gt=0, paid=0)
    & (Q(committed=0) | Q(committed=-F("reserved"))),
    Movement.UNRESERVE: Q(ceiling=0, released=0, reserved__lt=0, paid=0)
    & (Q(committed=0) | Q(committed=-F("reserved"))),
    Movement.PAY: Q(ceiling=0, released=0, reserved__lt=0, committed=0, paid=-F("reserved")),
    Movement.RETURN: Q(ceiling=0, released=0, reserved=0, committed=0, paid__lt=0),
}


def _rupiah() -> Any:
    return models.DecimalField(max_digits=20, decimal_places=2)


def _shape() -> Q:
    known = Q()
    for kind, signs in SIGNS.items():
        known |= Q(kind=kind.value) & signs
    return known


class Funds(models.Model):
    """What a line has: the sums of its entries; nobody writes them and they never go below zero."""

    line = models.OneToOneField(Line, models.PROTECT, primary_key=True, related_name="+")
    ceiling, released, reserved = _rupiah(), _rupiah(), _rupiah()
    committed, paid = _rupiah(), _rupiah()

    class Meta:
        constraints = [
            *(
                models.CheckConstraint(
                    name=f"budget_funds_{name}", condition=Q(**{f"{name}__gte": 0})
                )
                for name in BALANCES
            ),
            models.CheckConstraint(
                name="budget_funds_release_fits", condition=Q(released__lte=F("ceiling"))
            ),
            models.CheckConstraint(
                name="budget_funds_request_fits",
                condition=Q(released__gte=F("reserved") + F("paid")),
            ),
            models.CheckConstraint(
                name="budget_funds_commitment_fits",
                condition=Q(ceiling__gte=F("committed") + F("reserved") + F("paid")),
            ),
        ]
        triggers = kept_by_triggers()


class FundEntry(models.Model):
    """One line's part of a movement: what it adds to each balance, by which paper, when and why.

    ``key`` names the movement, ``place`` the entry in it from 0: no two movements share a key.
    """

    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    ceiling, released, reserved = _rupiah(), _rupiah(), _rupiah()
    committed, paid = _rupiah(), _rupiah()
    document_kind = models.CharField(max_length=30)
    document_id = models.CharField(max_length=100)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    person = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "place"], name="budget_fund_entry_key"),
            models.CheckConstraint(name="budget_fund_entry_shape", condition=_shape()),
            models.CheckConstraint(
                name="budget_fund_entry_says_why",
                condition=~Q(key="") & ~Q(document_kind="") & ~Q(document_id=""),
            ),
        ]
        triggers = append_only()
