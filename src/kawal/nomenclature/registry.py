"""Parameters of the law that modules ask for: declared once, each with its first values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kawal.nomenclature.facts import Certainty, ParameterFacts


@dataclass(frozen=True, slots=True)
class Default:
    """A value as the product knows it, from a day to another; one of number and text."""

    valid_from: date
    legal_basis: str
    certainty: Certainty
    number: Decimal | None = None
    text: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """A parameter: ``key`` as ``module.name``, ``label`` in Indonesian marked with ``N_``.

    A number that the law sets anew each year may come without any value: until somebody amends it
    nothing holds, and whoever asks is told so.
    """

    key: str
    label: str
    unit: str
    defaults: Sequence[Default]

    @property
    def is_number(self) -> bool:
        """Tell whether its value is a number; otherwise it is a text."""
        return not self.defaults or self.defaults[0].number is not None

    def default(self, on: date) -> ParameterFacts | None:
        """Return what the product came with for a day."""
        for one in self.defaults:
            if one.valid_from <= on <= (one.valid_until or date.max):
                return ParameterFacts(
                    self.key,
                    self.label,
                    one.number,
                    one.text,
                    self.unit,
                    one.valid_from,
                    one.valid_until,
                    one.legal_basis,
                    one.certainty,
                )
        return None


_declared: dict[str, Declared] = {}


def declare(*parameters: Declared) -> None:
    """Make parameters known; once, at start-up.

    :raises ValueError: for a key declared twice, or defaults that mix numbers and texts.
    """
    for one in parameters:
        if one.key in _declared:
            raise ValueError(f"parameter {one.key!r} is declared twice")
        if any((d.number is None) != bool(d.text) for d in one.defaults):
            raise ValueError(f"parameter {one.key!r}: give each default a number or a text")
        if len({d.number is None for d in one.defaults}) > 1:
            raise ValueError(f"parameter {one.key!r} mixes numbers and texts")
        _declared[one.key] = one


def declared() -> Mapping[str, Declared]:
    """Return every parameter by its key, in the order of keys."""
    return {key: _declared[key] for key in sorted(_declared)}
