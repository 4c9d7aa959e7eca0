"""What crosses the border of identity: persons, logins, sessions; no number in plain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kawal.kernel.words import N_


class Sex(StrEnum):
    """Sex as NIP and NIK encode it."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One human. ``has_nip`` and ``has_nik`` tell that a number is kept, not which."""

    id: int
    name: str
    title_before: str = ""
    title_after: str = ""
    email: str = ""
    has_nip: bool = False
    has_nik: bool = False
    has_phone: bool = False
    is_active: bool = True
    is_erased: bool = False
    version: int = 1

    @property
    def full_name(self) -> str:
        """Return the name as it stands under a document: with its titles."""
        if self.is_erased:
            return N_("(data dihapus)")
        front = f"{self.title_before} {self.name}".strip()
        return f"{front}, {self.title_after}" if self.title_after else front


@dataclass(frozen=True, slots=True)
class LoginFacts:
    """One way in. Instants are UTC."""

    id: int
    person_id: int
    username: str
    is_active: bool
    is_demo: bool
    must_change_password: bool
    last_login: datetime | None = None
    has_second_factor: bool = False


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """One browser that is signed in. ``id`` names it without opening it."""

    id: str
    login_id: int
    started_at: datetime
    seen_at: datetime
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class AccessFacts:
    """One line of the private access log: who saw or did what, and when (UTC)."""

    at: datetime
    person_id: int | None
    login_id: int | None
    what: str
    method: str = ""
    kind: str = ""
    object_id: str = ""
    status: int | None = None
    address: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """What an officer typed about a person; the numbers are plain here, and only here."""

    name: str
    title_before: str = ""
    title_after: str = ""
    nip: str = ""
    nik: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Nip:
    """A civil servant's number taken apart; a contract (PPPK) has no month."""

    born: date
    appointed_year: int
    appointed_month: int | None
    sex: Sex
    serial: int


@dataclass(frozen=True, slots=True)
class Nik:
    """A citizen's number taken apart; ``region`` is the kecamatan of first issue, dotted."""

    region: str
    born_day: int
    born_month: int
    born_year_2: int
    sex: Sex
    serial: int


@dataclass(frozen=True, slots=True)
class Held:
    """Everything held on one person, for that person (UU 27/2022): label to value, by group."""

    person: PersonFacts
    groups: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
