"""Standard prices: from an agency's proposal to the price of the day, and what a component may."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from kawal.budget import actions, queries
from kawal.budget.facts import (
    ItemDraft,
    PriceDraft,
    PriceFacts,
    PriceFamily,
    PriceState,
    StandardPrice,
)
from kawal.budget.rules import prices as rules
from kawal.identity import queries as identity
from kawal.kernel.refusals import Refused
from kawal.nomenclature.models import Account, Decree
from kawal.regions import queries as regions
from kawal.regions.facts import Actor
from kawal.trail.models import Leaf

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
NEXT = date(2027, 1, 1)
PAPER = ItemDraft(
    "1.1.7.01.0001", PriceFamily.SSH, "Kertas HVS", "A4/80 gram, putih", "rim",
    local_content=Decimal("62.50"),
)  # fmt: skip


@pytest.fixture
def accounts() -> list[int]:
    decree = Decree.objects.create(code="uji", title="Uji", valid_from=date(2026, 1, 1))
    made = [
        Account.objects.create(decree=decree, code=code, level=code.count(".") + 1, name="Belanja")
        for code in ("5.1.02.01.01.0024", "5.1.02.01.01.0025", "5.1.02.01.01")
    ]
    return [row.pk for row in made]


@pytest.fixture
def act(world: Any) -> Any:
    def by(name: str) -> Actor:
        return regions.actor(world.government.persons[name], None, AT)

    return by


@pytest.fixture
def disdik(world: Any) -> int:
    found: int = world.government.agencies["Disdik"]
    return found


def draft(accounts: list[int], price: str = "51000.50", first: date = NEXT) -> PriceDraft:
    return PriceDraft(
        Decimal(price), accounts[:1], first, "Perwal 12/2026", "027/15", "Survei pasar"
    )


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.code for reason in refused.value.reasons}


def approve(made: PriceFacts, act: Any) -> PriceFacts:
    actions.check_price(made.id, actor=act("ppkd"))
    return actions.approve_price(made.id, actor=act("tapd"))


@pytest.mark.django_db
def test_a_price_goes_from_proposal_to_the_standard_of_the_day(accounts, act, disdik):
    made = actions.propose_price(PAPER, draft(accounts), agency_id=disdik, actor=act("pptk"))
    assert made.state is PriceState.PROPOSED
    assert made.accounts == ("5.1.02.01.01.0024",)
    assert queries.standard_prices([made.item_id], NEXT) == {}
    assert [one.id for _, one in queries.price_proposals()] == [made.id]
    approved = approve(made, act)
    assert approved.state is PriceState.APPROVED
    assert queries.price_proposals() == []
    found = queries.standard_prices([made.item_id], NEXT)[made.item_id]
    assert found == StandardPrice(
        made.item_id, PAPER.code, PriceFamily.SSH, "Kertas HVS", "A4/80 gram, putih", "rim",
        Decimal("51000.50"), frozenset(accounts[:1]), Decimal("62.50"),
    )  # fmt: skip
    assert queries.standard_prices([made.item_id], date(2026, 12, 31)) == {}
    told = bytes(Leaf.objects.order_by("order").last().canonical).decode()
    assert '"price.approved"' in told
    assert '"price":"51000.50"' in told
    names = identity.names([act(one).person_id or 0 for one in ("pptk", "ppkd", "tapd")])
    assert len(names) == 3
    assert all(name in told for name in names.values())


@pytest.mark.django_db
def test_a_later_price_ends_the_one_before_and_history_keeps_both(accounts, act, disdik):
    first = approve(
        actions.propose_price(PAPER, draft(accounts), agency_id=disdik, actor=act("pptk")), act
    )
    later = date(2027, 7, 1)
    second = actions.propose_price(
        first.item_id, draft(accounts[1:], "53000", later), agency_id=disdik, actor=act("pptk")
    )
    approve(second, act)
    history = queries.price_history(first.item_id)
    assert [(one.price, one.valid_from, one.valid_until) for one in history] == [
        (Decimal("53000.00"), later, None),
        (Decimal("51000.50"), NEXT, date(2027, 6, 30)),
    ]
    june = queries.standard_prices([first.item_id], date(2027, 6, 30))[first.item_id]
    july = queries.standard_prices([first.item_id], later)[first.item_id]
    assert (june.price, july.price) == (Decimal("51000.50"), Decimal("53000.00"))
    assert july.account_ids == frozenset(accounts[1:2])
    with pytest.raises(Refused) as refused:
        actions.propose_price(
            first.item_id, draft(accounts, "1", later), agency_id=disdik, actor=act("pptk")
        )
    assert codes(refused) == {"price.later"}


@pytest.mark.django_db
def test_every_reason_at_once_and_nothing_is_recorded(accounts, act, disdik):
    bad = PriceDraft(Decimal("0.001"), accounts[2:], NEXT, " ")
    with pytest.raises(Refused) as refused:
        actions.propose_price(PAPER, bad, agency_id=disdik, actor=act("pptk"))
    assert codes(refused) == {"price.amount", "price.no_basis", "price.accounts"}
    assert list(queries.price_page("", NEXT, "1")) == []
    with pytest.raises(Refused) as refused:
        blank = ItemDraft("", PriceFamily.SSH, "", "", "", local_content=Decimal(101))
        actions.propose_price(blank, bad, agency_id=disdik, actor=act("pptk"))
    assert codes(refused) == {"price.empty", "price.local_content"}
    made = actions.propose_price(PAPER, draft(accounts), agency_id=disdik, actor=act("pptk"))
    with pytest.raises(Refused) as refused:
        actions.propose_price(made.item_id, draft(accounts), agency_id=disdik, actor=act("siti"))
    assert codes(refused) == {"price.waiting"}
    with pytest.raises(Refused) as refused:
        actions.propose_price(PAPER, draft(accounts), agency_id=disdik, actor=act("siti"))
    assert codes(refused) == {"price.code_taken"}


@pytest.mark.django_db
def test_who_may_and_in_what_order(accounts, act, disdik, world):
    bpkad = world.government.agencies["BPKAD"]
    for name, agency in (("pptk", bpkad), ("joko", disdik), ("tapd", disdik)):
        with pytest.raises(Refused) as refused:
            actions.propose_price(PAPER, draft(accounts), agency_id=agency, actor=act(name))
        assert codes(refused) == {"regions.not_permitted"}
    made = actions.propose_price(PAPER, draft(accounts), agency_id=disdik, actor=act("pptk"))
    for action, name in ((actions.check_price, "tapd"), (actions.approve_price, "ppkd")):
        with pytest.raises(Refused) as refused:
            action(made.id, actor=act(name))
        assert codes(refused) == {"regions.not_permitted"}
    with pytest.raises(Refused) as refused:
        actions.approve_price(made.id, actor=act("tapd"))
    assert codes(refused) == {"price.unchecked"}
    approve(made, act)
    with pytest.raises(Refused) as refused:
        actions.check_price(made.id, actor=act("ppkd"))
    assert codes(refused) == {"price.decided"}


@pytest.mark.django_db
def test_nobody_decides_what_he_proposed_himself(accounts, act, world):
    """The head of BPKAD is PPKD too: what he proposes for his agency another must check."""
    bpkad = world.government.agencies["BPKAD"]
    made = actions.propose_price(PAPER, draft(accounts), agency_id=bpkad, actor=act("ppkd"))
    for decide in (actions.check_price, lambda *a, **k: actions.reject_price(a[0], "x", **k)):
        with pytest.raises(Refused) as refused:
            decide(made.id, actor=act("ppkd"))
        assert codes(refused) == {"price.same_person"}
    assert queries.price(made.id).state is PriceState.PROPOSED


@pytest.mark.django_db
def test_a_rejection_says_why_and_lets_another_be_proposed(accounts, act, disdik):
    made = actions.propose_price(PAPER, draft(accounts), agency_id=disdik, actor=act("pptk"))
    with pytest.raises(Refused) as refused:
        actions.reject_price(made.id, " ", actor=act("ppkd"))
    assert codes(refused) == {"price.no_reason"}
    gone = actions.reject_price(made.id, "Tanpa survei", actor=act("ppkd"))
    assert (gone.state, gone.reason) == (PriceState.REJECTED, "Tanpa survei")
    again = actions.propose_price(
        made.item_id, draft(accounts), agency_id=disdik, actor=act("pptk")
    )
    actions.check_price(again.id, actor=act("ppkd"))
    with pytest.raises(Refused) as refused:
        actions.reject_price(again.id, "Kemahalan", actor=act("ppkd"))
    assert codes(refused) == {"regions.not_permitted"}
    actions.reject_price(again.id, "Kemahalan", actor=act("tapd"))
    assert [one.state for one in queries.price_history(made.item_id)] == [PriceState.REJECTED] * 2


@pytest.mark.django_db
def test_items_are_found_by_words_cut_short_code_family_and_account(accounts, act, disdik):
    approve(actions.propose_price(PAPER, draft(accounts), agency_id=disdik, actor=act("pptk")), act)
    for typed in ("kert", "hvs 80", "1.1.7"):
        assert [one.code for one in queries.find_prices(typed, NEXT)] == [PAPER.code], typed
    assert queries.find_prices("kertas", NEXT, account_id=accounts[1]) == []
    assert len(queries.find_prices("kertas", NEXT, account_id=accounts[0])) == 1
    assert queries.find_prices("kertas", date(2026, 12, 31)) == []
    assert queries.find_prices("", NEXT) == []
    page = queries.price_page("kertas", date(2026, 12, 31), "1")
    assert [(item.code, price) for item, price in page] == [(PAPER.code, None)]
    assert len(queries.price_page("", NEXT, "1", family=PriceFamily.SBU)) == 0
    assert len(queries.price_page("", NEXT, "1", account="5.1.02.01")) == 1
    assert len(queries.price_page("", NEXT, "1", account="5.2")) == 0


def test_a_component_costs_at_most_the_standard_and_stands_on_its_accounts():
    standard = StandardPrice(
        7, "1.1", PriceFamily.SSH, "Kertas", "", "rim", Decimal("51000.50"), frozenset({3})
    )
    assert rules.component_refusals(Decimal("51000.50"), 3, standard) == []
    found = rules.component_refusals(Decimal("51000.51"), 4, standard)
    assert [one.code for one in found] == ["price.over_standard", "price.account"]
    assert found[0].values["over"] == Decimal("0.01")
    assert [one.code for one in rules.component_refusals(Decimal(1), 3, None)] == ["price.none"]


def test_prices_of_the_first_day_count_while_a_year_is_drafted():
    assert rules.price_day(2027, date(2026, 10, 1)) == date(2027, 1, 1)
    assert rules.price_day(2027, date(2027, 5, 2)) == date(2027, 5, 2)
    assert rules.price_day(2027, date(2028, 2, 1)) == date(2027, 12, 31)
