"""The kinds of document: each module registers its own, and says who may read one."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kawal.documents.facts import MediaType
from kawal.regions.facts import Actor

MiB = 1024 * 1024
MayRead = Callable[[Actor, UUID], bool]


class UnknownKind(LookupError):
    """No module registered such a kind of document."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document. ``label`` is an Indonesian name marked with ``N_``.

    ``may_read(actor, document_id)`` is the owner module's answer; who may not is told that there
    is nothing. ``limit`` in bytes. ``keep_years`` is the retention that the law asks for
    (accounting evidence: ten years, PP 71/2010 and the archive schedule); nothing is deleted here.
    """

    name: str
    label: str
    may_read: MayRead
    media_types: frozenset[MediaType] = frozenset({MediaType.PDF, MediaType.PNG, MediaType.JPEG})
    limit: int = 20 * MiB
    keep_years: int = 10


_kinds: dict[str, Kind] = {}


def register(*new: Kind) -> None:
    """Make kinds known; the same one twice is nothing new.

    :raises ValueError: when another kind has that name.
    """
    for one in new:
        if _kinds.setdefault(one.name, one) != one:
            raise ValueError(f"document kind {one.name!r} is registered twice")


def named(name: str) -> Kind:
    """Return a kind.

    :raises UnknownKind: when it was never registered.
    """
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(name) from None


def kinds() -> list[Kind]:
    """Return every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]
