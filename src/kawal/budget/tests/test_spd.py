"""SPD against the cash plan: drafted, signed, numbered, published, withdrawn; who may not."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from kawal.budget import actions, queries
from kawal.budget.facts import Execution, MonthOfYear, Paper, SpdState
from kawal.budget.models import FundEntry, Spd
from kawal.budget.tests.cash_steps import (
    NOBODY,
    YEAR,
    balances,
    codes,
    draft_plan,
    enact,
    evenly,
    plan_in_force,
    signed_spd,
)
from kawal.documents.models import Series
from kawal.kernel.refusals import NotThere, Refused, StaleDraft
from kawal.nomenclature import queries as nomenclature
from kawal.trail.models import Leaf

JANUARY = datetime(2027, 1, 4, 2, tzinfo=UTC)
ORG = "1.01.0.00.0.00.01.0000"


@pytest.fixture
def agency(world: Any) -> int:
    """Return Disdik."""
    return int(world.government.agencies["Disdik"])


@pytest.fixture
def funded(lines: list[int]) -> list[int]:
    """Give each line 1,200 of ceiling."""
    enact(dict.fromkeys(lines, Decimal(1200)))
    return lines


@pytest.fixture
def planned(world: Any, agency: int, funded: list[int]) -> list[int]:
    """Plan 100 a month on each line, validated by all."""
    plan_in_force(world, agency, dict.fromkeys(funded, evenly("100")))
    return funded


def test_a_draft_proposes_the_plan_less_what_is_released(
    world: Any, agency: int, planned: list[int]
) -> None:
    first = signed_spd(world, agency, 1, 3)
    assert queries.spd(first).total == Decimal(900)
    enact({planned[2]: Decimal(-850)}, key="cut")
    second = actions.draft_spd(YEAR, agency, 4, 6, actor=world.actor("budi"))
    amounts = [line.amount for line in queries.spd_lines(second)]
    assert amounts == [Decimal(300), Decimal(300), Decimal(50)]


def test_signing_releases_numbers_and_publishes(
    world: Any, agency: int, planned: list[int]
) -> None:
    spd = actions.draft_spd(YEAR, agency, 1, 3, actor=world.actor("budi"), terms="Triwulan I")
    signed = actions.sign_spd(spd, actor=world.actor("ppkd", JANUARY))
    assert signed.number == f"12.75/01.0/000001/{ORG}/M/1/2027"
    assert (signed.state, signed.total, signed.left) == (
        SpdState.SIGNED,
        Decimal(900),
        Decimal(900),
    )
    assert signed.signed_on == date(2027, 1, 4)
    assert [balances(line) for line in planned] == [("1200.00", "300.00", "0.00")] * 3
    assert _told("spd.issued") == [
        {
            "number": signed.number,
            "year": YEAR,
            "agency": ORG,
            "first_month": 1,
            "last_month": 3,
            "on": "2027-01-04",
            "total": "900.00",
            "by": world.person("ppkd").full_name,
        }
    ]


def _told(kind: str) -> list[dict[str, Any]]:
    told = [json.loads(bytes(leaf.canonical)) for leaf in Leaf.objects.order_by("order")]
    return [one["facts"] for one in told if one["kind"] == kind]


def test_numbers_of_an_agency_have_no_gap(world: Any, agency: int, planned: list[int]) -> None:
    first = signed_spd(world, agency, 1, 1)
    draft = actions.draft_spd(
        YEAR, agency, 2, 2, actor=world.actor("budi"), amounts={planned[0]: Decimal("100.01")}
    )
    with pytest.raises(Refused):
        actions.sign_spd(draft, actor=world.actor("ppkd"))
    actions.drop_spd(draft, actor=world.actor("budi"))
    second = signed_spd(world, agency, 2, 2)
    serials = Spd.objects.filter(pk__in=[first, second]).values_list("serial", flat=True)
    assert list(serials.order_by("pk")) == [1, 2]
    assert Series.objects.get(name=f"SPD/{ORG}").last == 2


def test_every_reason_of_every_line_and_nothing_moves(
    world: Any, agency: int, planned: list[int]
) -> None:
    first, second, third = planned
    amounts = {first: Decimal("300.01"), second: Decimal(1201), third: Decimal(300)}
    budi = world.actor("budi")
    spd = actions.draft_spd(YEAR, agency, 1, 3, actor=budi, amounts=amounts)
    entries = FundEntry.objects.count()
    with pytest.raises(Refused) as caught:
        actions.sign_spd(spd, actor=world.actor("ppkd"))
    assert codes(caught) == [
        (str(first), "spd.over_plan"),
        (str(second), "spd.over_plan"),
        (str(second), "funds.released_over_ceiling"),
    ]
    assert (FundEntry.objects.count(), queries.spd(spd).state) == (entries, SpdState.DRAFT)
    assert _told("spd.issued") == []


def test_above_the_plan_needs_the_parameter_and_an_explanation(
    world: Any, agency: int, planned: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from kawal.budget.actions import spd as module

    def ten_percent(key: str, on: date) -> Any:
        return replace(nomenclature.parameter(key, on), number=Decimal(10))

    budi, ppkd = world.actor("budi"), world.actor("ppkd")
    spd = actions.draft_spd(YEAR, agency, 1, 3, actor=budi, amounts={planned[0]: Decimal(330)})
    monkeypatch.setattr(module, "parameter", ten_percent)
    with pytest.raises(Refused) as caught:
        actions.sign_spd(spd, actor=ppkd)
    assert codes(caught) == [(str(planned[0]), "spd.unexplained")]
    more = {planned[0]: Decimal("330.01")}
    said = {"explanation": "Bencana", "terms": ""}
    read = actions.save_spd(spd, more, read=1, actor=budi, **said)
    with pytest.raises(Refused) as caught:
        actions.sign_spd(spd, actor=ppkd)
    assert codes(caught) == [(str(planned[0]), "spd.over_plan")]
    actions.save_spd(spd, {planned[0]: Decimal(330)}, read=read, actor=budi, **said)
    assert actions.sign_spd(spd, actor=ppkd).total == Decimal(330)


def test_without_a_validated_plan_or_a_ceiling_nothing_is_released(
    world: Any, agency: int, funded: list[int]
) -> None:
    draft_plan(world, agency, dict.fromkeys(funded, evenly("100")))
    budi = world.actor("budi")
    assert queries.spd_lines(actions.draft_spd(YEAR, agency, 1, 12, actor=budi)) == []
    spd = queries.spds(YEAR)[0].id
    with pytest.raises(Refused) as caught:
        actions.sign_spd(spd, actor=world.actor("ppkd"))
    assert codes(caught) == [("", "spd.empty")]
    said = {"explanation": "", "terms": "", "actor": budi}
    actions.save_spd(spd, {funded[0]: Decimal(1)}, read=1, **said)
    with pytest.raises(Refused) as caught:
        actions.sign_spd(spd, actor=world.actor("ppkd"))
    assert codes(caught) == [(str(funded[0]), "spd.over_plan")]
    with pytest.raises(Refused) as caught:
        actions.save_spd(spd, {funded[0] - 1000: Decimal(1)}, read=2, **said)
    assert codes(caught) == [(str(funded[0] - 1000), "spd.foreign_line")]
    with pytest.raises(StaleDraft):
        actions.save_spd(spd, {}, read=1, **said)


def test_after_the_year_nothing_is_released(world: Any, agency: int, planned: list[int]) -> None:
    spd = actions.draft_spd(YEAR, agency, 1, 3, actor=world.actor("budi"))
    late = datetime(2027, 12, 31, 17, tzinfo=UTC)  # midnight in Binjai
    with pytest.raises(Refused) as caught:
        actions.sign_spd(spd, actor=world.actor("ppkd", late))
    assert codes(caught) == [("", "spd.year_over")]


def test_the_wrong_desk_is_refused(world: Any, agency: int, planned: list[int]) -> None:
    for key in ("siti", "pptk", "sekda", "ppkd", "joko"):
        with pytest.raises(Refused):
            actions.draft_spd(YEAR, agency, 1, 3, actor=world.actor(key))
    spd = actions.draft_spd(YEAR, agency, 1, 3, actor=world.actor("budi"))
    for key in ("budi", "siti", "sekda"):
        with pytest.raises(Refused) as caught:
            actions.sign_spd(spd, actor=world.actor(key))
        assert codes(caught) == [("", "regions.not_permitted")]
    with pytest.raises(NotThere):
        actions.sign_spd(spd, actor=world.actor("joko"))
    assert queries.spd(spd).state is SpdState.DRAFT


def test_one_draft_an_agency_and_only_for_an_skpd(
    world: Any, agency: int, planned: list[int]
) -> None:
    budi = world.actor("budi")
    actions.draft_spd(YEAR, agency, 1, 3, actor=budi)
    with pytest.raises(Refused) as caught:
        actions.draft_spd(YEAR, agency, 4, 3, actor=budi)
    assert codes(caught) == [("", "spd.open"), ("last_month", "spd.months")]
    unit = world.government.agencies["Kel. Pahlawan"]
    with pytest.raises(Refused) as caught:
        actions.draft_spd(YEAR, unit, 1, 3, actor=budi)
    assert codes(caught) == [("agency", "spd.not_an_skpd")]


def _withdraw(world: Any, spd: int, reason: str = "Salah bulan", **more: Any) -> Decimal:
    return actions.withdraw_spd(spd, reason, actor=world.actor("ppkd"), **more)


def test_a_withdrawal_in_part_and_of_the_rest(world: Any, agency: int, planned: list[int]) -> None:
    spd = signed_spd(world, agency, 1, 3)
    _withdraw(world, spd, amounts={planned[0]: Decimal("100.25")})
    assert (queries.spd(spd).left, queries.spd(spd).is_withdrawn) == (Decimal("799.75"), False)
    assert balances(planned[0]) == ("1200.00", "199.75", "0.00")
    with pytest.raises(Refused) as caught:
        _withdraw(world, spd, " ", amounts={planned[0]: Decimal("199.76")})
    assert codes(caught) == [("reason", "spd.reason"), (str(planned[0]), "spd.withdrawn_over")]
    assert _withdraw(world, spd) == Decimal("799.75")
    assert queries.spd(spd).is_withdrawn
    assert [one.total for one in queries.spd_withdrawals(spd)] == [
        Decimal("100.25"),
        Decimal("799.75"),
    ]
    told = _told("spd.withdrawn")
    assert [(facts["total"], facts["reason"]) for facts in told] == [
        ("100.25", "Salah bulan"),
        ("799.75", "Salah bulan"),
    ]
    with pytest.raises(Refused):
        _withdraw(world, spd)


def test_what_is_requested_or_paid_is_not_withdrawn(
    world: Any, agency: int, planned: list[int]
) -> None:
    spd, paper = signed_spd(world, agency, 1, 3), Paper("spp", "1")
    actions.reserve({planned[0]: Decimal(1)}, paper, NOBODY, key="r")
    with pytest.raises(Refused) as caught:
        _withdraw(world, spd)
    assert codes(caught) == [(str(planned[0]), "funds.over_released")]
    assert (queries.spd(spd).withdrawn, queries.spd_withdrawals(spd)) == (Decimal(0), [])
    with pytest.raises(Refused):
        actions.withdraw_spd(spd, "Salah", actor=world.actor("budi"))


def test_execution_of_the_agency_month_by_month(
    world: Any, agency: int, planned: list[int]
) -> None:
    signed_spd(world, agency, 1, 3)
    paper, march = Paper("spp", "1"), world.actor("budi", datetime(2027, 2, 28, 17, tzinfo=UTC))
    actions.commit({planned[1]: Decimal(77)}, paper, NOBODY, key="c")
    actions.reserve({planned[0]: Decimal(240)}, paper, march, key="r")
    actions.record_payment({planned[0]: Decimal(225)}, paper, march, key="p")
    expected = Execution(
        agency,
        *(Decimal(amount) for amount in (900, 3600, 900, 15, 77, 225)),
    )
    assert queries.execution(YEAR, date(2027, 3, 31)) == [expected]
    assert expected.deviation == Decimal(75)
    assert queries.execution(YEAR, date(2026, 12, 31))[0].plan == 0
    assert queries.execution(YEAR, date(2028, 1, 1))[0].plan == Decimal(3600)
    assert queries.execution(YEAR - 1, date(2027, 3, 31)) == []
    months = queries.months_of_year(YEAR, [agency])
    assert [months[place] for place in (0, 1, 2, 11)] == [
        MonthOfYear(1, Decimal(300), Decimal(900), Decimal(0)),
        MonthOfYear(2, Decimal(600), Decimal(900), Decimal(0)),
        MonthOfYear(3, Decimal(900), Decimal(900), Decimal(225)),
        MonthOfYear(12, Decimal(3600), Decimal(900), Decimal(225)),
    ]
