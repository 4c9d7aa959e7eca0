"""``kawal import prices``, as an officer types it."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from kawal.budget import queries
from kawal.budget.facts import PriceFamily, PriceState, ProductType
from kawal.budget.imports import prices
from kawal.budget.models import Price, PriceItem
from kawal.nomenclature.models import Account, Decree
from kawal.trail.models import Leaf

pytestmark = pytest.mark.django_db
NEXT = date(2027, 1, 1)
LIST = """kode barang;uraian barang;spesifikasi;satuan;harga satuan;kode rekening;jenis produk;tkdn
1.1.01;Kertas HVS;A4/80 gram;rim;51.000,50;5.1.02.01.01.0024;dalam negeri;62,5
1.1.02;Tinta printer;hitam;botol;95.000;5.1.02.01.01.0024, 5.1.02.01.01.0025;impor;
1.1.02;Tinta lagi;;botol;95.000;5.1.02.01.01.0024;;
1.1.03;Tanpa harga;;buah;0;5.1.02.01.01.0024;;
1.1.04;Rekening asing;;buah;5;5.1.02.01.01.0999;;
1.1.05;Rekening pendek;;buah;5;5.1.02.01.01;;
"""


@pytest.fixture(autouse=True)
def accounts() -> None:
    decree = Decree.objects.create(code="uji", title="Uji", valid_from=date(2026, 1, 1))
    for end in ("0024", "0025"):
        Account.objects.create(decree=decree, code=f"5.1.02.01.01.{end}", level=6, name="Belanja")


def typed(command: click.Command, *words: object) -> dict[str, Any]:
    result = CliRunner().invoke(command, [*map(str, words), "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    said: dict[str, Any] = json.loads(result.stdout)
    return said


def some(said: dict[str, Any]) -> list[object]:
    return [said[key] for key in ("read", "new", "changed", "unchanged", "rejected")]


def listed(tmp_path: Path, text: str = LIST) -> Path:
    path = tmp_path / "ssh.csv"
    path.write_text(text)
    return path


SAID = ("--family", "ssh", "--from", "2027-01-01", "--basis", "Perwal 12/2026")


def test_a_list_comes_in_whole_and_a_second_run_changes_nothing(tmp_path, world):
    path = listed(tmp_path)
    assert some(typed(prices.command, path, *SAID, "--dry-run")) == [6, 2, 0, 0, 4]
    assert PriceItem.objects.count() == 0
    assert some(typed(prices.command, path, *SAID)) == [6, 2, 0, 0, 4]
    assert some(typed(prices.command, path, *SAID)) == [6, 0, 0, 2, 4]
    found = {one.code: one for one in queries.find_prices("1.1", NEXT)}
    assert (found["1.1.01"].price, found["1.1.02"].price) == (Decimal("51000.50"), Decimal(95_000))
    assert len(found["1.1.02"].account_ids) == 2
    item = queries.price_item(found["1.1.01"].item_id)
    assert (item.family, item.product_type) == (PriceFamily.SSH, ProductType.DOMESTIC)
    assert item.local_content == Decimal("62.50")
    told = [bytes(one.canonical) for one in Leaf.objects.order_by("order")]
    assert [b'"prices":2' in one for one in told if b"price.list_enacted" in one] == [True]


def test_each_refused_row_says_why(tmp_path, world):
    said = typed(prices.command, listed(tmp_path), *SAID)
    first = said["first_rejected"]
    why = {str(one["line"]): [reason["code"] for reason in one["reasons"]] for one in first}
    assert why == {
        "4": ["price.double"],
        "5": ["price.amount"],
        "6": ["price.no_account"],
        "7": ["price.account_code"],
    }


def test_next_year_s_list_ends_this_year_s_prices_and_another_thing_needs_another_code(
    tmp_path, world
):
    typed(prices.command, listed(tmp_path), *SAID)
    rows = LIST.splitlines()
    text = "\n".join(
        [rows[0], rows[1].replace("51.000,50", "55.000"), rows[2].replace("Tinta", "Toner")]
    )
    later = ("--family", "ssh", "--from", "2028-01-01", "--basis", "Perwal 9/2027")
    assert some(typed(prices.command, listed(tmp_path, text), *later)) == [2, 0, 1, 0, 1]
    item = PriceItem.objects.get(code="1.1.01")
    history = queries.price_history(item.pk)
    assert [(one.price, one.valid_until) for one in history] == [
        (Decimal(55_000), None),
        (Decimal("51000.50"), date(2027, 12, 31)),
    ]
    assert {one.state for one in history} == {PriceState.APPROVED}
    assert some(typed(prices.command, listed(tmp_path), *SAID)) == [6, 0, 0, 2, 4]


def test_what_neither_file_nor_command_says_is_asked_for(tmp_path, world):
    said = typed(prices.command, listed(tmp_path, "\n".join(LIST.splitlines()[:2])))
    first = said["first_rejected"]
    assert [one["code"] for one in first[0]["reasons"]] == ["price.unsaid"] * 3
    assert Price.objects.count() == 0
