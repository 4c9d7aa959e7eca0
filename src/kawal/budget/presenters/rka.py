"""How RKA sheets are said: titles, states, and the rows of the grid."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kawal.budget.facts import (
    REVISION_STATE_LABELS,
    SHEET_KIND_LABELS,
    ComponentFacts,
    LineFacts,
    NoteFacts,
    RevisionState,
    SheetFacts,
    SheetKind,
    SheetRow,
)
from kawal.budget.forms.components import texts

TONES = {
    RevisionState.DRAFT: "neutral",
    RevisionState.SUBMITTED: "info",
    RevisionState.VERIFIED: "good",
    RevisionState.SEALED: "good",
    RevisionState.DROPPED: "paused",
}


@dataclass(frozen=True, slots=True)
class GridRow:
    """A component in the grid: its texts by field, and the headings that begin with it."""

    id: int
    texts: dict[str, str]
    amount: Decimal
    group: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class GridLine:
    """An account and fund in the grid, with its components and the verifiers' notes on it."""

    facts: LineFacts
    rows: tuple[GridRow, ...]
    notes: tuple[NoteFacts, ...] = ()


def sheet_title(sheet: SheetFacts | SheetRow) -> str:
    """Return what a sheet plans, in words: its sub kegiatan, else its kind."""
    return sheet.activity_name or _(SHEET_KIND_LABELS[sheet.kind])


def sheet_code(sheet: SheetFacts | SheetRow) -> str:
    """Return the code of the sub kegiatan; nothing for revenue and financing."""
    return sheet.activity_code if sheet.kind is SheetKind.SPENDING else ""


def state_tag(state: RevisionState | None) -> tuple[str, str]:
    """Return a state's words and tone."""
    if state is None:
        return _("Belum ada rancangan"), "unknown"
    return _(REVISION_STATE_LABELS[state]), TONES[state]


def grid(lines: Iterable[LineFacts], notes: Iterable[NoteFacts] = ()) -> list[GridLine]:
    """Return lines as the grid shows them; # and - headings stand where they change."""
    said = list(notes)
    return [
        GridLine(
            line,
            tuple(_rows(line.components)),
            tuple(note for note in said if note.line_id == line.line_id),
        )
        for line in lines
    ]


def _rows(components: Iterable[ComponentFacts]) -> Iterable[GridRow]:
    group = note = ""
    for one in components:
        new_group = one.draft.group if one.draft.group != group else ""
        new_note = one.draft.note if one.draft.note != note or new_group else ""
        group, note = one.draft.group, one.draft.note
        yield GridRow(one.id, texts(one), one.amount, new_group, new_note)
