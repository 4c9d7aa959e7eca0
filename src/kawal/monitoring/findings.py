"""What other modules find wrong and the room must see: registered here, asked for regularly.

A module above registers a source. The worker asks it what stands at an instant; what is new is
opened as a finding, what is no longer named is closed. So a source only says what is true now: it
keeps no state, and nothing it forgets to close stays open.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kawal.monitoring.facts import Severity
from kawal.regions.facts import Role


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """What a source finds: a clock that ran out, whose it is, and what he has to do.

    ``key`` is its own within the source and says what it is about (year, obligation, agency).
    Texts are msgids; their values are plain texts and numbers. ``about`` stands before them as it
    is, such as which budget. ``agency_id`` is nothing for the whole city. From ``escalate_on`` the
    role ``escalate_to`` hears of it as well.
    """

    key: str
    agency_id: int | None
    role: Role
    severity: Severity
    text: str
    instruction: str
    since: datetime
    due: date
    link: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    about: str = ""
    escalate_to: Role | None = None
    escalate_on: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who finds: a name for the tables and what to ask."""

    name: str
    ask: Callable[[datetime], Iterable[FindingDraft]]


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """A finding that is open."""

    id: int
    source: str
    draft: FindingDraft
    opened_at: datetime
    escalated_at: datetime | None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a source; once, at start-up.

    :raises ValueError: when the name is taken.
    """
    if source.name in _sources:
        raise ValueError(f"finding source {source.name!r} is registered twice")
    _sources[source.name] = source


def sources() -> tuple[Source, ...]:
    """Return every source, by name."""
    return tuple(_sources[name] for name in sorted(_sources))
