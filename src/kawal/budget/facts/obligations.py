"""Obligations of a budget year as clocks: what, for whom, due when, done by what."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kawal.kernel.words import N_
from kawal.nomenclature.facts import Certainty
from kawal.regions.facts import Role


class Happened(StrEnum):
    """What the product itself knows to have happened, so that nobody has to say it."""

    CEILINGS_SET = "ceilings_set"
    RKA_SUBMITTED = "rka_submitted"  # by agency: each of its sheets, at least once
    RAPBD_MADE = "rapbd_made"
    APBD_ENACTED = "apbd_enacted"
    PENJABARAN_ENACTED = "penjabaran_enacted"
    DPA_SIGNED = "dpa_signed"  # by agency
    DPA_VERIFIED = "dpa_verified"
    DPA_RATIFIED = "dpa_ratified"
    PERUBAHAN_BEGUN = "perubahan_begun"
    PERUBAHAN_ENACTED = "perubahan_enacted"


class ClockState(StrEnum):
    """How an obligation stands."""

    DONE = "done"
    DONE_LATE = "done_late"
    LATE = "late"
    SOON = "soon"
    COMING = "coming"
    WAITING = "waiting"  # its day follows from something that has not happened
    BEFORE = "before"  # due before this budget year was kept here: nobody is blamed for it


CLOCK_STATE_LABELS = {
    ClockState.DONE: N_("Selesai tepat waktu"),
    ClockState.DONE_LATE: N_("Selesai terlambat"),
    ClockState.LATE: N_("Lewat waktu"),
    ClockState.SOON: N_("Segera jatuh tempo"),
    ClockState.COMING: N_("Belum jatuh tempo"),
    ClockState.WAITING: N_("Menunggu langkah sebelumnya"),
    ClockState.BEFORE: N_("Sebelum tahun ini dikelola di sini"),
}


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something that is due for a budget year; its day is the parameter ``budget.calendar.<key>``.

    ``each``: once for every SKPD, otherwise once for the city. ``event``: what fulfils it by
    itself; without one the responsible role ticks it off with a note. ``only_after``: it exists
    only once that has happened.
    """

    key: str
    label: str
    instruction: str
    role: Role
    each: bool = False
    event: Happened | None = None
    only_after: Happened | None = None

    @property
    def parameter(self) -> str:
        """Return the key of the parameter that says when it is due."""
        return f"budget.calendar.{self.key}"


@dataclass(frozen=True, slots=True)
class Mark:
    """That somebody ticked an obligation off: done on a day, with a note."""

    obligation: str
    agency_id: int | None
    done_on: date
    note: str
    person_id: int


@dataclass(frozen=True, slots=True)
class Clock:
    """One obligation of one agency, or of the city, as it stands on a day.

    ``late_by`` is in days; ``late_working`` the same in working days of the city's calendar.
    """

    obligation: Obligation
    agency_id: int | None
    state: ClockState
    due: date | None
    done_on: date | None
    rule: str
    legal_basis: str
    certainty: Certainty | None
    late_by: int = 0
    late_working: int = 0
    mark: Mark | None = None
