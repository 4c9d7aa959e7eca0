"""The treasurers' books in the browser: who sees them, to which day, and as CSV."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from kawal.treasury.actions import cash_books as actions
from kawal.treasury.facts.cash_books import CashMove, CashPaper, Pocket, Purse, Stock
from kawal.treasury.tests.test_npd import Desk, make_desk


@pytest.fixture
def desk(world: Any) -> Desk:
    """Return the small desk: 1,500,000 of UP came on 11 January, 250,000.75 went back."""
    made = make_desk(world)
    actions.move(
        CashMove.RETURN,
        {Pocket(2027, made.unit, Stock.UP, Purse.BANK): Decimal("-250000.75")},
        on=date(2027, 2, 3),
        paper=CashPaper("sts", "1"),
        text="=STS sisa",
        key="sts:1",
        actor=made.who("dewi"),
    )
    return made


def test_siti_reads_her_treasurers_book_to_any_day(desk: Desk) -> None:
    page = reverse("treasury:cash_book", args=[2027, desk.unit])
    browser = desk.world.client("siti")
    now = browser.get(page, {"sampai": "2027-02-03"}).content.decode()
    assert "Rp 1.249.999,25" in now.replace("\xa0", " ")
    before = browser.get(page, {"sampai": "2027-02-02"}).content.decode()
    assert "Rp 1.500.000,00" in before.replace("\xa0", " ")
    assert "250.000,75" not in before


def test_the_list_has_the_units_that_the_reader_sees(desk: Desk) -> None:
    page = reverse("treasury:cash_books", args=[2027])
    assert "1.249.999,25" in desk.world.client("budi").get(page).content.decode()
    assert "1.249.999,25" not in desk.world.client("lurah").get(page).content.decode()


def test_joko_does_not_get_in(desk: Desk) -> None:
    browser = desk.world.client("joko")
    for name in ("cash_book", "cash_book_csv"):
        answer = browser.get(reverse(f"treasury:{name}", args=[2027, desk.unit]))
        assert answer.status_code == 403
    foreign = reverse("treasury:cash_book", args=[2027, desk.unit])
    assert desk.world.client("lurah").get(foreign).status_code == 404


def test_the_csv_is_exact_and_runs_no_formula(desk: Desk) -> None:
    page = reverse("treasury:cash_book_csv", args=[2027, desk.unit])
    answer = desk.world.client("siti").get(page, {"buku": "bank", "sampai": "2027-12-31"})
    assert answer.content.decode().splitlines() == [
        "\ufefftanggal,uang,buku,jenis,dokumen,uraian,masuk,keluar,saldo",
        "2027-01-11,up,bank,up,sp2d:1,UP,1500000.00,0.00,1500000.00",
        "2027-02-03,up,bank,return,sts:1,'=STS sisa,0.00,250000.75,1249999.25",
    ]
