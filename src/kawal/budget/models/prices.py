"""Standard prices: items, their prices by day and the accounts they may stand on."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat

from kawal.budget.facts.prices import OPEN_PRICES, PriceFamily, PriceState, ProductType
from kawal.budget.models.prices_guards import guarded, settled_with_the_price
from kawal.kernel.append_only import append_only
from kawal.regions.models.dated import in_order, never_at_once

# The text parser takes "kertas/A4" for the name of a file, so marks become spaces first.
WORDS = SearchVector(
    Func(
        Concat(F("name"), Value(" "), F("specification")),
        Value("/-.,()"),
        Value("      "),
        function="translate",
        output_field=models.TextField(),
    ),
    config="simple",
)
PERSON: dict[str, Any] = {"to": "identity.Person", "on_delete": models.PROTECT}


def _both(step: str) -> Q:
    return Q(**{f"{step}_by__isnull": False, f"{step}_at__isnull": False})


def _neither(step: str) -> Q:
    return Q(**{f"{step}_by__isnull": True, f"{step}_at__isnull": True})


def _as_proposed() -> Q:
    """Return the shape of a proposal that waits: its agency, its proposer, checked or not."""
    waits = Q(batch__isnull=True, proposed_by__isnull=False, agency__isnull=False, reason="")
    waits &= _neither("approved") & _neither("rejected")
    return waits & (
        Q(state=PriceState.PROPOSED.value) & _neither("checked")
        | Q(state=PriceState.CHECKED.value) & _both("checked")
    )


def _as_approved() -> Q:
    done = Q(state=PriceState.APPROVED.value, batch__isnull=True, proposed_by__isnull=False)
    return done & _both("checked") & _both("approved") & _neither("rejected")


def _as_enacted() -> Q:
    """Return the shape of a price that a Perkada enacted: a batch, no person of ours.

    It is proposed for a moment, until its accounts stand.
    """
    states = (PriceState.PROPOSED.value, PriceState.APPROVED.value)
    done = Q(state__in=states, batch__isnull=False, proposed_by__isnull=True, reason="")
    return done & _neither("checked") & _neither("approved") & _neither("rejected")


def _as_rejected() -> Q:
    done = Q(state=PriceState.REJECTED.value, batch__isnull=True, proposed_by__isnull=False)
    return done & ~Q(reason="") & _neither("approved") & _both("rejected")


def _differ() -> Q:
    """Return the promise that proposer, checker and approver are three persons.

    Nobody decides his own proposal, and who rejects is not who proposed.
    """
    pairs = (
        ("checked_by", "proposed_by"),
        ("approved_by", "proposed_by"),
        ("approved_by", "checked_by"),
        ("rejected_by", "proposed_by"),
    )
    met = Q()
    for one, other in pairs:
        met &= Q(**{f"{one}__isnull": True}) | ~Q(**{one: F(other)})
    return met


class PriceItem(models.Model):
    """A good, a unit of work, an activity or a fee that has standard prices; never rewritten.

    ``local_content`` (TKDN) is percent. What is another thing gets another code.
    """

    code = models.CharField(max_length=60, unique=True)
    family = models.CharField(max_length=4)
    name = models.CharField(max_length=300)
    specification = models.CharField(max_length=500, blank=True)
    unit = models.CharField(max_length=40)
    product_type = models.CharField(max_length=8, blank=True)
    local_content = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    recorded_at = models.DateTimeField()
    words = models.GeneratedField(
        expression=WORDS, output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="budget_price_item_words"),
            models.Index(
                fields=["code"], opclasses=["varchar_pattern_ops"], name="budget_price_item_code"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="budget_price_item_family",
                condition=Q(family__in=[one.value for one in PriceFamily]),
            ),
            models.CheckConstraint(
                name="budget_price_item_product",
                condition=Q(product_type__in=[one.value for one in ProductType]),
            ),
            models.CheckConstraint(
                name="budget_price_item_local_content",
                condition=Q(local_content__isnull=True) | Q(local_content__range=(0, 100)),
            ),
            models.CheckConstraint(
                name="budget_price_item_named", condition=~Q(code="") & ~Q(name="") & ~Q(unit="")
            ),
        ]
        triggers = append_only()


class Price(models.Model):
    """What an item may cost at most (rupiah, without tax) from a day to another.

    It holds once the PPKD checked and the TAPD approved it: two persons, neither the proposer.
    ``batch`` marks prices that a Perkada enacted and an import brought in whole.
    """

    item = models.ForeignKey(PriceItem, models.PROTECT, related_name="prices")
    price = models.DecimalField(max_digits=20, decimal_places=2)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    legal_basis = models.CharField(max_length=200)
    letter = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, default=PriceState.PROPOSED.value)
    agency = models.ForeignKey("regions.Agency", models.PROTECT, null=True, related_name="+")
    batch = models.UUIDField(null=True)
    proposed_by = models.ForeignKey(**PERSON, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    checked_by = models.ForeignKey(**PERSON, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(**PERSON, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    rejected_by = models.ForeignKey(**PERSON, null=True, related_name="+")
    rejected_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            in_order("budget_price_days"),
            never_at_once("budget_price_once", "item", when=Q(state=PriceState.APPROVED.value)),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state__in=[one.value for one in OPEN_PRICES], batch=None),
                name="budget_price_one_proposal",
            ),
            models.CheckConstraint(
                name="budget_price_amount", condition=Q(price__gt=0) & ~Q(legal_basis="")
            ),
            models.CheckConstraint(
                name="budget_price_checked", condition=_both("checked") | _neither("checked")
            ),
            models.CheckConstraint(
                name="budget_price_state",
                condition=_as_proposed() | _as_approved() | _as_enacted() | _as_rejected(),
            ),
            models.CheckConstraint(name="budget_price_persons_differ", condition=_differ()),
        ]
        triggers = guarded()


class PriceAccount(models.Model):
    """An account (level 6) on which an item may stand while this price holds."""

    price = models.ForeignKey(Price, models.PROTECT, related_name="accounts")
    account = models.ForeignKey("nomenclature.Account", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["price", "account"], name="budget_price_account_key")
        ]
        triggers = [*append_only(), settled_with_the_price()]
