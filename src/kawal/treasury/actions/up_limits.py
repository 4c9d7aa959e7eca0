"""The amount of UP: the PPKD enters what the decree gives each unit."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from kawal.nomenclature.queries import parameter
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.treasury import permissions
from kawal.treasury.actions.asking import check, person_of
from kawal.treasury.facts.npd import UpLimitFacts
from kawal.treasury.models import UpLimit
from kawal.treasury.queries import npd as queries
from kawal.treasury.rules import npd as rules


@transaction.atomic
def set_up_limit(
    year: int,
    unit_id: int,
    amount: Decimal,
    *,
    decree: str,
    decree_on: date,
    actor: Actor,
    kkpd: Decimal | None = None,
) -> UpLimitFacts:
    """Enter a decree's UP of a unit in rupiah; an earlier one of the year stays on record.

    ``kkpd`` is the card's part; unsaid, it is the share of the parameter on the decree's day.

    :raises Refused: with every reason.
    """
    require(actor, permissions.SET_UP)
    share = parameter("treasury.up_kkpd_share", decree_on).number or Decimal(0)
    card = kkpd
    if card is None:
        card = rules.card_share(amount, share) if amount.is_finite() else Decimal(0)
    check(rules.limit_mistakes(amount, card, decree, queries.up_received(year, unit_id)))
    rows = UpLimit.objects.filter(year=year, unit=unit_id)
    UpLimit.objects.create(
        year_id=year,
        unit_id=unit_id,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        amount=amount,
        kkpd=card,
        decree=decree.strip(),
        decree_on=decree_on,
        by_id=person_of(actor),
        at=actor.at,
    )
    found = queries.up_limit(year, unit_id)
    assert found is not None  # just made
    return found
