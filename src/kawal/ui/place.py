"""Which city these pages belong to, and its clock: asked once per request."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Place:
    """A city's name and time zone."""

    name: str
    zone: ZoneInfo


NOWHERE = Place("", ZoneInfo("Asia/Jakarta"))


def _nowhere() -> Place:
    return NOWHERE


ask: Callable[[], Place] = _nowhere
"""The layer that knows the city puts its answer here."""

_held: ContextVar[list[Place] | None] = ContextVar("kawal_place", default=None)


def current() -> Place:
    """Return the city; within a request it is asked for once."""
    held = _held.get()
    if held is None:
        return ask()
    if not held:
        held.append(ask())
    return held[0]


class held:  # noqa: N801 - reads as a verb: with place.held()
    """Keep the answer for the length of a block."""

    def __enter__(self) -> None:
        """Begin without an answer."""
        self._token = _held.set([])

    def __exit__(self, *_error: object) -> None:
        """Forget it."""
        _held.reset(self._token)
