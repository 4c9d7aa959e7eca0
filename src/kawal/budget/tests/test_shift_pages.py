"""The pages of shifts and orders, each reader in his own browser, without scripts."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from kawal.budget import actions, queries
from kawal.budget.facts import VersionKind
from kawal.budget.facts.amendments import AmendmentState, InterimDraft, OrderState
from kawal.budget.facts.shifts import ShiftState
from kawal.budget.tests.shift_world import A, B, D, Enacted, compile_up_to, make_enacted, make_plan
from kawal.budget.tests.small_budget import YEAR
from kawal.ui.formats import as_typed

pytestmark = pytest.mark.django_db
PAPER: dict[str, Any] = {"number": "900/12", "date": "2026-11-24"}


@pytest.fixture
def budget(world: Any) -> Enacted:
    """Return the small budget in force."""
    return make_enacted(world)


def at(name: str, *args: object) -> str:
    return reverse(f"budget:{name}", args=[YEAR, *args])


def read(world: Any, key: str, address: str, status: int = 200) -> str:
    answer = world.client(key).get(address)
    assert answer.status_code == status
    return str(answer.content.decode())


def send(world: Any, key: str, address: str, status: int = 302, **typed: Any) -> str:
    answer = world.client(key).post(address, {"_key": uuid4().hex, **typed})
    assert answer.status_code == status, answer.content.decode()
    return str(answer.content.decode())


def test_a_shift_goes_from_desk_to_desk_in_the_browser(world: Any, budget: Enacted) -> None:
    form = read(world, "pptk", at("new_shift"))
    assert "1.01.02.2.01.0001" in form
    typed: dict[str, Any] = {
        "ground": "need",
        "explanation": "Harga naik",
        "sheets": budget.sheet("sekolah"),
    }
    send(world, "pptk", at("new_shift"), **typed)
    (shift,) = queries.shifts(YEAR)
    assert at("shift", shift.id) in read(
        world, "pptk", reverse("budget:sheet", args=[budget.sheet("sekolah")])
    )
    budget.write(shift.id, {A: "70000000", D: "90000000"})
    page = read(world, "pptk", at("shift", shift.id))
    assert "Antarobjek dalam jenis yang sama" in page
    assert "Sekretaris Daerah" in page
    assert reverse("budget:sheet", args=[budget.sheet("sekolah")]) in page
    step = at("decide_shift", shift.id)
    send(world, "siti", step, decision="submit")
    wrong = send(world, "ppkd", step, 422, decision="approve", **PAPER)
    assert "diputus oleh Sekretaris Daerah" in wrong
    assert 'value="approve"' not in read(world, "ppkd", at("shift", shift.id))
    missing = send(world, "sekda", step, 422, decision="approve", number="", date="")
    assert "Isi nomor surat persetujuan." in missing
    send(world, "sekda", step, decision="approve", **PAPER)
    send(world, "ppkd", step, decision="enact")
    assert queries.shift(shift.id).state is ShiftState.ENACTED
    listed = read(world, "siti", at("shifts"))
    assert "Ditetapkan" in listed
    assert at("shift", shift.id) in listed
    assert "10.000.000,00" in read(world, "siti", at("shift", shift.id))


def test_what_refuses_a_step_stands_under_its_greyed_button(world: Any, budget: Enacted) -> None:
    shift_id = budget.propose()
    page = read(world, "siti", at("shift", shift_id))
    assert 'value="submit" disabled' in page
    assert "Tidak ada yang berubah." in page
    refused = send(world, "siti", at("decide_shift", shift_id), 422, decision="submit")
    assert "Tidak ada yang berubah." in refused
    send(world, "pptk", at("decide_shift", shift_id), decision="withdraw", reason="Salah pilih")
    assert "Salah pilih" in read(world, "siti", at("shift", shift_id))


def test_another_agency_sees_nothing_of_it(world: Any, budget: Enacted) -> None:
    shift_id = budget.shift({A: "70000000", B: "90000000"})
    for key, status in (("joko", 403), ("lurah", 404), ("dewi", 403)):
        read(world, key, at("shift", shift_id), status)
        send(world, key, at("decide_shift", shift_id), status, decision="approve", **PAPER)
    assert at("shift", shift_id) not in read(world, "lurah", at("shifts"))
    assert at("shift", shift_id) in read(world, "auditor", at("shifts"))
    assert queries.shift(shift_id).state is ShiftState.SUBMITTED
    read(world, "siti", reverse("budget:shift", args=[YEAR + 1, shift_id]), 404)


def test_an_efficiency_order_in_the_browser(world: Any, budget: Enacted) -> None:
    disdik = budget.small.unit("Disdik")
    typed: dict[str, Any] = {
        "number": "Inpres 1/2026",
        "date": "2026-11-24",
        "title": "Efisiensi",
        "prefixes": "5.1.02",
        "share": "10",
        "agencies": [disdik],
    }
    both = send(world, "ppkd", at("efficiency"), 422, **typed, amount="1.000.000")
    assert "salah satu saja" in both
    send(world, "ppkd", at("efficiency"), **typed)
    (order,) = queries.orders(YEAR)
    page = read(world, "siti", at("efficiency_order", order.id))
    assert "32.000.000,00" in page
    read(world, "lurah", at("efficiency_order", order.id), 404)
    step = at("decide_efficiency", order.id)
    cuts: dict[str, Any] = {
        str(one.line_id): as_typed(one.agreed) for one in queries.cuts(order.id)
    }
    assert all(f'value="{amount}"' in page for amount in cuts.values())
    refused = send(world, "ppkd", step, 422, decision="enact", **PAPER)
    assert "belum menyetujui" in refused
    low = cuts | {str(budget.line(A)): "0"}
    assert "harus tetap" in send(world, "siti", step, 422, decision="agree", agency=disdik, **low)
    send(world, "siti", step, decision="agree", agency=disdik, **cuts)
    send(world, "ppkd", step, decision="enact", **PAPER)
    assert queries.order(order.id).state is OrderState.ENACTED
    assert budget.ceilings()[A] == 72_000_000
    assert "Inpres 1/2026" in read(world, "siti", at("efficiency"))


def test_a_perubahan_in_the_browser(world: Any, budget: Enacted) -> None:
    typed: dict[str, Any] = {"ground": "extraordinary", "explanation": "Bencana", "moved": "10"}
    assert "lebih dari 50 persen" in send(world, "tapd", at("amendments"), 422, **typed)
    send(world, "tapd", at("amendments"), **typed | {"ground": "emergency"})
    found = queries.open_amendment(YEAR)
    assert found is not None
    assert "Sedang disusun" in read(world, "siti", at("amendments"))
    assert "pergeseran menunggu" in read(world, "siti", at("shifts"))
    step = at("decide_amendment", found.id)
    assert "Belum ada RKA" in send(world, "ppkd", step, 422, decision="enact", **PAPER)
    send(world, "tapd", step, decision="withdraw", reason="Batal")
    assert queries.amendment(found.id).state is AmendmentState.WITHDRAWN


def test_spending_before_the_apbd_in_the_browser(world: Any) -> None:
    make_plan(world)
    compile_up_to(world, VersionKind.RAPBD)
    typed: dict[str, Any] = {
        "months": "3",
        "last_year": "300.000.000",
        "explanation": "DPRD belum setuju",
    }
    assert "Berapa" not in read(world, "siti", at("interim"))
    send(world, "tapd", at("interim"), **typed)
    page = read(world, "ppkd", at("interim"))
    assert "5.1.02" in page
    assert "92.500.000,00" in page
    send(world, "ppkd", at("decide_interim"), decision="enact", **PAPER)
    facts = queries.interim(YEAR)
    assert facts is not None
    assert facts.state is OrderState.ENACTED
    again = InterimDraft(YEAR, 3, facts.last_year, "Lagi")
    with pytest.raises(Exception, match="sudah diusulkan"):
        actions.propose_interim(again, actor=world.actor("tapd"))


def test_the_menu_leads_to_the_latest_year(world: Any) -> None:
    newest = reverse("budget:shifts_newest")
    assert "Belum ada tahun anggaran" in read(world, "siti", newest)
    make_plan(world)
    assert world.client("siti").get(newest).url == at("shifts")
    for name in ("shifts", "amendments", "efficiency", "interim", "new_shift"):
        read(world, "pptk", at(name))
