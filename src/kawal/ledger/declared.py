"""The parameters of the law that this module asks for; one tuple that grows with the rules."""

from kawal.nomenclature.registry import Declared

PARAMETERS: tuple[Declared, ...] = ()
