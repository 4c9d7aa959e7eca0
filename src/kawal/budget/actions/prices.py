"""Standard prices: an agency proposes, the PPKD checks, the TAPD approves; or one of them rejects.

Such decisions are rare, so all of them stand in one line: each takes the same lock first.
"""

from datetime import date, timedelta

from django.db import transaction

from kawal.budget import permissions
from kawal.budget.facts import OPEN_PRICES, ItemDraft, PriceDraft, PriceFacts, PriceState
from kawal.budget.models import Price, PriceAccount, PriceItem
from kawal.budget.queries import prices as queries
from kawal.budget.rules import prices as rules
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.facts import AccountFacts, CodeKind
from kawal.regions import queries as regions
from kawal.regions.actions.locks import hold
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.trail import actions as trail

PRICES = "budget.prices"


@transaction.atomic
def propose_price(
    item: int | ItemDraft, draft: PriceDraft, *, agency_id: int, actor: Actor
) -> PriceFacts:
    """Propose what an item may cost from a day on; a draft of an item records a new one.

    :raises NotThere: when there is no such item.
    :raises Refused: with every reason.
    """
    require(actor, permissions.PROPOSE_PRICE, agency_id)
    hold(PRICES)
    row = PriceItem.objects.get(pk=_known(item, actor))
    reasons = rules.proposal_refusals(
        draft,
        leaves=_leaves(draft),
        waiting=any(one.state in OPEN_PRICES for one in queries.price_history(row.pk)),
        held_from=_held_from(row.pk),
    )
    _refuse(reasons)
    made = Price.objects.create(
        item=row,
        price=draft.price,
        valid_from=draft.valid_from,
        legal_basis=draft.legal_basis.strip(),
        letter=draft.letter.strip(),
        note=draft.note.strip(),
        agency_id=agency_id,
        proposed_by_id=_person(actor),
        proposed_at=actor.at,
    )
    PriceAccount.objects.bulk_create(
        PriceAccount(price=made, account_id=one) for one in sorted(set(draft.account_ids))
    )
    return queries.price(made.pk)


@transaction.atomic
def check_price(price_id: int, *, actor: Actor) -> PriceFacts:
    """Check a proposal for the PPKD: the TAPD may then approve it.

    :raises Refused: with every reason.
    """
    require(actor, permissions.CHECK_PRICE)
    row, person = _locked(price_id), _person(actor)
    _refuse(rules.check_refusals(queries.price(price_id), by=person))
    return _step(row, PriceState.CHECKED, checked_by_id=person, checked_at=actor.at)


@transaction.atomic
def approve_price(price_id: int, *, actor: Actor) -> PriceFacts:
    """Approve a checked proposal for the TAPD: it ends what held before, and is told in public.

    :raises Refused: with every reason.
    """
    require(actor, permissions.APPROVE_PRICE)
    row, person = _locked(price_id), _person(actor)
    reasons = rules.approve_refusals(
        queries.price(price_id), by=person, held_from=_held_from(row.item_id)
    )
    _refuse(reasons)
    before = Price.objects.filter(item=row.item_id, state=PriceState.APPROVED.value)
    before.filter(valid_until=None).update(valid_until=row.valid_from - timedelta(days=1))
    facts = _step(row, PriceState.APPROVED, approved_by_id=person, approved_at=actor.at)
    _tell(facts, actor)
    return facts


@transaction.atomic
def reject_price(price_id: int, reason: str, *, actor: Actor) -> PriceFacts:
    """Reject a proposal, as PPKD before the check or as TAPD after it, and say why.

    :raises Refused: with every reason.
    """
    row, person = _locked(price_id), _person(actor)
    facts = queries.price(price_id)
    checked = facts.state is PriceState.CHECKED
    require(actor, permissions.APPROVE_PRICE if checked else permissions.CHECK_PRICE)
    _refuse(rules.reject_refusals(facts, by=person, reason=reason))
    said = {"rejected_by_id": person, "rejected_at": actor.at, "reason": reason.strip()[:500]}
    return _step(row, PriceState.REJECTED, **said)


def _known(item: int | ItemDraft, actor: Actor) -> int:
    if isinstance(item, int):
        return queries.price_item(item).id
    taken = PriceItem.objects.filter(code=item.code.strip()).exists()
    _refuse(rules.item_refusals(item, code_taken=taken))
    row = PriceItem.objects.create(
        code=item.code.strip(),
        family=item.family.value,
        name=item.name.strip(),
        specification=item.specification.strip(),
        unit=item.unit.strip(),
        product_type=item.product_type.value,
        local_content=item.local_content,
        recorded_at=actor.at,
    )
    return row.pk


def _leaves(draft: PriceDraft) -> set[int]:
    """Return those of a draft's accounts that are of level 6 and speak on its first day."""
    known = nomenclature.by_ids(CodeKind.ACCOUNT, list(draft.account_ids))
    found = set()
    for facts in known.values():
        if isinstance(facts, AccountFacts) and facts.level == rules.LEAF:
            found |= {facts.id} & _speaking(facts.code, draft.valid_from)
    return found


def _speaking(code: str, on: date) -> set[int]:
    try:
        return {nomenclature.account(code, on).id}
    except NotThere:
        return set()


def _held_from(item_id: int) -> list[date]:
    made = Price.objects.filter(item=item_id, state=PriceState.APPROVED.value)
    return list(made.values_list("valid_from", flat=True))


def _locked(price_id: int) -> Price:
    hold(PRICES)
    row = Price.objects.filter(pk=price_id).first()
    if row is None:
        raise NotThere(f"price {price_id}")
    return row


def _step(row: Price, state: PriceState, **said: object) -> PriceFacts:
    row.state = state.value
    for name, value in said.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *said])
    return queries.price(row.pk)


def _tell(facts: PriceFacts, actor: Actor) -> None:
    item = queries.price_item(facts.item_id)
    people = {
        "proposed_by": facts.proposed_by or 0,
        "checked_by": facts.checked_by or 0,
        "approved_by": facts.approved_by or 0,
    }
    names = identity.names(people.values())
    today = regions.today(actor.at)
    told = {
        "code": item.code,
        "name": item.name,
        "unit": item.unit,
        "price": facts.price,
        "valid_from": facts.valid_from,
        "legal_basis": facts.legal_basis,
        "agency_code": regions.agency(facts.agency_id or 0, today).code,
        **{step: names[person] for step, person in people.items()},
    }
    trail.append("price.approved", told, at=actor.at)


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise Refused([Reason("price.nobody", N_("Masuklah dahulu."))])
    return actor.person_id


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
