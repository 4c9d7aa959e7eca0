"""What modules above tell the budget: when the contracts of a line are to be paid."""

from collections.abc import Callable, Collection, Mapping

from kawal.budget.facts import NO_MONTHS, Months

Schedules = Callable[[int, Collection[int]], Mapping[int, Months]]
_sources: list[Schedules] = []


def register_schedules(source: Schedules) -> None:
    """Let the cash plan ask a source, ``source(year, line_ids)``; once, at start-up.

    It answers with twelve months in rupiah by line; the same source twice is nothing new.
    """
    if source not in _sources:
        _sources.append(source)


def schedules(year: int, line_ids: Collection[int]) -> dict[int, Months]:
    """Return the payments that contracts fix, by line and month in rupiah."""
    found: dict[int, Months] = {}
    for source in _sources:
        for line, months in source(year, line_ids).items():
            before = found.get(line, NO_MONTHS)
            found[line] = tuple(one + more for one, more in zip(before, months, strict=True))
    return found
