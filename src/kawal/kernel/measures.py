"""Figures for the operators' monitoring: questions asked when somebody reads ``/metrics``.

A module registers a question once, at start-up: ``register("kawal_incidents_open", "Open
incidents", count_by_severity)``. What a process counts as it works (requests, checks) it counts
with prometheus_client itself, under a name that begins with ``kawal_``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Answer = Iterable[tuple[Mapping[str, str], float]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: its name, what it says, and the question that gives its value for each label."""

    name: str
    says: str
    ask: Callable[[], Answer]


_measures: dict[str, Measure] = {}


def register(name: str, says: str, ask: Callable[[], Answer]) -> None:
    """Add a figure; ``ask`` returns pairs of labels and value.

    :raises ValueError: when the name does not begin with ``kawal_`` or another question has it.
    """
    if not name.startswith("kawal_"):
        raise ValueError(f"{name}: the name of a figure begins with kawal_")
    if name in _measures and _measures[name].ask is not ask:
        raise ValueError(f"{name} is registered twice")
    _measures[name] = Measure(name, says, ask)


def all_measures() -> list[Measure]:
    """Return every figure, by name."""
    return [_measures[name] for name in sorted(_measures)]
