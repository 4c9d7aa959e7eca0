"""A whole sheet as a list brings it: its header and its lines together."""

from dataclasses import dataclass, field

from kawal.budget.facts.rka import HeaderDraft, LineDraft
from kawal.budget.facts.sheets import SheetKind


@dataclass(frozen=True, slots=True)
class SheetDraft:
    """A sheet to open: whose, of what, and all that it says."""

    unit_id: int
    kind: SheetKind
    activity_id: int | None = None
    header: HeaderDraft = field(default_factory=HeaderDraft)
    lines: tuple[LineDraft, ...] = ()
