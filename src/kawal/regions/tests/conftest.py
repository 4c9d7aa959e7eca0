"""The small world of this module's tests: some people of Binjai, two agencies and a school."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from kawal.identity import actions as identity
from kawal.identity.facts import PersonDraft
from kawal.kernel.refusals import Refused
from kawal.regions import actions, queries
from kawal.regions.facts import Actor, CityFacts, Role
from kawal.regions.models import Agency, AgencyVersion, Appointment, AppointmentStep
from kawal.trail.models import Leaf
from kawal.trail.rules import parse

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
NEW_YEAR = date(2026, 1, 1)
PENDIDIKAN = "1.01.0.00.0.00.01.0000"
SEKOLAH = "1.01.0.00.0.00.01.0001"
KEUANGAN = "5.02.0.00.0.00.02.0000"


def a_person(name: str) -> int:
    return identity.register_person(PersonDraft(name=name), at=NOON).id


@pytest.fixture
def ani(db: None) -> int:
    """The first founder."""
    return a_person("Ani Lubis")


@pytest.fixture
def tono(db: None) -> int:
    """The second founder."""
    return a_person("Tono Sembiring")


@pytest.fixture
def siti(db: None) -> int:
    """PA of Dinas Pendidikan."""
    return a_person("Siti Rahmawati")


@pytest.fixture
def budi(db: None) -> int:
    """Kuasa BUD."""
    return a_person("Budi Santoso")


@pytest.fixture
def rina(db: None) -> int:
    """PPK-SKPD."""
    return a_person("Rina Harahap")


@pytest.fixture
def joko(db: None) -> int:
    """An officer of another agency: he sees nothing."""
    return a_person("Joko Prasetyo")


def an_agency(code: str, name: str, kind: str = "skpd", parent: Agency | None = None) -> Agency:
    agency = Agency.objects.create(recorded_at=NOON)
    AgencyVersion.objects.create(
        agency=agency,
        code=code,
        name=name,
        short=name,
        kind=kind,
        parent=parent,
        status="active",
        valid_from=NEW_YEAR,
        legal_basis="Perda 4/2016",
        recorded_at=NOON,
    )
    return agency


@pytest.fixture
def pendidikan(db: None) -> Agency:
    return an_agency(PENDIDIKAN, "Dinas Pendidikan")


@pytest.fixture
def sekolah(pendidikan: Agency) -> Agency:
    return an_agency(SEKOLAH, "SMP Negeri 1", "uptd", pendidikan)


@pytest.fixture
def keuangan(db: None) -> Agency:
    return an_agency(KEUANGAN, "Badan Keuangan")


Appoint = Callable[..., Appointment]


@pytest.fixture
def appoint(ani: int, tono: int) -> Appoint:
    """Make an appointment in one go: Ani proposes it and Tono approves it."""

    def made(
        person: int, role: Role, agency: Agency | None = None, **changes: object
    ) -> Appointment:
        values: dict[str, object] = {
            "acting": "definitive",
            "sk_number": "SK/1/2026",
            "sk_date": NEW_YEAR,
            "valid_from": NEW_YEAR,
            "recorded_at": NOON,
        }
        row = Appointment.objects.create(
            person_id=person,
            role=role,
            agency=agency,
            state="proposed",
            proposed_by_id=ani,
            **(values | changes),
        )
        AppointmentStep.objects.create(appointment=row, step="proposed", by_id=ani, at=NOON)
        row.state, row.decided_by_id = "made", tono
        row.save()
        return row

    return made


BINJAI = [
    ("12", "Sumatera Utara"),
    ("12.75", "Kota Binjai"),
    ("12.75.01", "Binjai Utara"),
    ("12.75.01.1001", "Pahlawan"),
    ("12.75.02", "Binjai Kota"),
    ("12.75.02.1001", "Berngam"),
]


@pytest.fixture
def city(ani: int, tono: int) -> CityFacts:
    """Binjai, founded on New Year by Ani and Tono."""
    actions.record_regions(BINJAI, valid_from=NEW_YEAR, legal_basis="Kepmendagri", at=NOON)
    return actions.found_city(
        "12.75",
        zone="Asia/Jakarta",
        deployment="demo",
        founders=(ani, tono),
        sk_number="188.45/1/2026",
        sk_date=NEW_YEAR,
        at=NOON,
    )


def acting(person: int) -> Actor:
    """Return the actor that a person is at noon."""
    return queries.actor(person, None, NOON)


def told(kind: str) -> list[dict[str, object]]:
    """Return the facts of each public event of a kind, in the order they were appended."""
    rows = Leaf.objects.order_by("order").values_list("canonical", flat=True)
    leaves = [parse(bytes(row)) for row in rows]
    return [dict(leaf["facts"]) for leaf in leaves if leaf["kind"] == kind]  # type: ignore[arg-type]


def refusal_codes(refused: "pytest.ExceptionInfo[Refused]") -> list[str]:
    """Return the codes of every reason, without this module's name."""
    return [reason.code.removeprefix("regions.") for reason in refused.value.reasons]
