"""How a DPA is said: its steps as a list of tasks, who takes the next, what speaks against it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kawal.budget.facts import DPA_STATE_LABELS, DpaFacts, DpaState
from kawal.budget.rules.dpa import STATES
from kawal.kernel.words import N_
from kawal.ui.formats import waktu

TONES = {
    DpaState.DRAFTED: "neutral",
    DpaState.SIGNED: "info",
    DpaState.VERIFIED: "info",
    DpaState.APPROVED: "info",
    DpaState.RATIFIED: "good",
}
TASKS = {
    DpaState.DRAFTED: N_("Penyusunan oleh PPTK atau PA"),
    DpaState.SIGNED: N_("Tanda tangan PA"),
    DpaState.VERIFIED: N_("Verifikasi TAPD"),
    DpaState.APPROVED: N_("Persetujuan Sekda"),
    DpaState.RATIFIED: N_("Pengesahan PPKD"),
}
BUTTONS = {
    DpaState.SIGNED: N_("Tanda tangani DPA"),
    DpaState.VERIFIED: N_("Verifikasi DPA"),
    DpaState.APPROVED: N_("Setujui DPA"),
    DpaState.RATIFIED: N_("Sahkan DPA"),
}


@dataclass(frozen=True, slots=True)
class DpaLine:
    """A DPA with the words of its state."""

    dpa: DpaFacts
    state: str
    tone: str


def dpa_line(dpa: DpaFacts) -> DpaLine:
    """Return a DPA as a line of a list."""
    return DpaLine(dpa, _(DPA_STATE_LABELS[dpa.state]), TONES[dpa.state])


def tasks(dpa: DpaFacts, names: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return the five steps as a list of tasks: done by whom and when, next, or waiting."""
    done = STATES.index(dpa.state)
    return [_task(place, done, step.by, step.at, names) for place, step in enumerate(dpa.steps)]


def _task(
    place: int, done: int, by: int | None, at: Any, names: Mapping[int, str]
) -> dict[str, Any]:
    label = _(TASKS[STATES[place]])
    if place <= done:
        hint = f"{names.get(by or 0, '–')}, {waktu(at)}"
        return {"label": label, "word": _("Selesai"), "tone": "good", "hint": hint}
    if place == done + 1:
        return {"label": label, "word": _("Menunggu"), "tone": "warn"}
    return {"label": label, "word": _("Belum mulai"), "tone": "neutral"}


def signers(dpas: Iterable[DpaFacts]) -> set[int]:
    """Return everybody who took a step of some DPA."""
    return {step.by for dpa in dpas for step in dpa.steps if step.by is not None}
