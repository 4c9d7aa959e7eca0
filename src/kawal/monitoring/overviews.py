"""What the wall, the desk and the public page read: frozen facts of overviews (no Django)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum

from kawal.kernel.words import N_
from kawal.monitoring.facts import (
    ApplicationFacts,
    Criticality,
    EventKind,
    IncidentFacts,
    Severity,
    State,
    Uptime,
)

PRODUCTS_OWN = N_("Bawaan produk; kota belum menetapkan sendiri")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A msgid and what fills its places; values turn into text only where they are shown."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """The thresholds in force on a day. A target that the city has not set is ``None``.

    ``reopen_within``, ``red_after``, ``stale_after``, ``take_within`` (until somebody accepts an
    incident) and ``solve_within`` in seconds; ``uptime_target`` in percent of service time.
    """

    many_users: int = 5_000
    reopen_within: int = 900
    unused_after_days: int = 90
    contract_soon_days: int = 30
    red_after: int = 900
    stale_after: int = 86_400
    take_within: int | None = None
    solve_within: int | None = None
    uptime_target: Decimal | None = None
    valid_from: date | None = None
    legal_basis: str = PRODUCTS_OWN


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old data are, of an agency or an application: the latest, and what grows stale first.

    ``stale_at``: when the check does that is due first; ``old_from``: of when its data are.
    """

    id: int
    as_of: datetime
    stale_at: datetime
    old_from: datetime


class NeedKind(IntEnum):
    """Why something waits for a person; the number is its rank."""

    NOT_TAKEN = 1
    TOO_LONG = 2
    MINOR_NOT_TAKEN = 3
    LATE = 4
    CERTIFICATE = 5
    CONTRACT = 6
    DATA_STALE = 7
    UNUSED = 8

    @property
    def label(self) -> str:
        """Return its Indonesian name, to be translated."""
        return _NEED_LABELS[self]


_NEED_LABELS = {
    NeedKind.NOT_TAKEN: N_("Insiden belum diterima"),
    NeedKind.TOO_LONG: N_("Insiden terlalu lama"),
    NeedKind.MINOR_NOT_TAKEN: N_("Insiden ringan belum diterima"),
    NeedKind.LATE: N_("Kewajiban lewat waktu"),
    NeedKind.CERTIFICATE: N_("Sertifikat segera berakhir"),
    NeedKind.CONTRACT: N_("Kontrak segera berakhir"),
    NeedKind.DATA_STALE: N_("Data tidak diperbarui"),
    NeedKind.UNUSED: N_("Dibayar, tidak dipakai"),
}


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for a decision: what, whose, since when, and what happens next.

    ``state`` is its traffic light; ``due`` the day after which it is late, where there is one.
    What another module found names no application, and perhaps no agency, but its own ``link``.
    """

    kind: NeedKind
    state: State
    what: Sentence
    next: Sentence
    since: datetime
    agency_id: int | None
    application_id: int | None
    application: str
    incident_id: int | None = None
    check_id: int | None = None
    severity: Severity | None = None
    due: date | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the live feed: what happened to which application; nobody is named."""

    at: datetime
    state: State
    what: Sentence
    application_id: int
    application: str
    agency_id: int
    incident_id: int | None = None
    event: EventKind | None = None


@dataclass(frozen=True, slots=True)
class WatcherFacts:
    """One watching process as it last wrote of itself; ``verdict`` 0 is well, else a ``Code``."""

    name: str
    started_at: datetime
    alive_at: datetime
    watermark: datetime
    verdict: int
    lag_ms: float
    figures: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VerdictFacts:
    """A change of a watcher's judgement of itself."""

    watcher: str
    at: datetime
    verdict: int
    detail: str


@dataclass(frozen=True, slots=True)
class DaySummary:
    """A day of the whole city until ``at``; spans in seconds, ``None`` where nothing is known.

    ``checks_per_minute``: executed in the last minute, as the prober counts them.
    """

    day: date
    at: datetime
    opened: int
    acknowledged: int
    resolved: int
    open_now: int
    to_acknowledge: float | None
    uptime: Uptime | None
    checks_per_minute: float | None
    watchers: tuple[WatcherFacts, ...]

    @property
    def as_of(self) -> datetime | None:
        """Return up to when everything due is stored."""
        marks = [one.watermark for one in self.watchers]
        return min(marks) if marks else None


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """One raw result; milliseconds, a phase that took 3.2 s or more is ``None``."""

    at: datetime
    state: State
    code: int
    ms: float
    dns: float | None
    connect: float | None
    tls: float | None
    first: float | None


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One step in an incident's life; ``person_id`` is who it was given to."""

    at: datetime
    kind: EventKind
    by_id: int | None = None
    person_id: int | None = None
    check: str = ""
    code: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application in a list, with its light and its open incidents."""

    facts: ApplicationFacts
    state: State | None
    since: datetime | None
    checks: int
    open_incidents: int


@dataclass(frozen=True, slots=True)
class Idle:
    """An application that the city pays for and nobody uses; ``why`` says how that is known."""

    application: ApplicationFacts
    why: tuple[Sentence, ...]
    since: date | None


@dataclass(frozen=True, slots=True)
class IdleSum:
    """What one agency pays a year for applications that nobody uses, in rupiah."""

    agency_id: int
    applications: int
    cost: Decimal


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """Who changed what, and when: field to old and new value."""

    at: datetime
    by_id: int | None
    version: int
    changes: Mapping[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class AgencyMonth:
    """An agency's month: its incidents and how fast they were taken and ended, in seconds."""

    agency_id: int
    month: date
    opened: int
    resolved: int
    still_open: int
    to_acknowledge: float | None
    to_resolve: float | None
    uptimes: tuple[Uptime, ...]
    incidents: tuple[IncidentFacts, ...]


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A check that waits to be confirmed."""

    id: int
    agency_id: int
    application_id: int | None
    application: str
    address: str
    kind: str
    name: str
    spec: Mapping[str, object]
    interval: int
    counts: bool
    proposed_at: datetime
    proposed_by_id: int | None


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """A private network that checks may reach."""

    id: int
    network: str
    first_port: int
    last_port: int
    why: str
    by_id: int | None
    at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """What a reader asks of the list of incidents; empty fields ask nothing."""

    state: str = ""
    severity: Severity | None = None
    agency_id: int | None = None
    application_id: int | None = None
    text: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationFilter:
    """What a reader asks of the inventory; empty fields ask nothing."""

    text: str = ""
    agency_id: int | None = None
    state: State | None = None
    criticality: Criticality | None = None
    decision: str = ""
    retired: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class CheckFilter:
    """What a reader asks of the list of checks; empty fields ask nothing."""

    text: str = ""
    agency_id: int | None = None
    application_id: int | None = None
    kind: str = ""
    state: State | None = None
    sort: str = ""
