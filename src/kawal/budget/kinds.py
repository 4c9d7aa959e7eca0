"""The public events of this module, one tuple that grows with the documents."""

from kawal.budget import (
    kinds_calendar,
    kinds_prices,
    kinds_rka,
    kinds_shifts,
    kinds_spd,
    kinds_versions,
)
from kawal.budget.kinds_words import labelled
from kawal.trail.registry import Kind

KINDS: tuple[Kind, ...] = labelled(
    (
        *kinds_calendar.KINDS,
        *kinds_prices.KINDS,
        *kinds_rka.KINDS,
        *kinds_shifts.KINDS,
        *kinds_spd.KINDS,
        *kinds_versions.KINDS,
    )
)
