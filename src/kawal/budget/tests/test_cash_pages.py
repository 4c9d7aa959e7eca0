"""Cash plans, SPD and the funds left as each kind of reader meets them."""

from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from kawal.budget import actions, queries
from kawal.budget.facts import NO_MONTHS, PlanState, SpdState
from kawal.budget.tests.cash_steps import (
    YEAR,
    draft_plan,
    enact,
    evenly,
    plan_in_force,
    signed_spd,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(world: Any) -> int:
    """Return Disdik."""
    return int(world.government.agencies["Disdik"])


@pytest.fixture
def funded(lines: list[int]) -> list[int]:
    """Give each line 1,200 of ceiling."""
    enact(dict.fromkeys(lines, Decimal(1200)))
    return lines


@pytest.fixture
def planned(world: Any, unit: int, funded: list[int]) -> list[int]:
    """Plan 100 a month on each line, validated by all."""
    plan_in_force(world, unit, dict.fromkeys(funded, evenly("100")))
    return funded


def at(name: str, *args: object) -> str:
    return reverse(f"budget:{name}", args=args)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def post(world: Any, who: str, url: str, **typed: object) -> Any:
    return world.client(who).post(url, {"_key": uuid4().hex, **typed})


def step(world: Any, who: str, unit: int, name: str, **typed: object) -> Any:
    return post(world, who, at("cash_plan_step", YEAR, unit, name), **typed)


def sheet_of(unit: int) -> int:
    return queries.plan_lines(YEAR, unit, None)[0].sheet_id


def test_a_plan_goes_over_the_desks_in_the_browser(
    world: Any, unit: int, funded: list[int]
) -> None:
    assert step(world, "pptk", unit, "begin").status_code == 302
    plan = queries.open_plan(YEAR, unit)
    assert plan is not None
    grid = at("cash_plan_sheet", YEAR, unit, sheet_of(unit))
    typed = {f"m-{line}-{month}": "100" for line in funded for month in range(1, 13)}
    typed |= {f"m-{funded[0]}-1": "Rp 1.100,50", f"m-{funded[0]}-12": "", f"m-{funded[1]}-1": "x"}
    wrong = post(world, "pptk", grid, read=plan.version, **typed)
    assert wrong.status_code == 422
    assert "“x” bukan jumlah uang." in text(wrong)
    assert 'value="Rp 1.100,50"' in text(wrong)
    assert queries.plan_lines(YEAR, unit, plan.id)[0].months == NO_MONTHS
    typed[f"m-{funded[1]}-1"] = "100,00"
    assert post(world, "pptk", grid, read=plan.version, **typed).status_code == 302
    months = queries.plan_lines(YEAR, unit, plan.id)[0].months
    assert (months[0], months[11]) == (Decimal("1100.50"), Decimal(0))
    refused = step(world, "pptk", unit, "submit")
    assert refused.status_code == 422
    assert "1 rincian belum sama dengan pagunya." in text(refused)
    stale = post(world, "pptk", grid, read=plan.version, **typed)
    assert stale.status_code == 409
    typed |= {f"m-{funded[0]}-1": "100", f"m-{funded[0]}-12": "100"}
    assert post(world, "pptk", grid, read=plan.version + 1, **typed).status_code == 302
    for who, name in (
        ("pptk", "submit"),
        ("siti", "validate"),
        ("sekda", "validate"),
        ("ppkd", "validate"),
    ):
        assert step(world, who, unit, name).status_code == 302, who
    assert queries.plan_in_force(YEAR, unit) == queries.cash_plan(plan.id)


def test_proposals_and_a_return_by_button(world: Any, unit: int, funded: list[int]) -> None:
    step(world, "pptk", unit, "begin")
    answer = step(world, "pptk", unit, "propose", read=1, ways=["sheet", "contracts"])
    assert answer.status_code == 302
    plan = queries.open_plan(YEAR, unit)
    assert plan is not None
    assert {line.months for line in queries.plan_lines(YEAR, unit, plan.id)} == {evenly("100")}
    step(world, "pptk", unit, "submit")
    page = text(world.client("siti").get(at("cash_plan", YEAR, unit)))
    assert "Kembalikan kepada penyusun" in page
    assert step(world, "siti", unit, "return", reason="").status_code == 422
    assert step(world, "siti", unit, "return", reason="Gaji ke-13").status_code == 302
    page = text(world.client("pptk").get(at("cash_plan", YEAR, unit)))
    assert "Gaji ke-13" in page
    assert step(world, "pptk", unit, "drop").status_code == 302
    assert queries.cash_plan(plan.id).state is PlanState.DROPPED
    assert step(world, "pptk", unit, "submit").status_code == 404


def test_the_list_says_whose_desk_and_what_does_not_fit(
    world: Any, unit: int, planned: list[int]
) -> None:
    enact({planned[0]: Decimal(5)}, key="more")
    page = text(world.client("siti").get(at("cash_plans", YEAR)))
    assert "RAK belum sesuai" in page
    draft = actions.begin_plan(YEAR, unit, actor=world.actor("pptk"))
    assert "Menunggu Anda</b>" in text(world.client("pptk").get(at("cash_plans", YEAR)))
    assert "Menunggu Anda</b>" not in text(world.client("siti").get(at("cash_plans", YEAR)))
    assert queries.cash_plan(draft).number == 2


def test_who_only_reads_has_no_fields(world: Any, unit: int, funded: list[int]) -> None:
    draft_plan(world, unit, {funded[0]: evenly("100")})
    grid = at("cash_plan_sheet", YEAR, unit, sheet_of(unit))
    assert f'name="m-{funded[0]}-1"' in text(world.client("pptk").get(grid))
    assert f'name="m-{funded[0]}-1"' not in text(world.client("siti").get(grid))
    refused = post(world, "siti", grid, read=2)
    assert refused.status_code == 422
    assert queries.plan_lines(YEAR, unit, queries.cash_plans(YEAR, unit)[0].id)[0].total == 1200


def test_another_agency_gets_404_and_a_stranger_nothing(
    world: Any, unit: int, planned: list[int]
) -> None:
    spd = signed_spd(world, unit, 1, 3)
    sheet = sheet_of(unit)
    own = [
        at("cash_plan", YEAR, unit),
        at("cash_plan_sheet", YEAR, unit, sheet),
        at("spd", spd),
        at("agency_funds", YEAR, unit),
        at("sheet_funds", YEAR, sheet),
        at("line_funds", planned[0]),
    ]
    for url in own:
        assert world.client("siti").get(url).status_code == 200, url
        assert world.client("lurah").get(url).status_code == 404, url
        assert world.client("joko").get(url).status_code == 403, url
        assert world.client("dewi").get(url).status_code == 403, url
    for name in ("cash_plans", "spd_list", "funds", "funds_download"):
        page = text(world.client("lurah").get(at(name, YEAR)))
        assert "Dinas Pendidikan" not in page, name
    assert step(world, "lurah", unit, "begin").status_code == 404
    assert post(world, "lurah", at("spd_step", spd, "withdraw"), reason="x").status_code == 404


def test_an_spd_is_drafted_written_signed_and_withdrawn(
    world: Any, unit: int, planned: list[int]
) -> None:
    made = post(world, "budi", at("spd_list", YEAR), agency=unit, first_month=1, last_month=3)
    assert made.status_code == 302
    (spd,) = queries.spds(YEAR)
    page = text(world.client("budi").get(made.url))
    assert f'id="id_{planned[0]}" name="a-{planned[0]}"' in page
    assert 'value="300"' in page
    typed = {f"a-{planned[0]}": "300,01", f"a-{planned[1]}": "", "terms": "Triwulan I"}
    assert post(world, "budi", made.url, read=1, explanation="", **typed).status_code == 302
    assert "Tanda tangani" not in text(world.client("budi").get(made.url))
    refused = post(world, "ppkd", at("spd_step", spd.id, "sign"))
    assert refused.status_code == 422
    assert "Melampaui anggaran kas kumulatif yang divalidasi sebesar Rp0,01." in text(refused)
    typed[f"a-{planned[0]}"] = "300"
    post(world, "budi", made.url, read=2, explanation="", **typed)
    assert post(world, "ppkd", at("spd_step", spd.id, "sign")).status_code == 302
    signed = queries.spd(spd.id)
    assert (signed.state, signed.total, signed.terms) == (
        SpdState.SIGNED,
        Decimal(300),
        "Triwulan I",
    )
    page = text(world.client("siti").get(made.url))
    assert signed.number in page
    assert "tiga ratus rupiah" in page
    assert "Tarik SPD ini" not in page
    part = {"how": "part", "reason": "Keliru", f"a-{planned[0]}": "0,50"}
    withdraw = at("spd_step", spd.id, "withdraw")
    assert post(world, "ppkd", withdraw, **part).status_code == 302
    assert queries.spd(spd.id).left == Decimal("299.50")
    assert post(world, "ppkd", withdraw, how="whole", reason="").status_code == 422
    assert post(world, "ppkd", withdraw, how="whole", reason="Batal").status_code == 302
    assert queries.spd(spd.id).is_withdrawn


def test_funds_by_agency_sheet_line_and_as_csv(world: Any, unit: int, planned: list[int]) -> None:
    spd = signed_spd(world, unit, 1, 3)
    page = text(world.client("inspektur").get(at("funds", YEAR)))
    assert "Dinas Pendidikan" in page
    assert "Rp\xa03.600,00" in page
    page = text(world.client("siti").get(at("line_funds", planned[0])))
    assert reverse("budget:spd", args=[spd]) in page
    answer = world.client("siti").get(at("funds_download", YEAR))
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 4
    assert rows[0].endswith("pagu,spd,permintaan_berjalan,komitmen,dibayar,sisa_pagu,sisa_spd")
    assert rows[1].endswith("1200.00,300.00,0.00,0.00,0.00,1200.00,300.00")


def workbook_of(client: Any) -> list[list[Any]]:
    """Return the rows of the workbook of the funds left."""
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(at("funds_workbook", YEAR)).content))
    return book.get_sheet_by_index(0).to_python()


def test_funds_as_a_workbook_of_the_readers_own_lines(
    world: Any, unit: int, planned: list[int]
) -> None:
    signed_spd(world, unit, 1, 3)
    head, *rows = workbook_of(world.client("siti"))
    assert (head[0], *head[-4:]) == (
        "Kode unit",
        "Sisa kontrak",
        "Dibayar",
        "Pagu yang masih bebas",
        "Sisa SPD",
    )
    assert [row[1] for row in rows] == ["Dinas Pendidikan"] * 3
    assert [row[-7:] for row in rows] == [[1200, 300, 0, 0, 0, 1200, 300]] * 3
    assert workbook_of(world.client("lurah"))[1:] == []
    assert world.client("joko").get(at("funds_workbook", YEAR)).status_code == 403


def test_pages_of_a_year_nobody_opened_are_not_there(world: Any) -> None:
    for name in ("cash_plans", "spd_list", "funds"):
        assert world.client("ppkd").get(at(name, 2031)).status_code == 404
    for name in ("cash_plans_newest", "spd_newest", "funds_newest"):
        assert world.client("ppkd").get(at(name)).status_code == 200
