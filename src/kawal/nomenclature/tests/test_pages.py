"""The pages of codes and parameters as their readers meet them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kawal.nomenclature import actions, queries, registry
from kawal.nomenclature.facts import Certainty, CodeDraft, CodeKind
from kawal.nomenclature.flags import FLAG_LABELS, LEAF, RULES, flags_of
from kawal.nomenclature.known import KEP_3708
from kawal.nomenclature.registry import Declared, Default

pytestmark = pytest.mark.django_db
KEY = "trial.limit"


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_declared", {})
    default = Default(date(2020, 1, 1), "UU 1/2022", Certainty.RECALLED, Decimal(30))
    registry.declare(Declared(KEY, "Batas belanja pegawai", "%", (default,)))
    yield


@pytest.fixture
def codes(db: None) -> None:
    names = (("5", "BELANJA", ""), ("5.1", "BELANJA OPERASI", "5"))
    actions.record_codes(
        CodeKind.ACCOUNT,
        [
            CodeDraft(line, KEP_3708, code, name, parent, values={"level": line, "flags": []})
            for line, (code, name, parent) in enumerate(names, 1)
        ],
    )


def at(name: str, *args: object) -> str:
    return reverse(f"nomenclature:{name}", args=args)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def proposed(browser: Client, **changes: str) -> Any:
    values = {
        "_key": uuid4().hex,
        "value": "25,5",
        "valid_from": "2027-01-01",
        "legal_basis": "Perda 1/2026",
        "certainty": "verified",
    }
    return browser.post(at("parameter", KEY), values | changes)


def test_codes_are_searched_and_one_tells_its_decrees(world: Any, codes: None, client: Client):
    browser = world.client("admin1")
    top = text(browser.get(at("codes")))
    assert "BELANJA" in top
    assert "BELANJA OPERASI" not in top
    found = text(browser.get(at("codes"), {"cari": "operas"}))
    assert at("code", "account", "5.1") in found
    page = text(browser.get(at("code", "account", "5.1")))
    assert "Kepmendagri 050-3708/2020" in page
    assert at("code", "account", "5") in page
    assert browser.get(at("code", "account", "9.9")).status_code == 404
    assert browser.get(at("code", "nothing", "5.1")).status_code == 404
    assert client.get(at("codes")).status_code == 302


def test_a_parameter_is_amended_by_two_browsers(world: Any):
    first, second = world.client("admin1"), world.client("admin2")
    assert "UU 1/2022" in text(first.get(at("parameters")))
    assert proposed(first, legal_basis="").status_code == 422
    assert proposed(first).status_code == 302
    waiting = queries.proposals(KEY)[0]
    url = at("decide", KEY, waiting.id)
    own = first.post(url, {"_key": uuid4().hex, "decision": "approve"})
    assert own.status_code == 422
    done = second.post(url, {"_key": uuid4().hex, "decision": "approve"})
    assert done.status_code == 302
    assert queries.parameter(KEY, date(2027, 1, 1)).number == Decimal("25.5")
    assert "25,5 %" in text(first.get(at("parameter", KEY)))


def test_all_that_is_found_can_be_reached(world: Any):
    drafts = [
        CodeDraft(n, KEP_3708, str(n), f"UJI {n}", "", values={"level": 1, "flags": []})
        for n in range(100, 151)
    ]
    actions.record_codes(CodeKind.ACCOUNT, drafts)
    browser = world.client("admin1")
    first = text(browser.get(at("codes"), {"cari": "uji"}))
    assert at("code", "account", "149") in first
    assert at("code", "account", "150") not in first
    assert "page=2" in first
    assert at("code", "account", "150") in text(
        browser.get(at("codes"), {"cari": "uji", "page": 2})
    )


def test_a_search_that_cannot_be_read_says_so_first(world: Any, codes: None):
    page = text(world.client("admin1").get(at("codes"), {"pada": "31-13-2026", "cari": "5"}))
    assert 'role="alert"' in page
    assert 'href="#id_pada"' in page


def test_the_behaviour_of_an_account_is_said_in_words(world: Any):
    values = {"level": 1, "flags": flags_of("5.1.02", date(2026, 1, 1))}
    actions.record_codes(
        CodeKind.ACCOUNT, [CodeDraft(1, KEP_3708, "5", "BARANG", "", values=values)]
    )
    page = text(world.client("admin1").get(at("code", "account", "5")))
    assert "barang dan jasa, belanja" in page
    assert {rule.flag for rule in RULES} | {LEAF} == set(FLAG_LABELS)
