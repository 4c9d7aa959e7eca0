"""The papers filled from what is kept: of drafts, versions, DPA, cash plans, SPD and shifts."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kawal.budget.facts import VersionKind
from kawal.budget.facts.papers import (
    DetailSheet,
    Form,
    PlanSheet,
    RecapSheet,
    ReleaseSheet,
    TreeSheet,
)
from kawal.budget.models import CashPlan, CashPlanLine, Line, Revision, Shift, Spd, SpdLine
from kawal.budget.models.shifts import ShiftSheet
from kawal.budget.presenters.papers import drawn
from kawal.budget.queries import papers
from kawal.budget.rules.papers import closing_of
from kawal.budget.tests.small_budget import AT, YEAR, Small, make_small_budget
from kawal.budget.tests.test_compile_version import PERKADA, enact, make
from kawal.budget.tests.test_dpa import ratify
from kawal.budget.tests.test_papers import WIB
from kawal.kernel.refusals import NotThere
from kawal.regions.queries import regions_below

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 1)
SCHOOL = Decimal("650000000.15")


@pytest.fixture
def small(world: Any) -> Small:
    """Return the small budget, verified."""
    return make_small_budget(world)


def newest(small: Small, name: str) -> int:
    """Return the id of a sheet's newest revision."""
    found: int = Revision.objects.filter(sheet=small.sheets[name]).order_by("-number")[0].pk
    return found


def test_a_sub_kegiatan_as_it_stands_is_a_draft(small: Small) -> None:
    sheet = small.sheets["sekolah"]
    paper = papers.sheet_paper(sheet.pk, newest(small, "sekolah"), ON)
    assert (paper.is_draft, paper.as_of) == (True, "Revisi 1, Diverifikasi TAPD")
    (one,) = paper.sheets
    assert isinstance(one, DetailSheet)
    assert (one.form, one.total, one.before) == (Form.RKA_DETAIL, SCHOOL, None)
    chain = [(coded.code, coded.name) for _, coded in one.head.chain]
    assert chain[0] == ("1", "Urusan wajib pelayanan dasar")
    assert chain[4] == ("1.01.02.2.01.0001", "Pembangunan unit sekolah baru")
    assert chain[5][0] == "1.01.0.00.0.00.01.0000"
    assert one.signers[0].name == small.world.person("siti").full_name
    assert one.signers[0].acted_at == AT
    assert one.names["5.1.01"] == "Tingkat 5.1.01"
    assert not one.knowledge.is_compared
    assert drawn(paper, WIB) == drawn(paper, WIB)


def test_revenue_and_financing_have_forms_of_their_own(small: Small) -> None:
    (revenue,) = papers.sheet_paper(
        small.sheets["pendapatan"].pk, newest(small, "pendapatan"), ON
    ).sheets
    (financing,) = papers.sheet_paper(
        small.sheets["pembiayaan"].pk, newest(small, "pembiayaan"), ON
    ).sheets
    assert isinstance(revenue, TreeSheet)
    assert isinstance(financing, TreeSheet)
    assert (revenue.form, financing.form) == (Form.RKA_REVENUE, Form.RKA_FINANCING)
    assert closing_of(revenue.rows).revenue == Decimal("1000000000.40")
    assert closing_of(financing.rows).net == Decimal("0.00")
    assert revenue.rows[-1].name == "DAK"


def test_another_sheet_s_revision_is_not_there(small: Small) -> None:
    with pytest.raises(NotThere):
        papers.sheet_paper(small.sheets["sekolah"].pk, newest(small, "kelurahan"), ON)
    with pytest.raises(NotThere):
        papers.sheet_paper(0, 0, ON)
    with pytest.raises(NotThere):
        papers.agency_paper(YEAR, small.unit("Dishub"), ON)
    for reader in (papers.dpa_paper, papers.plan_paper, papers.spd_paper, papers.shift_paper):
        with pytest.raises(NotThere):
            reader(0, ON)


def test_an_agency_s_rka_has_every_form_that_it_has_content_for(small: Small) -> None:
    paper = papers.agency_paper(YEAR, small.unit("Disdik"), ON)
    assert [one.form for one in paper.sheets] == [
        Form.RKA_SUMMARY,
        Form.RKA_SPENDING,
        Form.RKA_DETAIL,
    ]
    finance = papers.agency_paper(YEAR, small.unit("BPKAD"), ON)
    assert [one.form for one in finance.sheets] == [
        Form.RKA_SUMMARY,
        Form.RKA_REVENUE,
        Form.RKA_FINANCING,
    ]
    recap = paper.sheets[1]
    assert isinstance(recap, RecapSheet)
    assert (recap.rows[0].code, recap.rows[0].total) == ("1", SCHOOL)
    assert (recap.rows[-1].operating, recap.rows[-1].capital) == (
        Decimal("350000000.15"),
        Decimal("300000000.00"),
    )


def test_a_dpa_is_a_draft_until_its_last_desk_and_says_who_signed(small: Small) -> None:
    made = ratify(small, enact(small))
    paper = papers.dpa_paper(made, ON)
    assert not paper.is_draft
    assert [one.form for one in paper.sheets] == [
        Form.DPA_SUMMARY,
        Form.DPA_SPENDING,
        Form.DPA_DETAIL,
    ]
    (head, signers) = (paper.sheets[2].head, paper.sheets[2].signers)
    assert head.number == f"DPA/A.1/1.01.0.00.0.00.01.0000/001/{YEAR}"
    names = [small.world.person(one).full_name for one in ("siti", "tapd", "sekda", "ppkd")]
    assert [one.name for one in signers] == names
    assert (signers[3].place, signers[3].day) == ("Binjai", date(2026, 12, 1))
    assert drawn(paper, WIB, AT) == drawn(papers.dpa_paper(made, date(2027, 7, 1)), WIB, AT)


def test_a_changed_dpa_stands_beside_the_one_before(small: Small) -> None:
    ratify(small, enact(small))
    small.revise(
        "sekolah",
        {
            ("5.1.01.01.01.0001", "1.1.01"): "300000000.15",
            ("5.2.03.01.01.0001", "1.2.02"): "300000000",
            ("5.1.02.01.01.0024", "1.1.01"): "50000000",
        },
    )
    second = ratify(small, make(small, VersionKind.SHIFT, "ppkd", **PERKADA))
    paper = papers.dpa_paper(second, ON)
    assert paper.title.startswith("DPPA ")
    summary, recap, detail = paper.sheets
    assert isinstance(summary, TreeSheet)
    assert isinstance(recap, RecapSheet)
    assert isinstance(detail, DetailSheet)
    by_code = {row.code: (row.before, row.amount) for row in summary.rows}
    assert by_code["5.1.01"] == (Decimal("350000000.15"), Decimal("300000000.15"))
    assert by_code["5.1.02"] == (Decimal("0.00"), Decimal("50000000.00"))
    assert (recap.rows[0].before, recap.rows[0].total) == (SCHOOL, SCHOOL)
    assert detail.before == {
        ("5.1.01.01.01.0001", "1.1.01"): Decimal("350000000.15"),
        ("5.2.03.01.01.0001", "1.2.02"): Decimal("300000000.00"),
    }
    assert drawn(paper, WIB)


def test_the_city_s_summary_closes_and_the_penjabaran_is_by_agency(small: Small) -> None:
    version = enact(small)
    paper = papers.summary_paper(version)
    (one,) = paper.sheets
    assert isinstance(one, TreeSheet)
    assert closing_of(one.rows).difference == Decimal("0.00")
    assert closing_of(one.rows).spending == Decimal("1000000000.40")
    assert not paper.is_draft
    assert (one.signers[0].post, one.signers[0].name) == (
        "Wali Kota Binjai",
        small.world.person("walikota").full_name,
    )
    detail = papers.detail_paper(version, small.unit("Disdik"))
    assert {sheet.form for sheet in detail.sheets} == {Form.APBD_DETAIL}
    assert drawn(detail, WIB)
    with pytest.raises(NotThere):
        papers.detail_paper(version, small.unit("Dishub"))


def plan(small: Small) -> CashPlan:
    """Return a draft cash plan of Disdik: one twelfth a month, the rest in December."""
    made = CashPlan.objects.create(
        year_id=YEAR, unit_id=small.unit("Disdik"), number=1, changed_at=AT
    )
    for line, total in ((0, "350000000.15"), (1, "300000000")):
        own = Line.objects.filter(sheet=small.sheets["sekolah"]).order_by("account__code")[line]
        twelfth = (Decimal(total) / 12).quantize(Decimal("0.01"))
        months = {f"m{month}": twelfth for month in range(1, 12)}
        CashPlanLine.objects.create(
            plan=made, line=own, m12=Decimal(total) - 11 * twelfth, **months
        )
    return made


def test_a_cash_plan_adds_up_by_sub_kegiatan(small: Small) -> None:
    paper = papers.plan_paper(plan(small).pk, ON)
    (one,) = paper.sheets
    assert isinstance(one, PlanSheet)
    assert paper.is_draft
    top, last = one.rows[0], one.rows[-1]
    assert (top.code, top.amount, sum(top.months)) == ("1", SCHOOL, SCHOOL)
    assert (last.code, last.name) == ("1.01.02.2.01.0001", "Pembangunan unit sekolah baru")
    assert last.months[0] == Decimal("54166666.68")
    assert drawn(paper, WIB)


def test_an_spd_tells_what_was_enacted_released_and_is_left(small: Small) -> None:
    ratify(small, enact(small))
    line = Line.objects.get(sheet=small.sheets["sekolah"], account__code="5.1.01.01.01.0001")
    spd = Spd.objects.create(
        year_id=YEAR,
        agency_id=small.unit("Disdik"),
        first_month=1,
        last_month=3,
        drafted_at=AT + timedelta(days=1),
    )
    SpdLine.objects.create(spd=spd, line=line, amount=Decimal("90000000.15"))
    paper = papers.spd_paper(spd.pk, ON)
    assert paper.is_draft
    (one,) = paper.sheets
    assert isinstance(one, ReleaseSheet)
    assert (one.total.ceiling, one.total.released, one.total.now) == (
        SCHOOL,
        Decimal("0.00"),
        Decimal("90000000.15"),
    )
    assert [(row.code, row.now, row.left) for row in one.rows] == [
        ("1.01.02.2.01.0001", Decimal("90000000.15"), Decimal("560000000.00")),
        ("5.1.01", Decimal("90000000.15"), Decimal("260000000.00")),
        ("5.2.03", Decimal("0.00"), Decimal("300000000.00")),
    ]
    assert one.dpa_number.startswith("DPA/A.1/")
    assert drawn(paper, WIB)


def test_a_shift_shows_each_sub_kegiatan_before_and_after(small: Small) -> None:
    enact(small)
    revision = small.revise(
        "sekolah",
        {
            ("5.1.01.01.01.0001", "1.1.01"): "340000000.15",
            ("5.2.03.01.01.0001", "1.2.02"): "310000000",
        },
        state="draft",
    )
    region = regions_below("12.75", ON)[0]
    Revision.objects.filter(pk=revision.pk).update(places=[region.code, "99.99"])
    shift = Shift.objects.create(
        year_id=YEAR,
        agency_id=small.unit("Disdik"),
        ground="need",
        explanation="Kebutuhan",
        drafted_by_id=small.world.person("pptk").id,
        drafted_at=AT,
    )
    ShiftSheet.objects.create(shift=shift, sheet=small.sheets["sekolah"], revision=revision)
    paper = papers.shift_paper(shift.pk, ON)
    summary, detail = paper.sheets
    assert paper.is_draft
    assert isinstance(summary, TreeSheet)
    assert isinstance(detail, DetailSheet)
    assert {row.code: row.amount - (row.before or 0) for row in summary.rows} == {
        "5": 0,
        "5.1": -10_000_000,
        "5.1.01": -10_000_000,
        "5.2": 10_000_000,
        "5.2.03": 10_000_000,
    }
    assert detail.before is not None
    assert sum(detail.before.values()) == SCHOOL
    assert detail.places == f"{region.name}, 99.99"
    assert drawn(paper, WIB)
