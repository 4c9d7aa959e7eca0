"""Every spending account of the published list has an account opposite; what has none is named."""

import csv
import os
from pathlib import Path

import pytest

from kawal.ledger.rules import pairs


@pytest.mark.parametrize(
    ("code", "opposite"),
    [
        ("5.1.01.01.01.0001", "8.1.01.01.01.0001"),
        ("5.1.02.01.01.0024", "8.1.02.01.01.0024"),
        ("5.1.04.02.02.0001", "8.1.04.02.01.0001"),
        ("5.2.02.05.01.0004", "1.3.02.05.01.0004"),
        ("5.2.05.08.01.0005", "1.5.03.01.01.0005"),
        ("5.3.01.01.01.0001", "8.4.01.01.01.0001"),
        ("5.4.02.01.01.0001", "8.3.02.01.01.0001"),
        ("4.1.01.06.01.0001", "7.1.01.06.01.0001"),
        ("6.2.02.02.01.0001", ""),
    ],
)
def test_an_account_and_its_opposite(code: str, opposite: str) -> None:
    assert pairs.bears(code) == opposite


def test_claims_and_debts() -> None:
    assert pairs.claims("4.1.02.01.01.0001") == "1.1.04.01.01.0001"
    assert pairs.claims("4.2.01.01.01.0001") == ""
    assert pairs.owes("5.2.04.01.01.0001") == "2.1.06.09"
    assert pairs.owes("5.1.06.01.01.0001") == ""  # the list knows no debt of bantuan sosial


@pytest.mark.real_data
def test_every_spending_account_of_the_published_list_is_paired() -> None:
    place = Path(os.environ["KAWAL_TEST_DATA"]) / "kodefikasi" / "rekening_lengkap.csv"
    with place.open(encoding="utf-8-sig", newline="") as file:
        known = {row["kode"] for row in csv.DictReader(file) if row["level"] == "6"}
    spending = sorted(code for code in known if code.startswith("5."))
    assert len(spending) == 3097
    assert [code for code in spending if pairs.bears(code) not in known] == list(pairs.UNPAIRED)
    unclaimed = [c for c in sorted(known) if c[0] == "4" and pairs.bears(c) not in known]
    assert unclaimed == [f"4.1.04.22.01.000{last}" for last in (2, 3, 4)]
    groups = {code.rsplit(".", 2)[0] for code in known}
    assert {pairs.owes(code) for code in spending} - groups == {""}
