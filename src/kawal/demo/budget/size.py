"""How large the demo's budget is: the whole city's, or a small one with the same sums."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """How many of a hundred sub kegiatan are left out; how many lines a sheet has, and more."""

    left_out: int
    lines: int
    more_lines: int


CITY = Size(28, 15, 36)
SMALL = Size(96, 3, 3)
