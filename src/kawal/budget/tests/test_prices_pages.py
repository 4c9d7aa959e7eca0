"""The pages of standard prices as their readers meet them."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from kawal.budget import queries
from kawal.budget.facts import PriceState
from kawal.nomenclature.models import Account, Decree

pytestmark = pytest.mark.django_db
CODE = "5.1.02.01.01.0024"


@pytest.fixture(autouse=True)
def account(world: Any) -> None:
    decree = Decree.objects.create(code="uji", title="Uji", valid_from=date(2026, 1, 1))
    Account.objects.create(decree=decree, code=CODE, level=6, name="Belanja alat tulis kantor")


def at(name: str, *args: object) -> str:
    return reverse(f"budget:{name}", args=args)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def typed(world: Any, **changes: str) -> dict[str, str]:
    values = {
        "_key": uuid4().hex,
        "agency": str(world.government.agencies["Disdik"]),
        "price": "51.000,50",
        "valid_from": "2026-12-01",
        "accounts": CODE,
        "legal_basis": "Perwal 12/2026",
        "letter": "027/15",
        "note": "Survei tiga toko",
    }
    return values | changes


ITEM = {
    "code": "1.1.7.01",
    "family": "ssh",
    "name": "Kertas HVS",
    "specification": "A4/80 gram",
    "unit": "rim",
    "product_type": "domestic",
    "local_content": "62,5",
}


def test_a_proposal_goes_through_its_three_desks(world):
    answer = world.client("pptk").post(at("new_price"), typed(world, **ITEM))
    item, made = queries.price_proposals()[0]
    assert answer.url == at("price", item.id)
    assert made.price == Decimal("51000.50")
    page = text(world.client("ppkd").get(at("price", item.id)))
    assert "Periksa dan teruskan ke TAPD" in page
    assert "Setujui" not in page
    for name, decision in (("ppkd", "check"), ("tapd", "approve")):
        given = {"_key": uuid4().hex, "decision": decision}
        answer = world.client(name).post(at("decide_price", item.id, made.id), given)
        assert answer.status_code == 302
    assert queries.price(made.id).state is PriceState.APPROVED
    page = text(world.client("siti").get(at("prices"), {"cari": "kert", "pada": "2026-12-24"}))
    assert "Kertas HVS" in page
    assert "Rp\xa051.000,50" in page or "Rp 51.000,50" in page


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_recorded(world):
    wrong = typed(world, **ITEM, accounts="9.9.99.99.99.9999", price="-1") | {
        "local_content": "120"
    }
    answer = world.client("pptk").post(at("new_price"), wrong)
    assert answer.status_code == 422
    assert "9.9.99.99.99.9999" in text(answer)
    wrong = typed(world, **(ITEM | {"local_content": "120"}), price="0")
    answer = world.client("pptk").post(at("new_price"), wrong)
    assert "TKDN antara 0 dan 100 persen." in text(answer)
    assert queries.price_proposals() == []


def test_who_may_not_decide_is_refused_and_told(world):
    world.client("pptk").post(at("new_price"), typed(world, **ITEM))
    item, made = queries.price_proposals()[0]
    given = {"_key": uuid4().hex, "decision": "check"}
    answer = world.client("pptk").post(at("decide_price", item.id, made.id), given)
    assert answer.status_code == 422
    assert queries.price(made.id).state is PriceState.PROPOSED
    assert world.client("joko").get(at("new_price")).status_code == 403
    assert "Usulkan harga baru" not in text(world.client("joko").get(at("price", item.id)))
    given = {"_key": uuid4().hex, "decision": "reject", "reason": ""}
    answer = world.client("ppkd").post(at("decide_price", item.id, made.id), given)
    assert "Tuliskan alasan penolakannya." in text(answer)


def test_another_price_of_an_item_begins_with_its_accounts(world):
    world.client("pptk").post(at("new_price"), typed(world, **ITEM))
    item, _made = queries.price_proposals()[0]
    page = text(world.client("siti").get(at("price", item.id)))
    assert CODE in page
    answer = world.client("siti").post(at("price", item.id), typed(world))
    assert answer.status_code == 422
    assert "masih menunggu" in text(answer)
