"""The parameters of the law that the budget asks for; one tuple that grows with the rules."""

from kawal.budget import (
    declared_calendar,
    declared_cash,
    declared_law,
    declared_papers,
    declared_rka,
    declared_shifts,
    declared_versions,
)
from kawal.nomenclature.registry import Declared

PARAMETERS: tuple[Declared, ...] = (
    *declared_calendar.PARAMETERS,
    *declared_cash.PARAMETERS,
    *declared_law.PARAMETERS,
    *declared_papers.PARAMETERS,
    *declared_rka.PARAMETERS,
    *declared_shifts.PARAMETERS,
    *declared_versions.PARAMETERS,
)
