"""The kinds of public event: each module registers its own when Django starts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kawal.trail.fields import (
    Choice,
    Code,
    Day,
    Digest,
    Field,
    Flag,
    Instant,
    Integer,
    Many,
    Record,
    Rupiah,
    Text,
)

__all__ = [
    "Choice",
    "Code",
    "Day",
    "Digest",
    "Flag",
    "Instant",
    "Integer",
    "Kind",
    "Many",
    "Record",
    "Rupiah",
    "Text",
    "UnknownKind",
    "kind",
    "kinds",
    "register",
]

_FIELD = re.compile(r"[a-z][a-z0-9_]{0,59}")
_NAME = re.compile(r"[a-z][a-z_]*(?:\.[a-z][a-z_]*)+")


class UnknownKind(LookupError):
    """No module registered such a kind of event."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of public event and the closed schema of its facts.

    ``name`` is ``word.verb`` (``appointment.made``); ``label`` an Indonesian name marked with
    ``N_``; ``about`` names the fact by which people know the document; ``private`` names what may
    be committed to without being published; ``words`` are labels of fields for the public page
    (``N_``; a field without one shows its own name).

    A change of ``fields`` needs a new ``version``, and the old one stays registered: old leaves
    are checked against it for ever.
    """

    name: str
    fields: Mapping[str, Field]
    label: str = ""
    about: str = ""
    private: frozenset[str] = field(default=frozenset())
    version: int = 1
    words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or len(self.name) > 60:
            raise ValueError(f"{self.name!r} is not a kind's name")
        for name in (*self.fields, *self.private):
            if not _FIELD.fullmatch(name):
                raise ValueError(f"{self.name}: {name!r} is not a field's name")
        if self.about and self.about not in self.fields:
            raise ValueError(f"{self.name}: {self.about!r} is none of its fields")


_kinds: dict[str, dict[int, Kind]] = {}


def register(*new: Kind) -> None:
    """Make kinds known. The same kind twice is nothing new.

    :raises ValueError: when another kind has that name and version.
    """
    for one in new:
        versions = _kinds.setdefault(one.name, {})
        if versions.setdefault(one.version, one) != one:
            raise ValueError(f"{one.name} version {one.version} is registered twice")


def kind(name: str, version: int | None = None) -> Kind:
    """Return a kind; the newest version when none is asked for.

    :raises UnknownKind: when it was never registered.
    """
    versions = _kinds.get(name, {})
    try:
        return versions[version if version is not None else max(versions, default=0)]
    except KeyError:
        raise UnknownKind(f"{name} version {version}") from None


def kinds() -> list[Kind]:
    """Return the newest version of every kind, by name."""
    return [kind(name) for name in sorted(_kinds)]
