"""NPD: three persons, money reserved to the sen, and what the database alone refuses."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connection, transaction

from kawal.budget import actions as budget
from kawal.budget import queries as budget_queries
from kawal.budget.facts import Paper
from kawal.budget.tests.conftest import make_lines
from kawal.kernel.refusals import NotThere, Refused, StaleDraft
from kawal.regions.facts import Actor, Role
from kawal.treasury.actions import cash_books
from kawal.treasury.actions import npd as actions
from kawal.treasury.facts.cash_books import CashMove, CashPaper
from kawal.treasury.facts.npd import NpdDraft, NpdState
from kawal.treasury.queries import npd as queries
from kawal.treasury.tests.cash_people import AT, decreed_up, treasurer_of

NOBODY = Actor(None, None, (), AT)


@dataclass
class Desk:
    """Disdik with 1,000,000 released on each of two lines, and 1,500,000 of UP in the bank."""

    world: Any
    unit: int
    sheet: int
    lines: list[int]

    def who(self, key: str) -> Actor:
        """Return one of Disdik's officers in March 2027."""
        if key == "dewi":
            return treasurer_of(self.world, self.unit)
        found: Actor = self.world.actor(key, AT)
        return found

    def draft(self, *amounts: str, **more: Any) -> NpdDraft:
        """Return a draft over the lines in order."""
        pairs = zip(self.lines, map(Decimal, amounts), strict=False)
        chosen = {line: amount for line, amount in pairs if amount}
        return NpdDraft(self.sheet, "Alat tulis", chosen, **more)

    def npd(self, *amounts: str, upto: str = "dewi") -> int:
        """Take an NPD as far as a person's step."""
        made = actions.draft_npd(self.draft(*amounts), actor=self.who("pptk"))
        actions.request_npd(made, actor=self.who("pptk"))
        if upto in ("siti", "dewi"):
            actions.approve_npd(made, actor=self.who("siti"))
        if upto == "dewi":
            actions.validate_npd(made, actor=self.who("dewi"))
        return made

    def reserved(self) -> list[str]:
        """Return what is reserved on each line."""
        funds = budget_queries.funds_left(self.lines)
        return [str(funds[line].reserved) for line in self.lines]


@pytest.fixture
def desk(world: Any) -> Desk:
    """Return the small desk."""
    return make_desk(world)


def make_desk(world: Any) -> Desk:
    """Make the small desk by the product's own actions."""
    unit = world.government.agencies["Disdik"]
    lines = make_lines(unit, 2)
    amounts = {line: Decimal(1000000) for line in lines}
    budget.set_ceiling(amounts, Paper("dpa", "1"), NOBODY, key="dpa")
    budget.release(amounts, Paper("spd", "1"), NOBODY, key="spd")
    decreed_up(world, unit, "1500000")
    cash_books.take_in(
        CashMove.UP,
        year=2027,
        unit_id=unit,
        amount=Decimal(1500000),
        on=date(2027, 1, 11),
        paper=CashPaper("sp2d", "1"),
        text="UP",
        key="sp2d:1",
        actor=NOBODY,
    )
    sheet = budget_queries.sheets(2027, unit_ids=[unit])[0]
    return Desk(world, unit, sheet.id, lines)


def codes(caught: Any) -> list[tuple[str, str]]:
    """Return where and why each reason of a refusal is."""
    return [(reason.at, reason.code) for reason in caught.value.reasons]


def raw(sql: str, *values: Any) -> str:
    """Run it and commit; return the database's refusal."""
    with pytest.raises(Error) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return str(caught.value)


def test_an_npd_goes_over_three_desks_and_reserves_its_lines(desk: Desk) -> None:
    npd = queries.npd(desk.npd("400000.25", "99999.75", upto="pptk"))
    assert npd.number == "000001/NPD/1.01.0.00.0.00.01.0000/3/2027"
    assert (npd.state, str(npd.total)) == (NpdState.SUBMITTED, "500000.00")
    assert desk.reserved() == ["0.00", "0.00"]
    actions.approve_npd(npd.id, actor=desk.who("siti"))
    assert desk.reserved() == ["400000.25", "99999.75"]
    done = actions.validate_npd(npd.id, actor=desk.who("dewi"))
    assert done.state is NpdState.VALIDATED
    persons = desk.world.government.persons
    assert [done.requested_by, done.approved_by, done.validated_by] == [
        persons[key] for key in ("pptk", "siti", "dewi")
    ]


def test_a_draft_says_everything_that_is_wrong(desk: Desk) -> None:
    wrong = NpdDraft(desk.sheet, " ", {desk.lines[0]: Decimal("0.001"), 999999: Decimal(1)})
    with pytest.raises(Refused) as caught:
        actions.draft_npd(wrong, actor=desk.who("pptk"))
    assert codes(caught) == [
        ("purpose", "npd.purpose"),
        (str(desk.lines[0]), "npd.amount"),
        ("999999", "npd.foreign_line"),
    ]
    assert queries.npds(2027) == []


def test_a_draft_is_saved_once_a_version_and_dropped(desk: Desk) -> None:
    pptk = desk.who("pptk")
    made = actions.draft_npd(desk.draft("1"), actor=pptk)
    assert actions.save_npd(made, desk.draft("2", "3"), read=1, actor=pptk) == 2
    assert str(queries.npd(made).total) == "5.00"
    with pytest.raises(StaleDraft):
        actions.save_npd(made, desk.draft("9"), read=1, actor=pptk)
    actions.drop_npd(made, actor=pptk)
    assert queries.npds(2027) == []
    with pytest.raises(Refused) as caught:
        actions.request_npd(made, actor=pptk)
    assert codes(caught) == [("", "npd.state")]


def test_more_than_is_released_is_not_approved(desk: Desk) -> None:
    made = desk.npd("1000000.01", "1", upto="pptk")
    with pytest.raises(Refused) as caught:
        actions.approve_npd(made, actor=desk.who("siti"))
    assert codes(caught) == [
        (str(desk.lines[0]), "funds.over_released"),
        (str(desk.lines[0]), "funds.over_ceiling"),
    ]
    assert desk.reserved() == ["0.00", "0.00"]
    assert queries.npd(made).state is NpdState.SUBMITTED


def test_the_treasurer_does_not_promise_the_same_cash_twice(desk: Desk) -> None:
    desk.npd("1000000")
    second = desk.npd("0", "500000.01", upto="siti")
    with pytest.raises(Refused) as caught:
        actions.validate_npd(second, actor=desk.who("dewi"))
    assert codes(caught) == [("", "npd.short_of_cash")]
    assert caught.value.reasons[0].values["short"] == Decimal("0.01")
    assert queries.npd(second).state is NpdState.APPROVED


def test_what_is_refused_is_free_again_and_says_why(desk: Desk) -> None:
    made = desk.npd("400000", upto="siti")
    with pytest.raises(Refused) as caught:
        actions.refuse_npd(made, [], "", actor=desk.who("dewi"))
    assert codes(caught) == [("reasons", "npd.reasons")]
    assert desk.reserved() == ["400000.00", "0.00"]
    actions.refuse_npd(made, [19, 4], "Salah rekening", actor=desk.who("dewi"))
    npd = queries.npd(made)
    assert (npd.state, npd.reasons, npd.note) == (NpdState.REFUSED, (4, 19), "Salah rekening")
    assert desk.reserved() == ["0.00", "0.00"]


def test_joko_sees_and_moves_nothing(desk: Desk) -> None:
    made = desk.npd("1", upto="pptk")
    for step in (actions.approve_npd, actions.validate_npd):
        with pytest.raises(NotThere):
            step(made, actor=desk.who("joko"))
    assert queries.npd(made).state is NpdState.SUBMITTED


def test_one_person_behind_two_posts_does_not_validate_what_he_asked(desk: Desk) -> None:
    made = desk.npd("1", upto="siti")
    for person in ("pptk", "siti"):
        twice = treasurer_of(desk.world, desk.unit, person=person, role=Role.BENDAHARA_PENGELUARAN)
        with pytest.raises(Refused) as caught:
            actions.validate_npd(made, actor=twice)
        assert codes(caught) == [("", "npd.same_person")]


STEP = "UPDATE treasury_npd SET state = %s, {0}_by_id = %s, {0}_at = now() WHERE id = %s"


@pytest.mark.parametrize(
    ("upto", "state", "column", "person", "says"),
    [
        ("pptk", "approved", "approved", "pptk", "treasury_npd_second_person"),
        ("siti", "validated", "validated", "siti", "treasury_npd_third_person"),
        ("siti", "validated", "validated", "pptk", "treasury_npd_third_person"),
        ("pptk", "approved", "approved", "siti", "reserves exactly its lines"),
        ("pptk", "validated", "validated", "dewi", "such a step"),
    ],
)
def test_the_database_alone_keeps_persons_and_money_apart(
    desk: Desk, upto: str, state: str, column: str, person: str, says: str
) -> None:
    made = desk.npd("400000", upto=upto)
    sql = STEP.format(column)
    assert says in raw(sql, state, desk.world.government.persons[person], made)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE treasury_npdline SET amount = 1", "never change"),
        ("DELETE FROM treasury_npdline", "never change"),
        ("DELETE FROM treasury_npd", "Cannot delete"),
        ("UPDATE treasury_npd SET state = 'approved', total = 1", "never rewritten"),
        (
            "UPDATE treasury_npd SET state = 'approved', requested_at = now()",
            "keep their signatures",
        ),
        ("UPDATE treasury_npd SET state = 'draft'", "such a step"),
        ("UPDATE treasury_npd SET state = 'refused', drafted_by_id = 1", "never rewritten"),
        ("UPDATE treasury_npd SET state = 'refused', sheet_id = 0", "never rewritten"),
        ("INSERT INTO treasury_npd (state) VALUES ('approved')", "begin as draft"),
        ("TRUNCATE treasury_npdline", "permission denied"),
        ("UPDATE treasury_uplimit SET amount = 1", "permission denied"),
    ],
)
def test_what_is_handed_in_never_changes(desk: Desk, sql: str, says: str) -> None:
    desk.npd("400000", upto="pptk")
    assert says in raw(sql)
