"""The parameters of the law that this module asks for; one tuple that grows with the rules."""

from kawal.nomenclature.registry import Declared
from kawal.treasury import declared_cash

PARAMETERS: tuple[Declared, ...] = (*declared_cash.PARAMETERS,)
