"""The small world of these tests: two agencies of Binjai, their applications and their people."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from kawal.identity import actions as identity
from kawal.identity.facts import PersonDraft
from kawal.messages.models import Delivery, Message
from kawal.monitoring.facts import EventKind, Severity, State
from kawal.monitoring.models import Application, Check, CheckState, Incident, IncidentEvent
from kawal.regions import queries as regions
from kawal.regions.facts import Actor, Role
from kawal.regions.models import Agency, AgencyVersion, Appointment
from kawal.regions.roles import BOXED
from kawal.trail.models import Leaf

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
NEW_YEAR = date(2026, 1, 1)


def ago(**span: float) -> datetime:
    """Return an instant before noon."""
    return NOON - timedelta(**span)


def an_agency(
    code: str, name: str, *, parent: Agency | None = None, status: str = "active"
) -> Agency:
    agency = Agency.objects.create(recorded_at=NOON)
    AgencyVersion.objects.create(
        agency=agency,
        code=code,
        name=name,
        short=name,
        kind="uptd" if parent else "skpd",
        parent=parent,
        status=status,
        valid_from=NEW_YEAR,
        legal_basis="Perda 4/2016",
        recorded_at=NOON,
    )
    return agency


def a_person(name: str) -> int:
    email = f"{name.split()[0].lower()}@binjai.example"
    return identity.register_person(PersonDraft(name=name, email=email), at=NOON).id


@pytest.fixture
def pendidikan(db: None) -> Agency:
    return an_agency("1.01.0.00.0.00.01.0000", "Dinas Pendidikan")


@pytest.fixture
def sekolah(pendidikan: Agency) -> Agency:
    return an_agency("1.01.0.00.0.00.01.0001", "SMP Negeri 1", parent=pendidikan)


@pytest.fixture
def pendapatan(db: None) -> Agency:
    return an_agency("5.02.0.00.0.00.02.0000", "Badan Pendapatan Daerah")


AppMaker = Callable[..., Application]
CheckMaker = Callable[..., Check]


@pytest.fixture
def application(db: None) -> AppMaker:
    """Make an application: ``application(agency, "e-PBB", cost=...)``."""

    def made(agency: Agency, name: str, **changes: object) -> Application:
        values: dict[str, object] = {
            "slug": name.lower().replace(" ", "-"),
            "created_at": ago(days=400),
            "updated_at": ago(days=400),
        }
        return Application.objects.create(agency=agency, name=name, **(values | changes))

    return made


@pytest.fixture
def check(db: None) -> CheckMaker:
    """Make a check that is in a state: ``check(application, State.DOWN, code=53)``."""

    def made(
        application: Application,
        state: State | None = State.UP,
        *,
        name: str = "Halaman",
        code: int = 200,
        since: datetime | None = None,
        last_at: datetime | None = None,
        detail: str = "",
        **changes: object,
    ) -> Check:
        values: dict[str, object] = {
            "kind": "http",
            "created_at": ago(days=30),
            "updated_at": ago(days=30),
        }
        row = Check.objects.create(application=application, name=name, **(values | changes))
        if state is not None:
            CheckState.objects.create(
                check_row=row,
                state=state,
                code=code,
                detail=detail,
                since=since or ago(days=1),
                last_at=last_at or ago(seconds=20),
            )
        return row

    return made


@pytest.fixture
def incident(db: None) -> Callable[..., Incident]:
    """Make an incident with its opening: ``incident(application, severity=1)``."""
    pengawas = a_person("Pengawas")

    def made(
        application: Application, title: str = "Tidak menjawab", **changes: object
    ) -> Incident:
        values: dict[str, object] = {"severity": Severity.HIGH, "opened_at": ago(minutes=10)}
        values |= changes
        if not values.get("check_row"):
            values.setdefault("opened_by_id", pengawas)
        row = Incident.objects.create(application=application, title=title, **values)
        IncidentEvent.objects.create(
            incident=row, at=row.opened_at, kind=EventKind.OPENED, check_row=row.check_row
        )
        return row

    return made


@pytest.fixture
def appoint(db: None) -> Callable[..., Actor]:
    """Give a person a post: ``appoint("Lina", Role.OPERATOR_OPD, agency)``; Ani and Tono agree."""
    ani, tono = a_person("Ani Lubis"), a_person("Tono Sembiring")

    def made(name: str | int, role: Role, agency: Agency | None = None) -> Actor:
        person_id = a_person(name) if isinstance(name, str) else name
        row = Appointment.objects.create(
            person_id=person_id,
            role=role,
            agency=agency,
            acting="definitive",
            sk_number="SK/1/2026",
            sk_date=NEW_YEAR,
            valid_from=NEW_YEAR,
            valid_until=date(2099, 12, 31) if role in BOXED else None,
            state="proposed",
            proposed_by_id=ani,
            recorded_at=NOON,
        )
        row.state, row.decided_by_id = "made", tono
        row.save()
        return regions.actor(person_id, None, NOON)

    return made


@pytest.fixture
def lina(appoint: Callable[..., Actor], pendapatan: Agency) -> Actor:
    """Operator of Badan Pendapatan Daerah."""
    return appoint("Lina Tarigan", Role.OPERATOR_OPD, pendapatan)


@pytest.fixture
def joko(appoint: Callable[..., Actor], pendidikan: Agency) -> Actor:
    """Operator of another agency: of Badan Pendapatan he sees nothing."""
    return appoint("Joko Prasetyo", Role.OPERATOR_OPD, pendidikan)


@pytest.fixture
def agus(appoint: Callable[..., Actor]) -> Actor:
    """Operator of the command centre."""
    return appoint("Agus Nasution", Role.OPERATOR_PUSAT_KENDALI)


@pytest.fixture
def sekda(appoint: Callable[..., Actor]) -> Actor:
    """The regional secretary."""
    return appoint("Hendra Siregar", Role.SEKDA)


@pytest.fixture
def walikota(appoint: Callable[..., Actor]) -> Actor:
    """The mayor: reads all, and decides what becomes of an application."""
    return appoint("Maruli Hutapea", Role.KEPALA_DAERAH)


@pytest.fixture
def auditor(appoint: Callable[..., Actor]) -> Actor:
    """Reads only."""
    return appoint("Nurul Aini", Role.AUDITOR)


@pytest.fixture
def keeper(appoint: Callable[..., Actor]) -> Actor:
    """Administers the system."""
    return appoint("Bayu Ginting", Role.PENGELOLA_SISTEM)


def leaves(kind: str = "") -> list[dict[str, object]]:
    """Return the facts of the events published so far, oldest first; of one kind if asked."""
    found = [json.loads(bytes(row.canonical)) for row in Leaf.objects.order_by("pk")]
    return [leaf for leaf in found if not kind or leaf["kind"] == kind]


def told() -> list[tuple[str, set[int]]]:
    """Return the topic of each message posted so far and who got it."""
    rows = Message.objects.order_by("pk")
    return [
        (row.topic, set(Delivery.objects.filter(message=row).values_list("person_id", flat=True)))
        for row in rows
    ]
