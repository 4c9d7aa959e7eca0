"""How standard prices are said: their states, who acted, what the reader may decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kawal.budget import permissions
from kawal.budget.facts import PRICE_STATE_LABELS, PriceFacts, PriceState
from kawal.regions.facts import Actor
from kawal.regions.permissions import may

TONES = {
    PriceState.PROPOSED: "warn",
    PriceState.CHECKED: "warn",
    PriceState.APPROVED: "good",
    PriceState.REJECTED: "paused",
}


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A price of an item, as a line of its history."""

    price: PriceFacts
    state: str
    tone: str
    steps: list[str]
    may_check: bool
    may_approve: bool

    @property
    def may_reject(self) -> bool:
        """Tell whether the reader may reject it: whoever may take its next step."""
        return self.may_check or self.may_approve


def people_of(prices: Iterable[PriceFacts]) -> set[int]:
    """Return everybody who acted on some prices."""
    found: set[int | None] = set()
    for one in prices:
        found |= {one.proposed_by, one.checked_by, one.approved_by, one.rejected_by}
    return {person for person in found if person is not None}


def price_line(price: PriceFacts, names: Mapping[int, str], actor: Actor) -> PriceLine:
    """Return a price with the words and the acts that the reader gets."""
    others = {price.proposed_by, price.checked_by}
    return PriceLine(
        price,
        _(PRICE_STATE_LABELS[price.state]),
        TONES[price.state],
        _steps(price, names),
        price.state is PriceState.PROPOSED
        and actor.person_id != price.proposed_by
        and may(actor, permissions.CHECK_PRICE),
        price.state is PriceState.CHECKED
        and actor.person_id not in others
        and may(actor, permissions.APPROVE_PRICE),
    )


def _steps(price: PriceFacts, names: Mapping[int, str]) -> list[str]:
    if price.proposed_by is None:
        return [_("Dari daftar yang ditetapkan Perkada")]
    said = (
        (_("Diusulkan %(name)s"), price.proposed_by),
        (_("Diperiksa %(name)s"), price.checked_by),
        (_("Disetujui %(name)s"), price.approved_by),
        (_("Ditolak %(name)s"), price.rejected_by),
    )
    steps = [text % {"name": names.get(by, "–")} for text, by in said if by is not None]
    return [*steps, *([price.reason] if price.reason else [])]
