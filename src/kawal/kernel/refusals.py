"""Why something is refused: every reason at once, with the way to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a refusal.

    ``code`` is for programs and never changes; ``text`` is an Indonesian sentence marked with
    ``N_`` that may hold ``%(name)s`` places filled from ``values``; ``at`` names the field (or
    row) that it is about, empty for the whole; ``mend`` says what to do instead.
    """

    code: str
    text: str
    at: str = ""
    mend: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


class Refused(Exception):
    """The rules refuse an action; nothing was changed."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(str(reason) for reason in self.reasons))


class StaleDraft(Exception):
    """Somebody saved the draft since this copy was read; both are shown, nothing was changed."""

    def __init__(self, *, read: int, current: int, theirs: Mapping[str, object]) -> None:
        self.read = read
        self.current = current
        self.theirs = dict(theirs)
        super().__init__(f"draft version {read} was read, {current} is current")


class NotThere(Exception):
    """What was asked for does not exist, or lies outside the reader's scope: the same answer."""
