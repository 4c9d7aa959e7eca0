"""All that crosses this module's border: the words, states and figures of the budget."""

from kawal.budget.facts.funds import (
    BALANCES,
    MOVEMENT_LABELS,
    NIL,
    Delta,
    FundsFacts,
    FundsFault,
    FundSums,
    Moved,
    Movement,
    Paper,
)
from kawal.budget.facts.sheets import (
    RECORD_LABELS,
    REVISION_STATE_LABELS,
    SHEET_KIND_LABELS,
    IndicatorKind,
    Record,
    RevisionState,
    SheetKind,
)
from kawal.budget.facts.versions import (
    VERSION_KIND_LABELS,
    Instrument,
    VersionKind,
)

__all__ = [
    "BALANCES",
    "MOVEMENT_LABELS",
    "NIL",
    "RECORD_LABELS",
    "REVISION_STATE_LABELS",
    "SHEET_KIND_LABELS",
    "VERSION_KIND_LABELS",
    "Delta",
    "FundSums",
    "FundsFacts",
    "FundsFault",
    "IndicatorKind",
    "Instrument",
    "Moved",
    "Movement",
    "Paper",
    "Record",
    "RevisionState",
    "SheetKind",
    "VersionKind",
]
