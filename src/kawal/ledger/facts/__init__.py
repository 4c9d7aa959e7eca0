"""All that crosses this module's border: events, their items, journals."""

from kawal.ledger.facts.postings import (
    ENTITY_LABELS,
    EVENT_LABELS,
    JOURNAL_KIND_LABELS,
    Entity,
    Event,
    Item,
    JournalKind,
    Part,
    Posting,
    Side,
    Source,
)

__all__ = [
    "ENTITY_LABELS",
    "EVENT_LABELS",
    "JOURNAL_KIND_LABELS",
    "Entity",
    "Event",
    "Item",
    "JournalKind",
    "Part",
    "Posting",
    "Side",
    "Source",
]
