"""How shifts are said: their state, their desk, their steps as a list of tasks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from kawal.budget.facts import NIL, Instrument
from kawal.budget.facts.shifts import (
    DESK_LABELS,
    SHIFT_GROUND_LABELS,
    SHIFT_LEVEL_LABELS,
    SHIFT_STATE_LABELS,
    ShiftFacts,
    ShiftLine,
    ShiftState,
    ShiftStep,
)
from kawal.kernel.words import N_
from kawal.regions.facts import AgencyFacts
from kawal.ui.formats import waktu

TONES = {
    ShiftState.DRAFT: "neutral",
    ShiftState.SUBMITTED: "warn",
    ShiftState.APPROVED: "warn",
    ShiftState.ENACTED: "good",
    ShiftState.REFUSED: "paused",
    ShiftState.WITHDRAWN: "paused",
}


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift in a list."""

    shift: ShiftFacts
    agency: str
    state: str
    tone: str
    level: str
    waits_for: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """A step of a shift: who has to take it or took it."""

    label: str
    word: str
    tone: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class LineGroup:
    """The lines of one sheet that a shift changes, with their sums in rupiah."""

    sheet_id: int
    name: str
    lines: tuple[ShiftLine, ...]

    @property
    def before(self) -> Decimal:
        """Return the sum before."""
        return sum((one.before for one in self.lines), NIL)

    @property
    def after(self) -> Decimal:
        """Return the sum after."""
        return sum((one.after for one in self.lines), NIL)


def shift_row(shift: ShiftFacts, agencies: Mapping[int, AgencyFacts]) -> ShiftRow:
    """Return a shift with its words."""
    agency = agencies.get(shift.agency_id)
    return ShiftRow(
        shift,
        agency.name if agency else "–",
        _(SHIFT_STATE_LABELS[shift.state]),
        TONES[shift.state],
        _(SHIFT_LEVEL_LABELS[shift.level]) if shift.level else "–",
        waits_for(shift),
        shift.since,
    )


def waits_for(shift: ShiftFacts) -> str:
    """Return on whose desk a shift lies; nothing once it is decided."""
    match shift.state:
        case ShiftState.DRAFT:
            return _("SKPD")
        case ShiftState.SUBMITTED:
            return _(DESK_LABELS[shift.desk])
        case ShiftState.APPROVED:
            return _("PPKD")
        case _:
            return "–"


def ground_words(shift: ShiftFacts) -> str:
    """Return why a shift is asked for, with the emergency that is named."""
    words = _(SHIFT_GROUND_LABELS[shift.ground])
    return f"{words}: {shift.emergency}" if shift.emergency else words


def tasks(shift: ShiftFacts, names: Mapping[int, str]) -> list[Task]:
    """Return the steps of a shift: those taken with who and when, those to come with whose."""
    desk = _(DESK_LABELS[shift.desk]) if shift.desk else _("menurut tingkatnya")
    by_drafter = shift.desk is Instrument.PA
    return [
        _task(_("Menyusun"), "PPTK", shift.drafted_by, names),
        _task(_("Mengajukan"), "PPTK" if by_drafter else "PA/KPA", shift.submitted_by, names),
        _task(_("Menyetujui"), desk, shift.approved_by, names),
        _task(_("Menetapkan"), "PPKD", shift.enacted_by, names),
    ]


def _task(label: str, whose: str, by: int | None, names: Mapping[int, str]) -> Task:
    if by is None:
        return Task(label, _("belum"), "neutral", whose)
    return Task(label, _("selesai"), "good", names.get(by, "–"))


STEP_WORDS = {
    ShiftStep.DRAFTED: N_("Mulai disusun"),
    ShiftStep.SUBMITTED: N_("Diajukan"),
    ShiftStep.RETURNED: N_("Dikembalikan"),
    ShiftStep.APPROVED: N_("Disetujui"),
    ShiftStep.ENACTED: N_("Ditetapkan"),
    ShiftStep.REFUSED: N_("Ditolak"),
    ShiftStep.WITHDRAWN: N_("Ditarik kembali"),
}


def events(shift: ShiftFacts, names: Mapping[int, str]) -> list[dict[str, str]]:
    """Return the steps that were taken, the newest first, for the timeline."""
    return [
        {
            "at": waktu(one.at),
            "title": _(STEP_WORDS[ShiftStep(one.step)]),
            "who": names.get(one.person_id, "–"),
            "text": one.reason,
        }
        for one in reversed(shift.steps)
    ]


def groups(shift: ShiftFacts, lines: Iterable[ShiftLine]) -> list[LineGroup]:
    """Return the changed lines by sheet, also those of sheets that do not change."""
    every = tuple(lines)
    return [
        LineGroup(
            one.sheet_id,
            one.name,
            tuple(line for line in every if line.sheet_id == one.sheet_id),
        )
        for one in shift.sheets
    ]


def people_of(shift: ShiftFacts) -> set[int]:
    """Return everybody who took a step."""
    every = {shift.drafted_by, shift.submitted_by, shift.approved_by, shift.enacted_by}
    found = every | {one.person_id for one in shift.steps}
    return {one for one in found if one is not None}
