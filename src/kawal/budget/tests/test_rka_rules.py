"""The rules of RKA, each refusing and each letting through, without a database."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from kawal.budget.declared_rka import PARAMETERS
from kawal.budget.facts import (
    ComponentFacts,
    Content,
    HeaderDraft,
    IndicatorDraft,
    IndicatorKind,
    Law,
    LineFacts,
    Record,
    RevisionFacts,
    RevisionState,
    Room,
    SheetFacts,
    SheetKind,
    Volume,
)
from kawal.budget.rules import components, lines, rka, steps
from kawal.budget.tests.rka_world import component, header

TEXTS = {one.key: one.defaults[0].text.split() for one in PARAMETERS}
LAW = Law(
    *(
        tuple(TEXTS[f"budget.{name}"])
        for name in (
            "salary_accounts",
            "salary_activities",
            "treasury_bidang",
            "treasury_accounts",
            "grant_bidang",
            "works_accounts",
        )
    )
)
EDUCATION, FINANCE = "1.01.0.00.0.00.01.0000", "5.02.0.00.0.00.01.0000"
DAY = datetime(2026, 11, 24, tzinfo=UTC)


def sheet(**more: Any) -> SheetFacts:
    given: dict[str, Any] = {
        "id": 1,
        "year": 2027,
        "unit_id": 1,
        "kind": SheetKind.SPENDING,
        "activity_id": 1,
        "activity_code": "1.01.02.2.01.0001",
        "top_code": EDUCATION,
    }
    return SheetFacts(**given | more)


def revision(**more: Any) -> RevisionFacts:
    given: dict[str, Any] = {
        "id": 1,
        "sheet_id": 1,
        "number": 1,
        "state": RevisionState.DRAFT,
        "record": Record.HERE,
        "version": 1,
        "changed_at": DAY,
        "changed_by": 1,
    }
    return RevisionFacts(**given | more)


def line(account: str = "5.1.02.01.01.0024", amount: str = "100", **more: Any) -> LineFacts:
    given: dict[str, Any] = {
        "line_id": 5,
        "account_id": 1,
        "account_code": account,
        "account_name": "Uji",
        "fund_id": 3,
        "fund_code": "1.2.01",
        "fund_name": "DAU",
        "amount": Decimal(amount),
        "components": (ComponentFacts(7, 1, component(amount), Decimal(amount)),),
    }
    return LineFacts(**given | more)


def content(*held: LineFacts, head: HeaderDraft | None = None) -> Content:
    total = sum((one.amount for one in held), Decimal(0))
    return Content(revision(), head or header(), held, total)


def refused(
    account: str, of: SheetFacts, level: int = 6, flags: frozenset[str] = frozenset()
) -> Any:
    return [one.code for one in lines.account_reasons(account, level, flags, of, LAW)]


def submitted(said: Content, room: Room, of: SheetFacts | None = None) -> Any:
    reasons = rka.submission_reasons(said, of or sheet(), room, LAW, {})
    return [(one.code, one.at) for one in reasons]


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"price": "NaN"}, "price"),
        ({"price": "Infinity"}, "price"),
        ({"price": "0.005"}, "price"),
        ({"price": "1000000000000000000"}, "price"),
        ({"volumes": ()}, "volume1"),
        ({"volumes": tuple(Volume(Decimal(1), "x") for _ in range(5))}, "volume1"),
        ({"volumes": (Volume(Decimal("0.00001"), "x"),)}, "volume1"),
        ({"volumes": (Volume(Decimal(1), "x"), Volume(Decimal("NaN"), "x"))}, "volume2"),
        ({"volumes": (Volume(Decimal(1), "x" * 41),)}, "unit1"),
        ({"tax": Decimal("-0.001")}, "tax"),
        ({"tax": Decimal("100.001")}, "tax"),
        ({"name": "x" * 301}, "name"),
        ({"specification": "x" * 501}, "specification"),
    ],
)
def test_a_component_that_cannot_be_is_refused_at_its_field(change: Any, at: str) -> None:
    assert [one.at for one in components.component_reasons(component(**change))] == [at]


def test_a_component_may_be_zero_tiny_or_huge() -> None:
    for price, volume in (("0", "0"), ("0.01", "0.0001"), ("90000000000000.99", "9")):
        assert components.component_reasons(component(price, volume)) == []
    huge = component("900000000000000000", "9")
    assert [one.code for one in components.component_reasons(huge)] == ["budget.amount_too_large"]


def test_an_account_belongs_to_the_kind_of_its_sheet() -> None:
    assert refused("4.1.01.15.01.0001", sheet()) == ["budget.account_kind"]
    revenue = sheet(kind=SheetKind.REVENUE, activity_id=None, activity_code="")
    assert refused("4.1.01.15.01.0001", revenue) == []
    assert refused("5.1.02.01.01.0024", revenue) == ["budget.account_kind"]
    assert refused("5.1.02.01.01", sheet(), level=5) == ["budget.account_level"]
    assert refused("55.1", sheet()) == ["budget.account_kind"]


def test_salaries_stand_only_in_the_salary_sub_kegiatan() -> None:
    gaji = "5.1.01.01.01.0001"
    assert refused(gaji, sheet()) == ["budget.account_salary"]
    for code in ("1.01.01.2.02.0001", "1.01.01.2.02.01"):
        assert refused(gaji, sheet(activity_code=code)) == []


def test_unforeseen_spending_and_financing_are_the_skpkds() -> None:
    btt = "5.3.01.01.01.0001"
    assert refused(btt, sheet()) == ["budget.account_treasury"]
    assert refused(btt, sheet(top_code=FINANCE)) == []
    financing = sheet(kind=SheetKind.FINANCING, activity_id=None, activity_code="")
    assert refused("6.1.01.01.01.0001", financing) == ["budget.account_treasury"]


def test_grants_in_money_stand_where_the_parameter_lets_them() -> None:
    flags = frozenset({"is_hibah_uang"})
    transport = sheet(top_code="2.15.0.00.0.00.01.0000")
    assert refused("5.1.05.05.01.0001", transport, flags=flags) == ["budget.account_grant"]
    assert refused("5.1.05.05.01.0001", sheet(), flags=flags) == []
    goods = frozenset({"is_hibah_brg"})
    assert refused("5.1.05.01.02.0001", transport, flags=goods) == []


def test_the_bidang_of_an_agency_are_read_from_its_code() -> None:
    assert lines.bidang_of("2.19.3.26.0.00.01.0000") == {"2.19", "3.26"}
    assert lines.bidang_of("") == frozenset()


def test_a_whole_sheet_that_lacks_nothing_is_let_through() -> None:
    assert submitted(content(line()), Room(sheet=Decimal(100), exact=True)) == []


def test_all_that_a_sheet_lacks_is_said_at_once() -> None:
    bad = content(
        line("5.2.04.01.01.0001", line_id=8, components=()),
        head=HeaderDraft(
            first_month=9,
            last_month=3,
            indicators=(IndicatorDraft(IndicatorKind.OUTPUT, " ", None, ""),),
        ),
    )
    assert submitted(bad, Room()) == [
        ("budget.line_empty", "line.8"),
        ("budget.months", "last_month"),
        ("budget.indicator_missing", "indicators"),
        ("budget.indicator_missing", "indicators"),
        ("budget.indicator_unfilled", "indicators.0.measure"),
        ("budget.indicator_unfilled", "indicators.0.target"),
        ("budget.indicator_unfilled", "indicators.0.unit"),
        ("budget.works_without_place", "places"),
        ("budget.no_ceiling", "total"),
    ]
    assert ("budget.rka_empty", "lines") in submitted(content(), Room(sheet=Decimal(1)))


def test_works_need_a_place_and_either_kind_of_place_will_do() -> None:
    works = line("5.2.03.01.01.0001")
    room = Room(sheet=Decimal(100))
    assert submitted(content(works), room) == [("budget.works_without_place", "places")]
    assert submitted(content(works, head=header(places=("12.75.01",))), room) == []
    assert submitted(content(works, head=header(place_text="Jalan Sudirman")), room) == []


def test_revenue_needs_neither_indicators_nor_ceiling() -> None:
    revenue = sheet(kind=SheetKind.REVENUE, activity_id=None, activity_code="")
    said = content(line("4.1.01.15.01.0001"), head=HeaderDraft())
    assert submitted(said, Room(), revenue) == []


@pytest.mark.parametrize(
    ("room", "codes"),
    [
        (Room(sheet=Decimal("100.00")), []),
        (Room(sheet=Decimal("99.99")), ["budget.over_ceiling"]),
        (Room(sheet=Decimal("100.01"), exact=True), ["budget.under_ceiling"]),
        (Room(sheet=Decimal("100.01")), []),
        (Room(sheet=Decimal(100), unit=Decimal("99.99")), ["budget.over_unit_ceiling"]),
        (Room(sheet=Decimal(100), funds={3: Decimal("99.99")}), ["budget.over_fund_ceiling"]),
        (Room(sheet=Decimal(100), funds={4: Decimal(0)}), []),
        (
            Room(Decimal(1), Decimal(1), {3: Decimal(1)}),
            ["budget.over_ceiling", "budget.over_unit_ceiling", "budget.over_fund_ceiling"],
        ),
    ],
)
def test_ceilings_are_kept_to_the_sen(room: Room, codes: list[str]) -> None:
    found = rka.ceiling_reasons(Decimal(100), {3: Decimal(100)}, room, exact=room.exact)
    assert [one.code for one in found] == codes


def test_what_is_over_already_may_shrink_but_not_grow() -> None:
    room = Room(sheet=Decimal(50))
    assert rka.ceiling_reasons(Decimal(90), {}, room, before=Decimal(100)) == []
    assert len(rka.ceiling_reasons(Decimal(101), {}, room, before=Decimal(100))) == 1


def test_lines_that_come_from_no_plan_are_listed_and_not_refused() -> None:
    assert rka.new_items([line()]) == [line()]


@pytest.mark.parametrize("state", [one for one in RevisionState if one is not RevisionState.DRAFT])
def test_only_a_draft_is_written_submitted_or_dropped(state: RevisionState) -> None:
    there = revision(state=state)
    assert len(steps.may_write(there)) == len(steps.may_submit(there, 2)) == 1
    assert len(steps.may_drop(there, "Sebab")) == 1
    may_return = state in (RevisionState.SUBMITTED, RevisionState.VERIFIED)
    assert (steps.may_send_back(there, "Sebab") == []) is may_return
    assert (steps.may_verify(there, 3, open_notes=0) == []) is (state is RevisionState.SUBMITTED)
    assert (steps.may_note(there, "Sebab") == []) is (state is RevisionState.SUBMITTED)


def test_three_persons_and_no_open_note() -> None:
    there = revision(state=RevisionState.SUBMITTED, submitted_by=2)
    assert [one.code for one in steps.may_verify(there, 1, open_notes=2)] == [
        "budget.same_person",
        "budget.notes_open",
    ]
    assert [one.code for one in steps.may_verify(there, 2, open_notes=0)] == ["budget.same_person"]
    assert steps.may_verify(there, 3, open_notes=0) == []
    assert [one.code for one in steps.may_submit(revision(), 1)] == ["budget.same_person"]
