"""The few hundred codes that the demo city uses: accounts, urusan to sub kegiatan, funds.

Codes and names are those of the ministry's decrees (public law); which of them a city uses is
its own matter, and this choice is invented.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class DemoCode:
    """A code and its name."""

    code: str
    name: str


def _read(name: str) -> Sequence[DemoCode]:
    text = files("kawal.demo.facts").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(DemoCode(**row) for row in csv.DictReader(text.splitlines()))


ACCOUNTS = _read("accounts")
ACTIVITIES = _read("activities")
FUNDS = _read("funds")
