"""A small enacted budget in which money can be shifted: Disdik's school, the kelurahan, BPKAD.

Of the school's five lines A and B share a rincian objek, C their objek, D their jenis, E not even
their kelompok. Everything is enacted up to the Penjabaran, its ceilings set, a quarter released.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kawal.budget import actions, queries
from kawal.budget.actions.shift_desks import approve_shift, enact_shift
from kawal.budget.actions.shifts import propose_shift, submit_shift
from kawal.budget.actions.versions import compile_version
from kawal.budget.facts import Instrument, Paper, VersionKind
from kawal.budget.facts.shifts import ShiftDraft, ShiftGround
from kawal.budget.models import Component, Line, RevisionLine, Sheet, VersionSheet
from kawal.budget.tests.small_budget import SHEETS, YEAR, Amounts, Small, make_codes
from kawal.nomenclature.models import Account
from kawal.regions.facts import Actor

AT = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
DAY = date(2026, 12, 2)
FUND = "1.1.01"
A, B, C = "5.1.02.01.01.0024", "5.1.02.01.01.0025", "5.1.02.01.02.0001"
D, E = "5.1.02.02.01.0001", "5.2.03.01.01.0001"
CONTENT: Mapping[str, Amounts] = {
    "pendapatan": {("4.1.01.15.01.0001", FUND): "500000000"},
    "pembiayaan": {
        ("6.1.01.01.01.0001", "2.1.01"): "50000000",
        ("6.2.02.02.01.0001", FUND): "50000000",
    },
    "sekolah": dict.fromkeys(((code, FUND) for code in (A, B, C, D, E)), "80000000"),
    "kelurahan": {(A, FUND): "50000000", (E, "2.1.01"): "50000000"},
}
PATH = (
    (VersionKind.RKA, Instrument.NONE),
    (VersionKind.RAPBD, Instrument.NONE),
    (VersionKind.APBD, Instrument.PERDA),
    (VersionKind.PENJABARAN, Instrument.PERKADA),
)


@dataclass
class Enacted:
    """The small budget in force, and its people."""

    small: Small

    def who(self, key: str, at: datetime = AT) -> Actor:
        """Return somebody who acts."""
        actor: Actor = self.small.world.actor(key, at)
        return actor

    def sheet(self, name: str) -> int:
        """Return a sheet's id."""
        found: int = self.small.sheets[name].pk
        return found

    def line(self, account: str, sheet: str = "sekolah") -> int:
        """Return a line's id."""
        return Line.objects.get(sheet=self.sheet(sheet), account__code=account).pk

    def propose(self, *, ground: str = "need", sheets: tuple[str, ...] = ("sekolah",)) -> int:
        """Let the PPTK begin a shift of Disdik's sheets."""
        draft = ShiftDraft(
            YEAR,
            self.small.unit("Disdik"),
            ShiftGround(ground),
            "Harga naik",
            tuple(self.sheet(name) for name in sheets),
            "Banjir bandang, SK 4/2026" if ground == "emergency" else "",
        )
        return propose_shift(draft, actor=self.who("pptk"))

    def write(self, shift_id: int, amounts: Mapping[str, str]) -> None:
        """Write amounts of accounts into a shift's revisions, a line in one component."""
        for one in queries.shift(shift_id).sheets:
            for row in RevisionLine.objects.filter(revision=one.revision_id):
                code = row.line.account.code
                if code in amounts:
                    Component.objects.filter(revision_line=row).update(price=amounts[code])

    def shift(self, amounts: Mapping[str, str], **words: Any) -> int:
        """Propose, write and hand in a shift; by Siti, or by the PPTK where only the PA decides."""
        shift_id = self.propose(**words)
        self.write(shift_id, amounts)
        submit_shift(shift_id, actor=self.who("siti"))
        return shift_id

    def approve(self, shift_id: int, key: str) -> int | None:
        """Approve as somebody."""
        return approve_shift(shift_id, number="900/12", day=DAY, actor=self.who(key))

    def enact(self, shift_id: int) -> int:
        """Let it take force as PPKD."""
        return enact_shift(shift_id, actor=self.who("ppkd"))

    def ceilings(self) -> dict[str, Decimal]:
        """Return the ceilings of the school's lines by account."""
        lines = {self.line(code): code for code in (A, B, C, D, E)}
        return {lines[k]: one.ceiling for k, one in queries.funds_left(lines).items()}


def make_plan(world: Any) -> Small:
    """Make the codes and verified sheets, no version yet."""
    small = make_codes(world)
    decree = small.accounts["5"].decree
    for code in (B, C, D):
        small.accounts[code] = Account.objects.create(
            decree=decree, code=code, level=6, name=f"Belanja {code}"
        )
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


def compile_up_to(world: Any, last: VersionKind) -> int:
    """Make the versions in their order up to one, and return the id of the last."""
    made = 0
    for kind, instrument in PATH:
        paper: dict[str, Any] = {"number": "1/2026", "date": DAY} if instrument else {}
        made = compile_version(
            YEAR,
            kind,
            title=kind.value,
            instrument=instrument,
            actor=world.actor("ppkd", AT),
            **paper,
        )
        if kind is last:
            break
    return made


def make_enacted(world: Any) -> Enacted:
    """Enact the small budget, set its ceilings and release a quarter of the spending."""
    small = make_plan(world)
    made = compile_up_to(world, VersionKind.PENJABARAN)
    held = VersionSheet.objects.filter(version=made).values("revision")
    rows = RevisionLine.objects.filter(revision__in=held, line__account__code__startswith="5")
    amounts = dict(rows.values_list("line_id", "amount"))
    budi = world.actor("budi", AT)
    actions.set_ceiling(amounts, Paper("dpa", "1"), budi, key="dpa")
    quarter = {line: amount / 4 for line, amount in amounts.items()}
    actions.release(quarter, Paper("spd", "1"), budi, key="spd")
    return Enacted(small)
