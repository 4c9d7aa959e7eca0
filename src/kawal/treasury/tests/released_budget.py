"""A small enacted budget of 2027 with money released by SPD, and the people who spend it.

Disdik has salary, goods, services and capital on one sub kegiatan; Kelurahan Pahlawan goods on
another; BPKAD, as PPKD, a grant. Disdik's SPD is drafted and signed over its validated cash plan;
half of the year is released.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kawal.budget import actions, queries
from kawal.budget.actions.versions import compile_version
from kawal.budget.facts import FundsFacts, Instrument, Paper, VersionKind
from kawal.budget.models import Line, RevisionLine, Sheet, VersionSheet
from kawal.budget.tests.cash_steps import plan_in_force, signed_spd
from kawal.budget.tests.small_budget import YEAR, Amounts, Small, make_codes
from kawal.identity import actions as identity
from kawal.identity.facts import PersonDraft
from kawal.nomenclature.models import Account, Activity
from kawal.regions import actions as regions
from kawal.regions.facts import Acting, Actor, AppointmentDraft, Role
from kawal.regions.queries import actor as acting

BUDGETED = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
AT = datetime(2027, 3, 2, 2, 0, tzinfo=UTC)  # Tuesday, 09.00 WIB
PAD, SILPA = "1.1.01", "2.1.01"
SALARY = "5.1.01.01.01.0001"
GOODS = "5.1.02.01.01.0024"
SERVICES = "5.1.02.02.01.0003"
CAPITAL = "5.2.02.05.01.0001"
GRANT = "5.1.05.05.01.0001"
SUPPORT = "1.01.01.2.02.0001"  # the sub kegiatan of salaries and office needs
GRANTS = "5.02.02.2.04.0002"
MORE_ACCOUNTS = {
    SERVICES: "Honorarium narasumber",
    CAPITAL: "Mebel kantor",
    GRANT: "Hibah kepada badan dan lembaga",
}
SHEETS = (
    ("pendapatan", "BPKAD", "revenue", ""),
    ("pembiayaan", "BPKAD", "financing", ""),
    ("sekolah", "Disdik", "spending", SUPPORT),
    ("kelurahan", "Kel. Pahlawan", "spending", "7.01.03.2.02.0004"),
    ("ppkd", "BPKAD", "spending", GRANTS),
)
CONTENT: Mapping[str, Amounts] = {
    "pendapatan": {("4.1.01.15.01.0001", PAD): "1500000000"},
    "pembiayaan": {
        ("6.1.01.01.01.0001", SILPA): "50000000",
        ("6.2.02.02.01.0001", PAD): "50000000",
    },
    "sekolah": {
        (SALARY, PAD): "600000000",
        (GOODS, PAD): "240000000",
        (SERVICES, PAD): "120000000",
        (CAPITAL, PAD): "360000000",
    },
    "kelurahan": {(GOODS, PAD): "120000000"},
    "ppkd": {(GRANT, PAD): "60000000"},
}
LINES = {  # the words of the tests: sheet and account
    "salary": ("sekolah", SALARY),
    "goods": ("sekolah", GOODS),
    "services": ("sekolah", SERVICES),
    "capital": ("sekolah", CAPITAL),
    "ward": ("kelurahan", GOODS),
    "grant": ("ppkd", GRANT),
}
PATH = (
    (VersionKind.RKA, Instrument.NONE),
    (VersionKind.RAPBD, Instrument.NONE),
    (VersionKind.APBD, Instrument.PERDA),
    (VersionKind.PENJABARAN, Instrument.PERKADA),
)
# Beside the demo's people: key, name, role, agency. All invented.
OFFICERS = (
    ("pptk-lurah", "Mariana Sihotang", Role.PPTK, "Kel. Pahlawan"),
    ("bpp-lurah", "Zulkifli Batubara", Role.BENDAHARA_PENGELUARAN_PEMBANTU, "Kel. Pahlawan"),
    ("ppk-lurah", "Hotmaida Purba", Role.PPK_UNIT, "Kel. Pahlawan"),
    ("pptk-ppkd", "Agus Salim Daulay", Role.PPTK, "BPKAD"),
    ("bendahara-ppkd", "Nurliana Barus", Role.BENDAHARA_PENGELUARAN, "BPKAD"),
    ("ppk-ppkd", "Efendi Tambunan", Role.PPK_SKPD, "BPKAD"),
)


@dataclass
class Released:
    """The budget with money in it: its lines by a word, its people by their keys."""

    small: Small
    lines: dict[str, int]
    spd: int
    at: datetime = AT
    year: int = YEAR
    people: dict[str, int] = field(default_factory=dict)

    @property
    def world(self) -> Any:
        """Return the small city."""
        return self.small.world

    def unit(self, short: str) -> int:
        """Return an agency's or unit's id by its short name."""
        return self.small.unit(short)

    def who(self, key: str, at: datetime | None = None) -> Actor:
        """Return somebody of the world or of ``OFFICERS`` who acts."""
        when = at or self.at
        if key in self.people:
            return acting(self.people[key], None, when)
        actor: Actor = self.world.actor(key, when)
        return actor

    def left(self, name: str) -> FundsFacts:
        """Return what a line has, by its word."""
        return queries.funds_left([self.lines[name]])[self.lines[name]]

    def amounts(self, **rupiah: str | int) -> dict[int, Decimal]:
        """Return amounts by line id, of amounts by the lines' words."""
        return {self.lines[name]: Decimal(amount) for name, amount in rupiah.items()}


def make_released(world: Any) -> Released:
    """Enact the small budget, set its ceilings, plan its cash and release half of the year."""
    small = _sheets(world)
    amounts = _enacted(world)
    made = {row.pk: (row.sheet_id, row.account.code) for row in Line.objects.filter(pk__in=amounts)}
    ids = {name: sheet.pk for name, sheet in small.sheets.items()}
    by_place = {place: line for line, place in made.items()}
    lines = {word: by_place[ids[sheet], code] for word, (sheet, code) in LINES.items()}
    spd = _release(world, small, lines, amounts)
    return Released(small, lines, spd, people=_officers(world))


def _sheets(world: Any) -> Small:
    small = make_codes(world)
    decree = small.accounts["5"].decree
    for code, name in MORE_ACCOUNTS.items():
        _account(small, decree, code, name)
    for code, name in ((SUPPORT, "Penyediaan gaji dan kebutuhan"), (GRANTS, "Pengelolaan hibah")):
        small.activities[code] = Activity.objects.create(
            decree=decree, code=code, name=name, level="sub_kegiatan"
        )
    for name, unit, kind, activity in SHEETS:
        small.sheets[name] = Sheet.objects.create(
            year_id=YEAR,
            unit_id=small.unit(unit),
            kind=kind,
            activity=small.activities.get(activity),
            opened_at=BUDGETED,
        )
        small.revise(name, CONTENT[name])
    return small


def _account(small: Small, decree: Any, code: str, name: str) -> None:
    """Make an account with the levels above it that are not there yet."""
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


def _enacted(world: Any) -> dict[int, Decimal]:
    """Compile the versions and set the ceilings; return the amounts of spending by line."""
    ppkd, made = world.actor("ppkd", BUDGETED), 0
    for kind, instrument in PATH:
        paper: dict[str, Any] = {}
        if instrument:
            paper = {"number": "1/2026", "date": date(2026, 12, 2)}
        made = compile_version(
            YEAR, kind, title=kind.value, instrument=instrument, actor=ppkd, **paper
        )
    held = VersionSheet.objects.filter(version=made).values("revision")
    rows = RevisionLine.objects.filter(revision__in=held, line__account__code__startswith="5")
    amounts = dict(rows.values_list("line_id", "amount"))
    actions.set_ceiling(amounts, Paper("dpa", "1"), ppkd, key="dpa")
    return amounts


def _release(
    world: Any, small: Small, lines: Mapping[str, int], amounts: Mapping[int, Decimal]
) -> int:
    """Plan Disdik's cash evenly and sign its SPD for half a year; give the others theirs."""
    disdik = [lines[word] for word in ("salary", "goods", "services", "capital")]
    months = {line: (amounts[line] / 12,) * 12 for line in disdik}
    plan_in_force(world, small.unit("Disdik"), months)
    spd = signed_spd(world, small.unit("Disdik"), 1, 6)
    others = {lines[word]: amounts[lines[word]] / 2 for word in ("ward", "grant")}
    budi = world.actor("budi", BUDGETED)
    actions.release(others, Paper("spd", "others"), budi, key="spd-others")
    return spd


def _officers(world: Any) -> dict[str, int]:
    """Appoint the officers whom the demo does not have; return persons by key."""
    return {
        key: appoint(world, name, role, agency, place)
        for place, (key, name, role, agency) in enumerate(OFFICERS, start=1)
    }


def appoint(world: Any, name: str, role: Role, agency: str, place: int, **more: Any) -> int:
    """Register a person, appoint him by both administrators, and return his id."""
    first, second = world.government.first, world.government.second
    made = identity.register_person(
        PersonDraft(name=name, nip=f"19800101200501{1}{900 + place:03}"), at=BUDGETED
    )
    appoint_person(world, made.id, role, agency, place, first=first, second=second, **more)
    return made.id


def appoint_person(
    world: Any,
    person: int,
    role: Role,
    agency: str,
    place: int,
    *,
    first: Actor,
    second: Actor,
    acting_as: Acting = Acting.DEFINITIVE,
    until: date | None = None,
    since: date = date(2026, 1, 2),
) -> int:
    """Appoint a person; return the appointment's id."""
    draft = AppointmentDraft(
        person_id=person,
        role=role,
        sk_number=f"900/{place}/2026",
        sk_date=since,
        valid_from=since,
        valid_until=until,
        agency_id=world.government.agencies[agency],
        acting=acting_as,
    )
    proposed = regions.propose_appointment(draft, actor=first)
    regions.approve_appointment(proposed.id, actor=second)
    return proposed.id
