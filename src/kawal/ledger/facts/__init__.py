"""All that crosses this module's border: events, their items, journals."""

from kawal.ledger.facts.postings import EVENT_LABELS, Event, Item, Part, Posting, Side, Source

__all__ = ["EVENT_LABELS", "Event", "Item", "Part", "Posting", "Side", "Source"]
