"""What crosses the border of monitoring: states, kinds and frozen facts (no Django)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

from kawal.kernel.words import N_

PING_LANES = 16  # at most so many processes take in pings, each in a lane of its own


class State(IntEnum):
    """What is known of a check or an application; the number is what the tables keep.

    ``WARN`` answers, but something needs a look (slow, certificate near its end): it counts as up.
    ``PAUSED`` is not being watched on purpose and counts nowhere.
    """

    UNKNOWN = 0
    UP = 1
    WARN = 2
    DOWN = 3
    PAUSED = 4

    @property
    def word(self) -> str:
        """Return its name in files and addresses."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """Return its Indonesian word, to be translated."""
        return _STATE_LABELS[self]

    @property
    def weight(self) -> int:
        """Return how bad it is; the worst of several decides."""
        return _STATE_WEIGHTS[self]


_STATE_LABELS = {
    State.UNKNOWN: N_("Tidak diketahui"),
    State.UP: N_("Berjalan"),
    State.WARN: N_("Perlu perhatian"),
    State.DOWN: N_("Terganggu"),
    State.PAUSED: N_("Dijeda"),
}
_STATE_WEIGHTS = {
    State.PAUSED: 0,
    State.UP: 1,
    State.WARN: 2,
    State.UNKNOWN: 3,
    State.DOWN: 4,
}


class Kind(StrEnum):
    """The kinds of checks: one file each under ``feeds/``."""

    HTTP = "http"
    TLS = "tls"
    DNS = "dns"
    TCP = "tcp"
    PING = "ping"
    HEARTBEAT = "heartbeat"
    NUMBERS = "numbers"

    @property
    def label(self) -> str:
        """Return its Indonesian name, to be translated."""
        return _KIND_LABELS[self]

    @property
    def is_pushed(self) -> bool:
        """Tell whether the application reports by itself, so that nothing is fetched."""
        return self in {Kind.HEARTBEAT, Kind.NUMBERS}


_KIND_LABELS = {
    Kind.HTTP: N_("Halaman (HTTP)"),
    Kind.TLS: N_("Sertifikat (TLS)"),
    Kind.DNS: N_("Nama domain (DNS)"),
    Kind.TCP: N_("Sambungan (TCP)"),
    Kind.PING: N_("Ping"),
    Kind.HEARTBEAT: N_("Denyut pekerjaan"),
    Kind.NUMBERS: N_("Angka kiriman"),
}


class Criticality(IntEnum):
    """How much the city needs an application, as its owner declares."""

    CRITICAL = 1
    HIGH = 2
    MEDIUM = 3
    LOW = 4

    @property
    def label(self) -> str:
        """Return its Indonesian word, to be translated."""
        return (N_("Kritis"), N_("Tinggi"), N_("Sedang"), N_("Rendah"))[self - 1]


class Severity(IntEnum):
    """How bad an incident is: 1 is the worst."""

    CRITICAL = 1
    HIGH = 2
    MEDIUM = 3
    LOW = 4

    @property
    def label(self) -> str:
        """Return its Indonesian word, to be translated."""
        return (N_("Kritis"), N_("Tinggi"), N_("Sedang"), N_("Rendah"))[self - 1]


class ServiceHours(StrEnum):
    """When an application has promised to serve; uptime is counted inside it."""

    ALWAYS = "always"
    OFFICE = "office"
    OWN = "own"

    @property
    def label(self) -> str:
        """Return its Indonesian word, to be translated."""
        return {
            ServiceHours.ALWAYS: N_("24 jam setiap hari"),
            ServiceHours.OFFICE: N_("Jam kerja kalender kota"),
            ServiceHours.OWN: N_("Jam sendiri"),
        }[self]


class PersonalData(StrEnum):
    """The class of personal data inside, after UU 27/2022 article 4."""

    NONE = "none"
    GENERAL = "general"
    SPECIFIC = "specific"

    @property
    def label(self) -> str:
        """Return its Indonesian word, to be translated."""
        return {
            PersonalData.NONE: N_("Tidak memuat data pribadi"),
            PersonalData.GENERAL: N_("Data pribadi umum"),
            PersonalData.SPECIFIC: N_("Data pribadi spesifik"),
        }[self]


class Decision(StrEnum):
    """What the city decided about an application."""

    UNDECIDED = "undecided"
    KEEP = "keep"
    MERGE = "merge"
    RETIRE = "retire"

    @property
    def label(self) -> str:
        """Return its Indonesian word, to be translated."""
        return {
            Decision.UNDECIDED: N_("Belum diputuskan"),
            Decision.KEEP: N_("Dipertahankan"),
            Decision.MERGE: N_("Digabung"),
            Decision.RETIRE: N_("Dihentikan"),
        }[self]


class IncidentState(StrEnum):
    """Where an incident stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"

    @property
    def label(self) -> str:
        """Return its Indonesian word, to be translated."""
        return {
            IncidentState.OPEN: N_("Terbuka"),
            IncidentState.ACKNOWLEDGED: N_("Ditangani"),
            IncidentState.RESOLVED: N_("Selesai"),
        }[self]


class EventKind(StrEnum):
    """What can happen to an incident; each is one row of its timeline."""

    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    COMMENTED = "commented"
    ESCALATED = "escalated"
    WORSENED = "worsened"
    RESOLVED = "resolved"
    REOPENED = "reopened"

    @property
    def label(self) -> str:
        """Return its Indonesian word, to be translated."""
        return {
            EventKind.OPENED: N_("Dibuka"),
            EventKind.ACKNOWLEDGED: N_("Diterima untuk ditangani"),
            EventKind.ASSIGNED: N_("Ditugaskan"),
            EventKind.COMMENTED: N_("Catatan"),
            EventKind.ESCALATED: N_("Dieskalasi"),
            EventKind.WORSENED: N_("Pemeriksaan lain ikut gagal"),
            EventKind.RESOLVED: N_("Diselesaikan"),
            EventKind.REOPENED: N_("Dibuka kembali"),
        }[self]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a check's state; ``at`` is when it began, not when it was noticed."""

    check_id: int
    at: datetime
    old: State
    new: State
    code: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """A check as others see it; ``spec`` never holds an opened secret."""

    id: int
    application_id: int
    kind: Kind
    name: str
    spec: Mapping[str, Any]
    interval: int
    timeout: int
    confirmations: int
    recheck: int
    counts: bool
    enabled: bool
    public: bool
    version: int
    state: State = State.UNKNOWN
    code: int = 0
    since: datetime | None = None
    last_at: datetime | None = None
    last_ok_at: datetime | None = None
    last_ms: float | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """An application of the inventory; money in rupiah a year."""

    id: int
    agency_id: int
    name: str
    slug: str
    officer_id: int | None
    serves: str
    users: int | None
    users_on: date | None
    address: str
    criticality: Criticality
    hours: ServiceHours
    weekly: tuple[tuple[tuple[str, str], ...], ...]
    spbe: int | None
    personal_data: PersonalData
    vendor: str
    contract_ends: date | None
    cost: Decimal | None
    last_login_on: date | None
    last_data_at: datetime | None
    integration: str
    decision: Decision
    merge_into_id: int | None
    decision_why: str
    public: bool
    version: int
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """An incident as it stands."""

    id: int
    application_id: int
    application: str
    agency_id: int
    title: str
    severity: Severity
    state: IncidentState
    opened_at: datetime
    check_id: int | None = None
    opened_by_id: int | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by_id: int | None = None
    assignee_id: int | None = None
    resolved_at: datetime | None = None
    resolved_by_id: int | None = None
    automatic: bool = False
    cause: str = ""
    reopened: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class Light:
    """The traffic light of an agency or application: what it is, why, since when, as of when.

    ``stale_at`` is the earliest instant at which one of its checks becomes older than two
    intervals; ``counts`` are of an agency's applications, of an application's checks.
    """

    id: int
    state: State
    why: str
    values: Mapping[str, object] = field(default_factory=dict)
    since: datetime | None = None
    as_of: datetime | None = None
    counts: Mapping[State, int] = field(default_factory=dict)
    stale_at: datetime | None = None
    name: str = ""
    agency_id: int = 0


@dataclass(frozen=True, slots=True)
class Uptime:
    """Whole seconds of one application within its service hours; half-open period."""

    application_id: int
    name: str
    up: int
    down: int
    unknown: int

    @property
    def percent(self) -> Decimal | None:
        """Return up / (up + down) in percent to 4 places; ``None`` when nothing was known."""
        known = self.up + self.down
        if not known:
            return None
        return (Decimal(self.up) * 100 / known).quantize(Decimal("0.0001"))
