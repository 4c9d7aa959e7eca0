"""The small world of these tests: two agencies of Binjai, their applications and their people."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from kawal.identity import actions as identity
from kawal.identity.facts import PersonDraft
from kawal.monitoring.facts import EventKind, Severity, State
from kawal.monitoring.models import Application, Check, CheckState, Incident, IncidentEvent
from kawal.regions.models import Agency, AgencyVersion

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
