"""A whole small budget that balances, as verified revisions: four sheets of three agencies.

Revenue 1,000,000,000.40 (PAD 700,000,000.40 and an earmarked DAK 300,000,000) and SiLPA
50,000,000 are spent: Disdik 650,000,000.15 of which 300,000,000 from the DAK, Kelurahan Pahlawan
350,000,000.25; financing out 50,000,000.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kawal.budget.facts import RevisionState
from kawal.budget.models import (
    Component,
    FiscalYear,
    Indicator,
    Line,
    Revision,
    RevisionLine,
    Sheet,
)
from kawal.nomenclature.models import Account, Activity, Decree, Fund

AT = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
YEAR = 2027
ACCOUNTS = {
    "4.1.01.15.01.0001": "PBB-P2",
    "4.2.01.01.03.0001": "DAK",
    "5.1.01.01.01.0001": "Gaji pokok PNS",
    "5.1.02.01.01.0024": "Alat tulis kantor",
    "5.2.03.01.01.0001": "Bangunan gedung kantor",
    "6.1.01.01.01.0001": "SiLPA: pelampauan PAD",
    "6.2.02.02.01.0001": "Penyertaan modal pada BUMD",
}
ACTIVITIES = {
    "1": "Urusan wajib pelayanan dasar",
    "1.01": "Pendidikan",
    "1.01.02": "Program pengelolaan pendidikan",
    "1.01.02.2.01": "Pengelolaan pendidikan SD",
    "1.01.02.2.01.0001": "Pembangunan unit sekolah baru",
    "7": "Unsur kewilayahan",
    "7.01": "Kecamatan",
    "7.01.03": "Program pemberdayaan kelurahan",
    "7.01.03.2.02": "Kegiatan pemberdayaan kelurahan",
    "7.01.03.2.02.0004": "Pembangunan sarana kelurahan",
}
FUNDS = {"1.1.01": ("PAD", False), "1.2.02": ("DAK fisik", True), "2.1.01": ("SiLPA", False)}
Amounts = Mapping[tuple[str, str], str]  # rupiah by account and fund


@dataclass
class Small:
    """What was made: the codes and sheets by their own words."""

    world: Any
    accounts: dict[str, Any] = field(default_factory=dict)
    funds: dict[str, Any] = field(default_factory=dict)
    activities: dict[str, Any] = field(default_factory=dict)
    sheets: dict[str, Any] = field(default_factory=dict)

    def unit(self, short: str) -> int:
        """Return an agency's id."""
        found: int = self.world.government.agencies[short]
        return found

    def revise(self, name: str, amounts: Amounts, *, state: str = "verified") -> Any:
        """Write a sheet's next revision, one component a line, on what the newest version holds."""
        sheet = self.sheets[name]
        before = Revision.objects.filter(sheet=sheet).order_by("-number").first()
        base = Revision.objects.filter(sheet=sheet, state="sealed").order_by("-number").first()
        number = before.number + 1 if before else 1
        revision = Revision.objects.create(
            sheet=sheet,
            number=number,
            based_on=base,
            place_text="Kota Binjai",
            changed_at=AT,
            changed_by_id=self.world.government.persons["pptk"],
        )
        Indicator.objects.create(revision=revision, kind="output", measure="Unit", target=1)
        for (account, fund), amount in amounts.items():
            line, _ = Line.objects.get_or_create(
                sheet=sheet, account=self.accounts[account], fund=self.funds[fund]
            )
            kept = RevisionLine.objects.create(revision=revision, line=line)
            Component.objects.create(
                revision_line=kept,
                position=1,
                name="Paket",
                volume1=1,
                unit1="Paket",
                price=Decimal(amount),
            )
        advance(revision, self.world, state)
        return revision


def advance(revision: Any, world: Any, state: str) -> None:
    """Take a draft's steps up to a state, as its persons."""
    people = world.government.persons
    steps = {"submitted": "siti", "verified": "tapd"}
    for step, person in steps.items():
        if state == RevisionState.DRAFT or (state, step) == ("submitted", "verified"):
            return
        Revision.objects.filter(pk=revision.pk).update(
            state=step, **{f"{step}_at": AT, f"{step}_by_id": people[person]}
        )


SHEETS: Sequence[tuple[str, str, str, str]] = (
    ("pendapatan", "BPKAD", "revenue", ""),
    ("pembiayaan", "BPKAD", "financing", ""),
    ("sekolah", "Disdik", "spending", "1.01.02.2.01.0001"),
    ("kelurahan", "Kel. Pahlawan", "spending", "7.01.03.2.02.0004"),
)
CONTENT: dict[str, Amounts] = {
    "pendapatan": {
        ("4.1.01.15.01.0001", "1.1.01"): "700000000.40",
        ("4.2.01.01.03.0001", "1.2.02"): "300000000",
    },
    "pembiayaan": {
        ("6.1.01.01.01.0001", "2.1.01"): "50000000",
        ("6.2.02.02.01.0001", "1.1.01"): "50000000",
    },
    "sekolah": {
        ("5.1.01.01.01.0001", "1.1.01"): "350000000.15",
        ("5.2.03.01.01.0001", "1.2.02"): "300000000",
    },
    "kelurahan": {
        ("5.1.02.01.01.0024", "1.1.01"): "300000000.25",
        ("5.2.03.01.01.0001", "2.1.01"): "50000000",
    },
}


def make_codes(world: Any) -> Small:
    """Make the year and its codes; accounts with all six levels."""
    decree = Decree.objects.create(code="uji", title="Uji", valid_from=date(2020, 1, 1))
    FiscalYear.objects.create(
        year=YEAR, accounts=decree, activities=decree, funds=decree, opened_at=AT
    )
    small = Small(world)
    for code, name in ACCOUNTS.items():
        parts = code.split(".")
        for level in range(1, 7):
            part = ".".join(parts[:level])
            if part not in small.accounts:
                small.accounts[part] = Account.objects.create(
                    decree=decree,
                    code=part,
                    level=level,
                    name=name if level == 6 else f"Tingkat {part}",
                    parent=small.accounts.get(".".join(parts[: level - 1])),
                )
    levels = {1: "urusan", 2: "bidang", 3: "program", 5: "kegiatan", 6: "sub_kegiatan"}
    for code, name in ACTIVITIES.items():
        small.activities[code] = Activity.objects.create(
            decree=decree, code=code, name=name, level=levels[len(code.split("."))]
        )
    for code, (name, earmarked) in FUNDS.items():
        small.funds[code] = Fund.objects.create(
            decree=decree, code=code, name=name, level=3, is_earmarked=earmarked
        )
    return small


def make_small_budget(world: Any) -> Small:
    """Make the codes and sheets with one verified revision each."""
    small = make_codes(world)
    for name, unit, kind, activity in SHEETS:
        small.sheets[name] = Sheet.objects.create(
            year_id=YEAR,
            unit_id=small.unit(unit),
            kind=kind,
            activity=small.activities.get(activity),
            opened_at=AT,
        )
        small.revise(name, CONTENT[name])
    return small
