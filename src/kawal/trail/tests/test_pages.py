"""The public log as people read it, and the proof that they take home."""

import hashlib
import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client

from kawal.trail import actions, presenters, queries, registry, sequencer, views, witness
from kawal.trail.facts import Deployment
from kawal.trail.registry import Code, Day, Flag, Instant, Kind, Rupiah
from kawal.trail.tests.conftest import minute

ORIGIN = "kawal.demo/12.75"
PAID = Kind(
    "test.paid",
    label="Pembayaran dicoba",
    about="code",
    fields={
        "code": Code(r"[A-Z]\d"),
        "amount": Rupiah(),
        "on": Day(),
        "seen": Instant(),
        "late": Flag(),
    },
    words={"amount": "Nilai"},
)
pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.alone]


@pytest.fixture(autouse=True)
def _log(committed, monkeypatch):
    monkeypatch.setattr(views, "shown", lambda request: True)
    registry.register(PAID)
    actions.start_log(origin=ORIGIN, kind=Deployment.DEMO, at=minute(0))
    paid = {"code": "A1", "amount": Decimal("1234567.5"), "on": date(2026, 11, 24)}
    with transaction.atomic():
        actions.append("test.paid", paid | {"seen": minute(1), "late": True}, at=minute(1))
        actions.append("test.tried", {"number": 7}, at=minute(2), private={"payee": "Dewi"})
    sequencer.Sequencer().step(minute(3))


def page(path, status=200):
    answer = Client().get(f"/jejak/{path}")
    assert answer.status_code == status
    return answer.content.decode()


def test_the_newest_entries_come_first_and_can_be_filtered():
    text = page("")
    assert text.index("/jejak/3/") < text.index("/jejak/2/") < text.index("/jejak/1/")
    assert "Pembayaran dicoba" in text
    only = page("?jenis=test.paid")
    assert "/jejak/2/" in only
    assert "/jejak/3/" not in only
    assert "/jejak/3/" in page("?jenis=never.heard&sebelum=99x")
    assert "/jejak/3/" not in page("?sebelum=3")


def test_a_long_log_goes_on(monkeypatch):
    monkeypatch.setattr(views, "PAGE", 2)
    assert "?sebelum=2" in page("")
    assert "Lebih lama" not in page("?sebelum=2")


def test_an_entry_is_shown_with_the_formats_of_its_facts():
    text = page("2/")
    for words in ("Nilai", "Rp 1.234.567,50", "24 November 2026", "<dd>ya</dd>", "A1"):
        assert words in text.replace("\u00a0", " ")
    assert queries.entry(2).hash.hex() in text
    assert "Dewi" not in page("3/")
    assert queries.entry(3).commitment in page("3/")


def test_a_kind_that_nobody_knows_any_more_is_still_shown():
    del registry._kinds["test.paid"]
    text = page("2/")
    assert "test.paid" in text
    assert "1234567.50" in text
    assert "test.paid" in page("")


def test_there_is_nothing_where_there_is_nothing():
    for path in ("99/", "99/bukti.json"):
        page(path, 404)


def test_the_proof_can_be_checked_without_us():
    answer = Client().get("/jejak/3/bukti.json")
    assert answer["Content-Disposition"] == 'attachment; filename="kawal-bukti-3.json"'
    said = json.loads(answer.content)
    assert (said["format"], said["origin"], said["position"], said["size"]) == (
        "kawal.proof/1",
        ORIGIN,
        2,
        3,
    )
    # Three leaves: the third is alone on the right, its sibling is the node over the first two.
    leaf = hashlib.sha256(b"\x00" + said["leaf"].encode()).digest()
    assert leaf.hex() == said["leaf_hash"]
    (left,) = said["path"]
    assert hashlib.sha256(b"\x01" + bytes.fromhex(left) + leaf).hexdigest() == said["root"]


def test_a_head_can_be_kept_and_compared_later():
    line = page("kepala.json")
    assert witness.parse([line]) == [queries.head()]


@pytest.mark.parametrize("path", ["", "1/", "1/bukti.json", "kepala.json"])
def test_a_log_that_is_not_open_is_not_there(path, monkeypatch):
    monkeypatch.setattr(views, "shown", lambda request: False)
    page(path, 404)


def test_pages_are_only_read():
    assert Client(enforce_csrf_checks=False).post("/jejak/", {"_key": "a" * 36}).status_code == 405


def test_labels_are_sorted_as_people_read_them():
    labels = [label for _, label in presenters.kind_labels()]
    assert labels == sorted(labels, key=str.casefold)
    assert ("test.paid", "Pembayaran dicoba") in presenters.kind_labels()
