"""The goods and fees of the demo's standard prices: invented prices, of a believable size."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Good:
    """An item with its standard price in whole rupiah and the account on which it may stand."""

    code: str
    family: str
    name: str
    specification: str
    unit: str
    price: int
    local_content: int
    account: str


def _read() -> tuple[Good, ...]:
    text = files("kawal.demo.facts").joinpath("goods.csv").read_text(encoding="utf-8")
    return tuple(
        Good(
            row["code"],
            row["family"],
            row["name"],
            row["specification"],
            row["unit"],
            int(row["price"]),
            int(row["local_content"]),
            row["account"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def _by_account(goods: Sequence[Good]) -> Mapping[str, Sequence[Good]]:
    found: dict[str, list[Good]] = defaultdict(list)
    for one in goods:
        found[one.account].append(one)
    return {account: sorted(some, key=lambda one: -one.price) for account, some in found.items()}


GOODS = _read()
BY_ACCOUNT = _by_account(GOODS)
