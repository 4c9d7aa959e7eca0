"""All that crosses this module's border: regions, agencies, appointments, actors, scope."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from kawal.kernel.calendar import Weekly
from kawal.kernel.words import N_
from kawal.regions.roles import ROLES, Role, RoleFacts, excluded_by

__all__ = [
    "ACTING_LABELS",
    "AGENCY_KIND_LABELS",
    "AGENCY_STATUS_LABELS",
    "ANONYMOUS_SCOPE",
    "APPOINTMENT_STATE_LABELS",
    "REGION_KIND_LABELS",
    "ROLES",
    "Acting",
    "Actor",
    "AgencyDraft",
    "AgencyFacts",
    "AgencyKind",
    "AgencyStatus",
    "AgencyVersionFacts",
    "AppointmentDraft",
    "AppointmentFacts",
    "AppointmentRecord",
    "AppointmentState",
    "BreakGlassFacts",
    "CityFacts",
    "HolidayFacts",
    "OpeningFacts",
    "Reach",
    "RegionFacts",
    "RegionKind",
    "RegionVersionFacts",
    "Role",
    "RoleFacts",
    "Scope",
    "ShapeFacts",
    "ShapeMap",
    "StepFacts",
    "WorkingWeekFacts",
    "excluded_by",
]


class Reach(StrEnum):
    """How far a role's grant goes."""

    OWN = "own"  # the agency of the appointment and the units below it
    ALL = "all"  # every agency


class RegionKind(StrEnum):
    """A level of the regions (Permendagri 58/2021: PP.KK.CC.VVVV)."""

    PROVINSI = "provinsi"
    KABUPATEN = "kabupaten"
    KOTA = "kota"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    DESA = "desa"


REGION_KIND_LABELS = {
    RegionKind.PROVINSI: N_("Provinsi"),
    RegionKind.KABUPATEN: N_("Kabupaten"),
    RegionKind.KOTA: N_("Kota"),
    RegionKind.KECAMATAN: N_("Kecamatan"),
    RegionKind.KELURAHAN: N_("Kelurahan"),
    RegionKind.DESA: N_("Desa"),
}


class AgencyKind(StrEnum):
    """What sort of office it is; the word OPD covers them all."""

    SKPD = "skpd"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    UNIT = "unit"
    UPTD = "uptd"


AGENCY_KIND_LABELS = {
    AgencyKind.SKPD: N_("SKPD"),
    AgencyKind.KECAMATAN: N_("Kecamatan"),
    AgencyKind.KELURAHAN: N_("Kelurahan"),
    AgencyKind.UNIT: N_("Unit SKPD"),
    AgencyKind.UPTD: N_("UPTD"),
}


class AgencyStatus(StrEnum):
    """Whether it works."""

    ACTIVE = "active"
    CLOSED = "closed"


AGENCY_STATUS_LABELS = {AgencyStatus.ACTIVE: N_("Aktif"), AgencyStatus.CLOSED: N_("Ditutup")}


class Acting(StrEnum):
    """In what capacity the post is held (UU 30/2014 Ps 14)."""

    DEFINITIVE = "definitive"
    PLT = "plt"  # Pelaksana Tugas: the post is vacant
    PLH = "plh"  # Pelaksana Harian: its holder is away


ACTING_LABELS = {
    Acting.DEFINITIVE: N_("Definitif"),
    Acting.PLT: N_("Pelaksana Tugas (Plt)"),
    Acting.PLH: N_("Pelaksana Harian (Plh)"),
}


class AppointmentState(StrEnum):
    """Where an appointment stands."""

    PROPOSED = "proposed"
    MADE = "made"
    REJECTED = "rejected"
    ENDED = "ended"
    REVOKED = "revoked"  # undone before its first day


APPOINTMENT_STATE_LABELS = {
    AppointmentState.PROPOSED: N_("Diusulkan"),
    AppointmentState.MADE: N_("Berlaku"),
    AppointmentState.REJECTED: N_("Ditolak"),
    AppointmentState.ENDED: N_("Berakhir"),
    AppointmentState.REVOKED: N_("Dicabut sebelum berlaku"),
}


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """One region as it stood on a date; ``code`` is Kemendagri's, ``kind`` its level."""

    id: int
    code: str
    name: str
    kind: RegionKind
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """One agency (OPD) or unit as it stood on a date; ``id`` is its permanent identity.

    ``version_id`` names the version read: a document that must show the names of its day keeps it.
    """

    id: int
    code: str
    name: str
    short: str
    kind: AgencyKind
    parent_id: int | None
    status: AgencyStatus
    region_id: int | None
    version_id: int = 0


@dataclass(frozen=True, slots=True)
class AgencyVersionFacts:
    """One version in an agency's history: ``valid_from`` to ``valid_until``, its last day."""

    agency: AgencyFacts
    valid_from: date
    valid_until: date | None
    legal_basis: str


@dataclass(frozen=True, slots=True)
class AgencyDraft:
    """What an officer says of an agency or unit; ``legal_basis`` is the regulation (SOTK)."""

    code: str
    name: str
    short: str
    kind: AgencyKind
    legal_basis: str
    parent_id: int | None = None
    region_id: int | None = None


@dataclass(frozen=True, slots=True)
class AppointmentDraft:
    """What an officer proposes; ``valid_until`` is the last day, the decree (SK) its basis."""

    person_id: int
    role: Role
    sk_number: str
    sk_date: date
    valid_from: date
    agency_id: int | None = None
    valid_until: date | None = None
    acting: Acting = Acting.DEFINITIVE
    sk_document_id: int | None = None
    sk_sha256: str = ""


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step in an appointment's life: what, by whom (``None``: the founding), when, why."""

    step: str
    by: int | None
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentRecord:
    """An appointment whole, with where it stands and its steps, whatever its state."""

    id: int
    draft: AppointmentDraft
    state: AppointmentState
    proposed_by: int | None
    decided_by: int | None
    is_founding: bool
    steps: tuple[StepFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class BreakGlassFacts:
    """Power asked for or lent in an emergency; ``until`` is set once it is granted."""

    id: int
    person_id: int
    role: Role
    agency_id: int | None
    reason: str
    length: timedelta
    asked_by: int
    asked_at: datetime
    granted_by: int | None
    granted_at: datetime | None
    until: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """One appointment in force; ``valid_until`` is its last day, ``None`` while open.

    ``agency_id`` is ``None`` for a role of the whole city. ``covers`` holds the agency and the
    units below it. ``emergency`` tells that break-glass lends it.
    """

    id: int
    person_id: int
    role: Role
    agency_id: int | None
    acting: Acting
    valid_from: date
    valid_until: date | None
    covers: frozenset[int] = frozenset()
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person by a login, with the appointments in force at the instant ``at`` (UTC).

    Nobody signed in is an actor too: ``person_id`` is ``None`` and there are no appointments.
    """

    person_id: int | None
    login_id: int | None
    appointments: tuple[AppointmentFacts, ...]
    at: datetime

    @property
    def is_anonymous(self) -> bool:
        """Tell whether nobody is signed in."""
        return self.person_id is None

    @property
    def roles(self) -> frozenset[Role]:
        """Return the roles that this person holds now."""
        return frozenset(appointment.role for appointment in self.appointments)

    @property
    def agency_ids(self) -> frozenset[int]:
        """Return the agencies in which this person holds an appointment, without their units."""
        return frozenset(a.agency_id for a in self.appointments if a.agency_id is not None)


@dataclass(frozen=True, slots=True)
class Scope:
    """How much an actor may see or touch: everything, or these agencies only."""

    everything: bool = False
    agency_ids: frozenset[int] = field(default_factory=frozenset)

    def __contains__(self, agency_id: int | None) -> bool:
        """Tell whether an agency lies inside."""
        return self.everything or agency_id in self.agency_ids

    def __bool__(self) -> bool:
        """Tell whether anything lies inside."""
        return self.everything or bool(self.agency_ids)

    @property
    def only(self) -> frozenset[int] | None:
        """Return the agencies to which a list is narrowed; ``None`` leaves nobody out."""
        return None if self.everything else self.agency_ids


ANONYMOUS_SCOPE = Scope()


@dataclass(frozen=True, slots=True)
class CityFacts:
    """This deployment's government: its region, its clock, its kind, since when."""

    region_id: int
    region_code: str
    name: str
    zone: str
    deployment: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class HolidayFacts:
    """A day on which the offices are closed; a later decree may have cancelled it."""

    day: date
    name: str
    is_joint_leave: bool
    legal_basis: str
    cancelled_by: str = ""


@dataclass(frozen=True, slots=True)
class WorkingWeekFacts:
    """Office hours from one day to another: seven days, Monday first, of spans of wall time."""

    name: str
    valid_from: date
    valid_until: date | None
    legal_basis: str
    weekly: Weekly


@dataclass(frozen=True, slots=True)
class RegionVersionFacts:
    """How a region stood from ``valid_from`` to ``valid_until``, its last day."""

    region: RegionFacts
    valid_from: date
    valid_until: date | None
    legal_basis: str


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """A module shown to the public, by which decree and since when."""

    module: str
    decree: str
    decree_date: date
    opened_at: datetime
    closed_at: datetime | None = None
    opened_by: int = 0


@dataclass(frozen=True, slots=True)
class ShapeFacts:
    """A region's outline on the map: ``path`` is SVG path data, the label's place in its units."""

    region_id: int
    code: str
    name: str
    path: str
    label_x: float
    label_y: float
    group: str = ""


@dataclass(frozen=True, slots=True)
class ShapeMap:
    """A map ready to draw: its shapes, the SVG viewBox, and whether it is only a schematic."""

    shapes: tuple[ShapeFacts, ...]
    view_box: str
    schematic: bool
    source: str = ""
