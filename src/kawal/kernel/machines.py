"""The states of a document as one table: rules, triggers and the reference all read it.

A module declares its machines in its facts and registers them at start-up. The table of a document
with a machine takes ``regions.models.guards.known_steps``, so that raw SQL cannot take another way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Move:
    """A step of a document: from which state to which, its name, and the act that it takes.

    ``step`` is an Indonesian msgid for people; ``act`` names the permission, empty where another
    document or the bank takes the step. Where both states are one the document is rewritten.
    """

    before: StrEnum
    after: StrEnum
    step: str
    act: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """The way of one kind of document: its states in the law's order, the first, every move.

    ``document`` is the law's word; ``basis`` the law or paper that the way follows.
    """

    document: str
    labels: Mapping[Any, str]
    first: StrEnum
    moves: tuple[Move, ...]
    basis: str

    def after(self, state: StrEnum) -> tuple[Move, ...]:
        """Return the moves that a state allows."""
        return tuple(move for move in self.moves if move.before == state)

    def allows(self, before: StrEnum, after: StrEnum) -> bool:
        """Tell whether one move leads from a state to another."""
        return any(move.before == before and move.after == after for move in self.moves)

    @property
    def ends(self) -> frozenset[StrEnum]:
        """Return the states that nothing leaves."""
        left = {move.before for move in self.moves if move.before != move.after}
        return frozenset(self.labels) - left

    @property
    def faults(self) -> list[str]:
        """Return what is wrong with the table itself: unknown, unreachable or doubled states."""
        known = set(self.labels)
        named = {end for move in self.moves for end in (move.before, move.after)} | {self.first}
        reached, grown = {self.first}, True
        while grown:
            more = {move.after for move in self.moves if move.before in reached} - reached
            reached, grown = reached | more, bool(more)
        pairs = [(move.before, move.after, move.step) for move in self.moves]
        return [
            *(f"{self.document}: no label for {one}" for one in sorted(named - known)),
            *(f"{self.document}: nothing leads to {one}" for one in sorted(known - reached)),
            *(
                f"{self.document}: twice {one}"
                for one in sorted(set(pairs))
                if pairs.count(one) > 1
            ),
        ]

    def refuses(self, column: str = "state") -> str:
        """Return the SQL condition of an UPDATE that takes no known step."""
        allowed = dict.fromkeys((move.before, move.after) for move in self.moves)
        pairs = ", ".join(f"('{before}', '{after}')" for before, after in allowed)
        return f"(OLD.{column}, NEW.{column}) NOT IN ({pairs})"


_machines: dict[str, Machine] = {}


def register(*new: Machine) -> None:
    """Make machines known to the reference of states; the same one twice is nothing new.

    :raises ValueError: when a machine is faulty, or another has its name.
    """
    for one in new:
        if one.faults:
            raise ValueError("; ".join(one.faults))
        if _machines.setdefault(one.document, one) != one:
            raise ValueError(f"the states of {one.document!r} are registered twice")


def machines() -> tuple[Machine, ...]:
    """Return every machine, by the document's name."""
    return tuple(_machines[name] for name in sorted(_machines))
