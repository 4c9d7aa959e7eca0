"""The pages in which an officer types an RKA, as browsers meet them."""

import json
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kawal.budget import actions, queries
from kawal.budget.facts import (
    EnactedPrice,
    ItemDraft,
    PriceDraft,
    PriceFamily,
    RevisionState,
    SheetKind,
)
from kawal.budget.tests.rka_world import ACTIVITIES, AT, YEAR, component, header

pytestmark = pytest.mark.django_db
PAPER = {
    "name": "Kertas HVS",
    "specification": "A4 80 gram",
    "coefficient": "10 rim",
    "price": "55.000",
    "tax": "11",
}


def at(name: str, *args: object) -> str:
    return reverse(f"budget:{name}", args=args)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def post(browser: Client, url: str, **values: object) -> Any:
    return browser.post(url, {"_key": uuid4().hex} | values)


def send(browser: Client, url: str, key: str = "", **values: object) -> Any:
    return browser.post(
        url,
        json.dumps(values),
        content_type="application/json",
        headers={"Idempotency-Key": key or uuid4().hex, "Accept": "application/json"},
    )


def saved(plan: Any, browser: Client, sheet: int, **changes: Any) -> Any:
    revision = queries.open_revision(sheet)
    assert revision
    values = {
        "read": revision.version,
        "account": plan.accounts["5.1.02.01.01.0024"],
        "fund": plan.funds["1.2.01"],
        "texts": PAPER,
    }
    return send(browser, at("component_save", sheet), **values | changes)


def content(sheet: int) -> Any:
    revision = queries.open_revision(sheet)
    assert revision
    return queries.content(revision.id)


def test_the_list_shows_totals_against_ceilings_and_only_one_s_own(plan: Any):
    plan.set(plan.ceiling("1000000"))
    revision = plan.draft()
    plan.put(revision, component("750000.25"))
    page = text(plan.world.client("pptk").get(at("rka", YEAR)))
    assert "Rp\u00a0750.000" in page
    assert "Rp\u00a0250.000" in page
    assert "Dinas Pendidikan" in page
    lurah = plan.world.client("lurah").get(at("rka", YEAR))
    assert lurah.status_code == 200
    assert ACTIVITIES[0] not in text(lurah)
    assert plan.world.client("pptk").get(at("rka", 2031)).status_code == 404


def test_a_sheet_of_another_agency_is_not_there(plan: Any, client: Client):
    sheet = plan.sheet()
    lurah, joko = plan.world.client("lurah"), plan.world.client("joko")
    for name in ("sheet", "sheet_header", "sheet_notes", "sheet_history", "sheet_paste"):
        assert lurah.get(at(name, sheet)).status_code == 404, name
    assert saved(plan, lurah, sheet).status_code == 404
    assert joko.get(at("sheet", sheet)).status_code == 403
    assert content(sheet).lines == ()
    assert client.get(at("sheet", sheet)).status_code == 302


def test_the_script_saves_one_component_and_gets_the_database_s_amount(plan: Any):
    sheet = plan.sheet()
    browser = plan.world.client("pptk")
    answer = saved(plan, browser, sheet)
    assert answer.status_code == 200
    told = answer.json()
    assert told["sen"] == "610500.00"
    assert told["texts"]["amount"] == "610.500,00"
    assert told["texts"]["coefficient"] == "10 rim"
    page = text(browser.get(at("sheet", sheet)))
    assert "610.500,00" in page
    assert f'data-id="{told["id"]}"' in page


def test_the_same_key_saves_once(plan: Any):
    sheet = plan.sheet()
    browser = plan.world.client("pptk")
    values = {
        "read": 1,
        "account": plan.accounts["5.1.02.01.01.0024"],
        "fund": plan.funds["1.2.01"],
        "texts": PAPER,
    }
    first = send(browser, at("component_save", sheet), "k" * 20, **values)
    again = send(browser, at("component_save", sheet), "k" * 20, **values)
    assert (again.status_code, again.json()) == (200, first.json())
    assert len(list(content(sheet).components())) == 1


def test_every_reason_comes_back_at_its_field_and_nothing_is_kept(plan: Any):
    sheet = plan.sheet()
    wrong = {"name": "", "coefficient": "banyak", "price": "mahal", "tax": "dua"}
    answer = saved(plan, plan.world.client("pptk"), sheet, texts=wrong)
    assert answer.status_code == 422
    found = {reason["at"] for reason in answer.json()["reasons"]}
    assert found == {"name", "coefficient", "price", "tax"}
    answer = saved(
        plan,
        plan.world.client("pptk"),
        sheet,
        account=plan.accounts["4.1.01.15.01.0001"],
        texts=PAPER | {"coefficient": "10", "tax": "101"},
    )
    reasons = {(reason["code"], reason["at"]) for reason in answer.json()["reasons"]}
    assert reasons == {("budget.unit", "coefficient"), ("budget.tax", "tax")}
    assert content(sheet).lines == ()


def test_what_is_no_row_is_a_bad_request(plan: Any):
    sheet = plan.sheet()
    browser = plan.world.client("pptk")
    assert send(browser, at("component_save", sheet), read="x").status_code == 400
    assert send(browser, at("component_drop", sheet), read=1).status_code == 400
    assert send(browser, at("sheet_paste", sheet), block=1).status_code == 400


def test_over_the_ceiling_is_refused_beside_the_price(plan: Any):
    plan.set(plan.ceiling("600000"))
    sheet = plan.sheet()
    answer = saved(plan, plan.world.client("pptk"), sheet)
    assert answer.status_code == 422
    reason = answer.json()["reasons"][0]
    assert (reason["code"], reason["at"]) == ("budget.over_ceiling", "price")
    assert content(sheet).lines == ()


def test_a_reader_does_not_write(plan: Any):
    sheet = plan.sheet()
    siti = plan.world.client("siti")
    assert "<kawal-rka" in text(siti.get(at("sheet", sheet)))
    assert "rka-words" not in text(siti.get(at("sheet", sheet)))
    assert saved(plan, siti, sheet).status_code == 422
    assert content(sheet).lines == ()


def test_another_row_saved_meanwhile_is_no_conflict_and_is_told(plan: Any):
    sheet = plan.sheet()
    browser = plan.world.client("pptk")
    first = saved(plan, browser, sheet).json()
    saved(plan, browser, sheet, texts=PAPER | {"name": "Tinta"})
    changed = PAPER | {"price": "60.000"}
    answer = saved(plan, browser, sheet, read=2, id=first["id"], base=PAPER, texts=changed)
    assert answer.status_code == 200
    assert "juga menyimpan lembar ini" in answer.json()["others"]
    assert content(sheet).total == Decimal("666000.00") + Decimal("610500.00")


def test_of_two_who_change_one_row_the_second_sees_both(plan: Any):
    sheet = plan.sheet()
    browser = plan.world.client("pptk")
    first = saved(plan, browser, sheet).json()
    saved(plan, browser, sheet, id=first["id"], base=PAPER, texts=PAPER | {"price": "50.000"})
    mine = PAPER | {"price": "60.000"}
    answer = saved(plan, browser, sheet, read=2, id=first["id"], base=PAPER, texts=mine)
    assert answer.status_code == 409
    told = answer.json()
    assert told["version"] == 3
    for part in ("60.000", "50.000", plan.world.person("pptk").name, 'data-keep="mine"'):
        assert part in told["conflict"]
    assert content(sheet).total == Decimal("555000.00")


def test_a_row_is_put_below_another_one(plan: Any):
    sheet = plan.sheet()
    browser = plan.world.client("pptk")
    first = saved(plan, browser, sheet, texts=PAPER | {"name": "A"}).json()
    saved(plan, browser, sheet, texts=PAPER | {"name": "C"})
    saved(plan, browser, sheet, texts=PAPER | {"name": "B"}, after=first["id"])
    assert [one.draft.name for one in content(sheet).components()] == ["A", "B", "C"]


def test_a_row_is_removed(plan: Any):
    sheet = plan.sheet()
    browser = plan.world.client("pptk")
    first = saved(plan, browser, sheet).json()
    answer = send(browser, at("component_drop", sheet), read=2, id=first["id"], base=PAPER)
    assert (answer.status_code, answer.json()["version"]) == (200, 3)
    assert content(sheet).lines == ()


def test_a_pasted_block_is_taken_in_whole(plan: Any):
    sheet = plan.sheet()
    browser = plan.world.client("pptk")
    first = saved(plan, browser, sheet).json()
    block = "Spidol\t\t12\tbuah\t9.500\t11\nHonor\tnarasumber\t3\tOrang\t2\tHari\t900.000"
    values = {
        "block": block,
        "account": plan.accounts["5.1.02.01.01.0024"],
        "fund": plan.funds["1.2.01"],
    }
    answer = send(browser, at("sheet_paste", sheet), **values).json()
    assert answer["count"] == 2
    now = list(content(sheet).components())
    assert [one.draft.name for one in now] == ["Kertas HVS", "Spidol", "Honor"]
    assert [one.amount for one in now[1:]] == [Decimal("126540.00"), Decimal("5400000.00")]
    assert answer["ids"] == {str(first["id"]): now[0].id}
    assert answer["first"] == now[1].id
    assert "Spidol" in answer["html"]


def test_of_a_pasted_block_with_a_fault_nothing_is_kept_and_each_row_is_told(plan: Any):
    sheet = plan.sheet()
    values = {
        "block": "Spidol\t\t12\tbuah\t9.500\nTinta\t\t2\tbotol\tmahal",
        "account": plan.accounts["5.1.02.01.01.0024"],
        "fund": plan.funds["1.2.01"],
    }
    answer = send(plan.world.client("pptk"), at("sheet_paste", sheet), **values)
    assert answer.status_code == 422
    rows = answer.json()["rows"]
    assert [len(row["reasons"]) for row in rows] == [0, 1]
    assert rows[1]["texts"]["price"] == "mahal"
    assert content(sheet).lines == ()


def test_without_a_script_a_row_is_added_changed_and_removed(plan: Any):
    sheet = plan.sheet()
    browser = plan.world.client("pptk")
    place = {
        "rekening": plan.accounts["5.1.02.01.01.0024"],
        "dana": plan.funds["1.2.01"],
        "version": 1,
    }
    choice = text(browser.get(at("account_choice", sheet), {"q": "5.1.02", "dana": place["dana"]}))
    assert "5.1.02.01.01.0024" in choice
    assert "4.1.01" not in choice
    empty = browser.get(at("component_new", sheet), place)
    assert empty.status_code == 200
    bad = post(browser, at("component_new", sheet), **place | PAPER | {"price": "x"})
    assert bad.status_code == 422
    assert 'href="#id_price"' in text(bad)
    done = post(browser, at("component_new", sheet), **place, **PAPER)
    assert done.status_code == 302
    (row,) = content(sheet).components()
    url = at("component", sheet, row.id)
    assert 'value="55.000"' in text(browser.get(url))
    stale = post(browser, url, version=1, **PAPER | {"price": "1"})
    assert stale.status_code == 409
    assert post(browser, url, version=2, **PAPER | {"price": "60.000"}).status_code == 302
    assert content(sheet).total == Decimal("666000.00")
    assert post(browser, at("component_remove", sheet, row.id), version=3).status_code == 302
    assert content(sheet).lines == ()
    assert browser.get(url).status_code == 404


def test_without_a_script_many_rows_are_pasted(plan: Any):
    sheet = plan.sheet()
    browser = plan.world.client("pptk")
    url = at("sheet_paste", sheet)
    assert browser.get(url).status_code == 200
    values = {"rekening": "5.1.02.01.01.0024", "dana": plan.funds["1.2.01"]}
    bad = post(browser, url, block="Spidol\t\t12\tbuah\tmahal", **values)
    assert bad.status_code == 422
    assert "Baris 1, Harga satuan" in text(bad)
    unknown = post(browser, url, block="Spidol\t\t12\tbuah\t1", **values | {"rekening": "9.9"})
    assert unknown.status_code == 422
    assert post(browser, url, block="", **values).status_code == 422
    block = "Rekening\tUraian\tVolume\tSatuan\tHarga\n5.1.02.01.01.0025\tMap\t4\tbuah\t2.500"
    assert post(browser, url, block=block, **values).status_code == 302
    (line,) = content(sheet).lines
    assert (line.account_code, line.amount) == ("5.1.02.01.01.0025", Decimal("10000.00"))


def test_standard_prices_are_suggested_for_their_account_and_kept_with_the_row(plan: Any):
    paper = ItemDraft("1.1.7.01.0001", PriceFamily.SSH, "Kertas HVS", "A4 80 gram", "rim")
    account = plan.accounts["5.1.02.01.01.0024"]
    price = PriceDraft(Decimal("51000.50"), [account], date(YEAR, 1, 1), "Perwal 12/2026")
    actions.enact_prices([EnactedPrice(1, paper, price)], batch=uuid4(), at=AT)
    sheet = plan.sheet()
    browser = plan.world.client("pptk")
    url = at("price_suggestions", sheet)
    (found,) = browser.get(url, {"q": "kert hv", "rekening": account}).json()["items"]
    assert found["fills"] == {
        "name": "Kertas HVS",
        "specification": "A4 80 gram",
        "coefficient": "1 rim",
        "price": "51.000,50",
    }
    other = plan.accounts["5.1.02.01.01.0025"]
    assert browser.get(url, {"q": "kert hv", "rekening": other}).json()["items"] == []
    texts = PAPER | {"price": "51.000,50"}
    assert saved(plan, browser, sheet, price_item=found["id"], texts=texts).status_code == 200
    (row,) = content(sheet).components()
    assert row.draft.price_item_id == found["id"]
    dear = saved(plan, browser, sheet, price_item=found["id"], texts=PAPER)
    assert dear.status_code == 422
    assert dear.json()["reasons"][0]["at"] == "price"


def test_a_sheet_is_opened_by_code_or_words(plan: Any):
    browser = plan.world.client("pptk")
    found = browser.get(at("activity_suggestions", YEAR), {"q": "1.01.02"}).json()["items"]
    assert [one["code"] for one in found] == list(ACTIVITIES[:2])
    url = at("rka_new", YEAR)
    assert browser.get(url).status_code == 200
    values = {"unit": plan.unit(), "sheet_kind": "spending"}
    assert post(browser, url, **values, activity="tidak ada").status_code == 422
    assert post(browser, url, **values, activity=f"{ACTIVITIES[0]} Uji").status_code == 302
    again = post(browser, url, **values, activity=ACTIVITIES[0])
    assert again.status_code == 422
    assert post(browser, url, unit=plan.unit(), sheet_kind="revenue").status_code == 302
    kinds = [row.kind for row in queries.sheets(YEAR)]
    assert sorted(kinds) == [SheetKind.REVENUE, SheetKind.SPENDING]
    other = plan.world.agency("Dishub").id
    assert post(browser, url, unit=other, sheet_kind="revenue").status_code == 422


def test_the_head_is_saved_and_what_is_wrong_is_told(plan: Any):
    sheet = plan.sheet()
    browser = plan.world.client("pptk")
    url = at("sheet_header", sheet)
    assert browser.get(url).status_code == 200
    values = {
        "version": 1,
        "places": ["12.75.01"],
        "place_text": "SDN 1",
        "first_month": 3,
        "last_month": 10,
        "target_group": "Siswa",
        "last_year": "1.500.000,50",
        "labels": "stunting, SPM, stunting",
        "indicators.0.kind": "output",
        "indicators.0.measure": "Ruang",
        "indicators.0.target": "2,5",
        "indicators.0.unit": "unit",
        "indicators.1.kind": "result",
        "indicators.1.measure": "",
        "indicators.1.target": "",
        "indicators.1.unit": "",
    }
    bad = post(browser, url, **values | {"last_year": "x", "indicators.0.target": "y"})
    assert bad.status_code == 422
    for field in ("id_last_year", "id_indicators.0.target"):
        assert f'href="#{field}"' in text(bad)
    early = post(browser, url, **values | {"last_month": 2})
    assert early.status_code == 422
    assert post(browser, url, **values).status_code == 302
    head = content(sheet).header
    assert (head.last_year, head.labels) == (Decimal("1500000.50"), ("stunting", "SPM"))
    assert (head.places, head.first_month) == (("12.75.01",), 3)
    assert [(one.measure, one.target) for one in head.indicators] == [("Ruang", Decimal("2.5"))]
    stale = post(browser, url, **values | {"target_group": "Guru"})
    assert stale.status_code == 409
    assert "Guru" in text(stale)


def test_the_button_to_submit_says_every_reason_and_the_act_the_same(plan: Any):
    plan.set(plan.ceiling("1000000"))
    sheet = plan.sheet()
    siti = plan.world.client("siti")
    page = text(siti.get(at("sheet", sheet)))
    for words in ("Lembar RKA ini belum berisi satu baris pun.", "Indikator hasil kegiatan"):
        assert words in page
    refused = post(siti, at("sheet_submit", sheet))
    assert refused.status_code == 422
    assert "Lembar RKA ini belum berisi satu baris pun." in text(refused)
    revision = queries.open_revision(sheet)
    assert revision and revision.state is RevisionState.DRAFT


def test_a_whole_sheet_is_handed_in_noted_answered_and_its_past_shown(plan: Any):
    revision = plan.complete()
    sheet = queries.revision(revision).sheet_id
    siti, pptk = plan.world.client("siti"), plan.world.client("pptk")
    assert post(pptk, at("sheet_submit", sheet)).status_code in (403, 422)
    assert post(siti, at("sheet_submit", sheet)).status_code == 302
    line = queries.content(revision).lines[0].line_id
    tapd = plan.world.actor("tapd")
    note = actions.write_note(revision, "Volume tidak wajar", line_id=line, actor=tapd)
    assert "Volume tidak wajar" in text(pptk.get(at("sheet", sheet)))
    url = at("note_answer", sheet, note.id)
    assert post(pptk, url, **{f"answer_{note.id}": " "}).status_code == 422
    assert post(pptk, url, **{f"answer_{note.id}": "Sesuai jumlah siswa"}).status_code == 302
    assert "Sesuai jumlah siswa" in text(siti.get(at("sheet_notes", sheet)))
    assert post(pptk, at("note_answer", sheet, note.id + 99)).status_code == 404
    past = text(siti.get(at("sheet_history", sheet)))
    assert "Diajukan" in past
    assert plan.world.person("siti").name in past


def test_a_draft_is_given_up_with_a_reason(plan: Any):
    sheet = plan.sheet()
    browser = plan.world.client("pptk")
    assert post(browser, at("sheet_drop", sheet), reason="").status_code == 422
    assert post(browser, at("sheet_drop", sheet), reason="Salah unit").status_code == 302
    assert queries.open_revision(sheet) is None
    assert browser.get(at("sheet", sheet)).status_code == 200


def test_a_reader_sees_the_head_without_fields(plan: Any):
    revision = plan.complete()
    sheet = queries.revision(revision).sheet_id
    page = text(plan.world.client("tapd").get(at("sheet_header", sheet)))
    assert header().target_group in page
    assert "Simpan kepala lembar" not in page
