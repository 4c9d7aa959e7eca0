"""The demo city's applications: Binjai's known ones by name, the others invented, all simulated."""

import csv
from dataclasses import dataclass
from importlib.resources import files

from kawal.demo.facts.agencies import BY_SHORT
from kawal.demo.facts.places import KELURAHAN, Place


@dataclass(frozen=True, slots=True)
class DemoApplication:
    """One application as its owner would describe it.

    ``agency`` is a short name; ``cost`` is in million rupiah a year; ``contract_days`` is days from
    today to the end of the contract (negative: over; ``None``: no contract); ``login_days`` and
    ``data_minutes`` are the ages of the last login and the last data; ``hours`` is ``always`` or
    ``office``; ``spbe`` is the indicator (1 to 47) for which it is evidence; ``merge_into`` is the
    code of the application that will take it over.
    """

    code: str
    name: str
    agency: str
    serves: str
    audience: str
    criticality: str
    users: int
    hours: str
    spbe: int | None
    personal_data: str
    cost: int
    vendor: str
    contract_days: int | None
    login_days: int
    data_minutes: int
    integration: str
    decision: str
    merge_into: str
    why: str
    scheme: str

    @property
    def owner(self) -> str:
        """Return the full name of the agency or unit that owns it."""
        return BY_SHORT[self.agency].name


def _read() -> tuple[DemoApplication, ...]:
    text = files("kawal.demo.facts").joinpath("applications.csv").read_text(encoding="utf-8")
    numbers = ("users", "cost", "login_days", "data_minutes")
    return tuple(
        DemoApplication(
            **row  # type: ignore[arg-type]
            | {name: int(row[name]) for name in numbers}
            | {name: int(row[name]) if row[name] else None for name in ("contract_days", "spbe")}
        )
        for row in csv.DictReader(text.splitlines())
    )


def _site(place: Place) -> DemoApplication:
    """Return a kelurahan's own small site: the map shows whether it serves."""
    slug = place.name.lower().replace(" ", "-")
    return DemoApplication(
        code=f"{SITE}{slug}",
        name=f"Situs Kelurahan {place.name}",
        agency=f"Kel. {place.name}",
        serves="Pengumuman, antrean loket dan data kelurahan",
        audience="publik",
        criticality="rendah",
        users=150 + int(place.code[-2:]) * 37,
        hours="always",
        spbe=None,
        personal_data="umum",
        cost=3,
        vendor="Swakelola",
        contract_days=None,
        login_days=0,
        data_minutes=60,
        integration="tidak ada",
        decision="",
        merge_into="",
        why="",
        scheme="http",
    )


SITE = "kel-"
APPLICATIONS = _read() + tuple(_site(place) for place in KELURAHAN)
BY_CODE = {application.code: application for application in APPLICATIONS}
