"""The model field of a sealed text: plain going in, closed coming out until somebody asks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

from kawal.identity import sealing

if TYPE_CHECKING:
    _Field = models.Field["str | Sealed | None", "Sealed | None"]
else:
    _Field = models.Field


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed text as it was read; logs, templates and debuggers see only dots."""

    blob: bytes
    context: str

    def reveal(self) -> str:
        """Return the text inside; the caller records the access.

        :raises Unsealable: when no key of the ring opens it.
        """
        return sealing.unseal(self.blob, context=self.context)

    def __repr__(self) -> str:
        return "•••"

    __str__ = __repr__


class SealedText(_Field):
    """A text column kept as sealed bytes; ``context`` names the column for ever."""

    def __init__(self, *, context: str, **options: Any) -> None:
        self.context = context
        super().__init__(**{"null": True, "editable": False} | options)

    def deconstruct(self) -> Any:
        """Return how to build it again, for migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"context": self.context, "null": self.null}

    def get_internal_type(self) -> str:
        """Return the column's kind: bytes."""
        return "BinaryField"

    def from_db_value(self, value: bytes | None, *_: object) -> Sealed | None:
        """Return what the column holds, still closed."""
        return None if value is None else Sealed(bytes(value), self.context)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Return the bytes to write; an empty text is no text."""
        if value is None or value == "":
            return None
        if isinstance(value, Sealed):
            return value.blob
        return sealing.seal(str(value), context=self.context)
