"""The demo city's applications: Binjai's known ones by name, the others invented, all simulated."""

import csv
from dataclasses import dataclass
from importlib.resources import files

from kawal.demo.facts.agencies import BY_SHORT


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


APPLICATIONS = _read()
BY_CODE = {application.code: application for application in APPLICATIONS}
