"""What officers type about applications, checks and policy: frozen drafts (no Django)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kawal.monitoring.facts import Criticality, Kind, PersonalData, ServiceHours

Weekly = tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """An entry of the inventory as typed; ``cost`` in rupiah a year.

    ``weekly`` holds seven days of spans like ``("08:00", "16:00")``, Monday first; it is asked for
    only when the application has hours of its own.
    """

    agency_id: int
    name: str
    officer_id: int | None = None
    serves: str = ""
    users: int | None = None
    users_on: date | None = None
    address: str = ""
    criticality: Criticality = Criticality.MEDIUM
    hours: ServiceHours = ServiceHours.ALWAYS
    weekly: Weekly = ()
    spbe: int | None = None
    personal_data: PersonalData = PersonalData.NONE
    vendor: str = ""
    contract_ends: date | None = None
    cost: Decimal | None = None
    last_login_on: date | None = None
    last_data_at: datetime | None = None
    integration: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """A check as typed; times in seconds.

    ``secrets`` are values of secret headers by name; one that is left out keeps its old value.
    """

    kind: Kind
    name: str
    spec: Mapping[str, Any]
    interval: int
    timeout: int
    confirmations: int
    recheck: int
    counts: bool = True
    public: bool = False
    secrets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a pasted list: an application's name (or nothing) and its address."""

    line: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line of a pasted list that proposes nothing, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key for pushing, shown this once: only its hash is kept."""

    check_id: int
    key: str
