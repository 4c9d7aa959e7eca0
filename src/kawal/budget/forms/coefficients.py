"""Coefficients as people type them: ``3 Orang x 2 Hari``."""

import re
from decimal import Decimal

from kawal.kernel.typed import INDONESIAN, number

_TIMES = re.compile(r"\s*[×*]\s*|\s+[xX]\s+|(?<=\D)[xX](?=\d)")
_PART = re.compile(r"^([\d.,]+)\s*(.*)$")

Volume = tuple[Decimal, str]


def coefficient(typed: str, style: str = INDONESIAN) -> tuple[Volume, ...] | None:
    """Return the volumes and their units in ``3 Orang x 2 Hari``; ``None`` when it says none.

    One without a unit, and more than four, are returned as they stand: the rules say what is wrong.
    """
    found = []
    for part in _TIMES.split(typed.strip()):
        match = _PART.match(part.strip())
        volume = number(match[1], style) if match else None
        if match is None or volume is None:
            return None
        found.append((volume, " ".join(match[2].split())))
    return tuple(found)
