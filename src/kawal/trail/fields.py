"""The types that a public fact may have: each turns a value into JSON and says why it may not.

A field is closed and narrow on purpose (no "any", no free object): what is published is for ever.
"""

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

from kawal.kernel import screening
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.trail.facts import Json

SAFE_INTEGER = 2**53 - 1
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_RUPIAH = re.compile(r"(?:0|-?[1-9]\d{0,17}|-0(?=\.\d*[1-9]))(?:\.\d\d)")
_UNSEEN = frozenset({"Cc", "Cs", "Co"})  # categories of control signs, surrogates, private use
_PERSONAL = ("1275010101900001", "199001012015031001", "081234567890", "+6281234567890")


def instant(at: datetime) -> str:
    """Return a moment as the trail writes it: UTC, microseconds, ``Z``.

    :raises ValueError: when it has no zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def jsonable(value: object) -> object:
    """Return the value in JSON's types where there is one way to write it; else unchanged."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return instant(value) if value.tzinfo else value
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value + 0:.2f}" if value == value.quantize(Decimal("0.01")) else value
        case str():
            return unicodedata.normalize("NFC", value)
        case Mapping():
            return {key: jsonable(one) for key, one in value.items()}
        case list() | tuple():
            return [jsonable(one) for one in value]
        case _:
            return value


def _wrong(at: str, text: str, **values: object) -> list[Reason]:
    return [Reason("trail.field", text, at=at, values=values)]


def _is_plain(text: str) -> bool:
    """Tell whether all are printable ASCII letters, as nearly always: seen in a moment."""
    return text.isascii() and text.isprintable()


@dataclass(frozen=True, slots=True)
class Field(ABC):
    """What all types share. An optional field may be absent; null is never written."""

    optional: bool = field(default=False, kw_only=True)

    @abstractmethod
    def reasons(self, value: object, at: str) -> list[Reason]:
        """Return why the (JSON) value may not stand at the place ``at``."""


@dataclass(frozen=True, slots=True)
class Text(Field):
    """Words for people, at most ``max`` letters, screened for personal numbers."""

    max: int

    def reasons(self, value: object, at: str) -> list[Reason]:
        """Return why not: no text, too long, control characters, or a personal number."""
        if not isinstance(value, str) or not value.strip():
            return _wrong(at, N_("Harus berupa teks yang berisi."))
        if len(value) > self.max:
            return _wrong(at, N_("Teks lebih panjang dari %(max)s huruf."), max=self.max)
        if not _is_plain(value) and any(unicodedata.category(c) in _UNSEEN for c in value):
            return _wrong(at, N_("Teks memuat karakter kendali."))
        return screening.reasons(value, at=at)


@dataclass(frozen=True, slots=True)
class Code(Field):
    """An identifier of a known shape; the pattern must leave no room for a personal number."""

    pattern: str

    def __post_init__(self) -> None:
        for sample in _PERSONAL:
            if re.fullmatch(self.pattern, sample):
                raise ValueError(f"the pattern {self.pattern} would let {sample} through")

    def reasons(self, value: object, at: str) -> list[Reason]:
        """Return why not: another shape, or sixteen digits in one piece."""
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            return _wrong(at, N_("Kode tidak berbentuk %(pattern)s."), pattern=self.pattern)
        if re.search(r"\d{16}", value):
            return _wrong(at, N_("Kode memuat 16 angka berurutan."))
        return []


@dataclass(frozen=True, slots=True)
class Integer(Field):
    """A whole number; JSON keeps it exact up to 2^53 - 1."""

    min: int = -SAFE_INTEGER
    max: int = SAFE_INTEGER

    def reasons(self, value: object, at: str) -> list[Reason]:
        """Return why not: no whole number, or out of bounds."""
        if not isinstance(value, int) or isinstance(value, bool):
            return _wrong(at, N_("Harus berupa bilangan bulat."))
        if not self.min <= value <= self.max:
            return _wrong(at, N_("Bilangan di luar %(min)s..%(max)s."), min=self.min, max=self.max)
        return []


@dataclass(frozen=True, slots=True)
class Rupiah(Field):
    """Money as text with two decimals (``"1234567.00"``): JSON's numbers would lose sen."""

    def reasons(self, value: object, at: str) -> list[Reason]:
        """Return why not: not such a text (pass a Decimal)."""
        if not isinstance(value, str) or not _RUPIAH.fullmatch(value):
            return _wrong(at, N_("Harus berupa rupiah dengan dua angka desimal."))
        return []


@dataclass(frozen=True, slots=True)
class Day(Field):
    """A date of the city's calendar."""

    def reasons(self, value: object, at: str) -> list[Reason]:
        """Return why not: no date written ``YYYY-MM-DD``."""
        try:
            if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
                return []
        except ValueError:
            pass
        return _wrong(at, N_("Harus berupa tanggal."))


@dataclass(frozen=True, slots=True)
class Instant(Field):
    """A moment, in UTC."""

    def reasons(self, value: object, at: str) -> list[Reason]:
        """Return why not: no moment with its zone."""
        try:
            if isinstance(value, str) and _INSTANT.fullmatch(value):
                datetime.fromisoformat(value)
                return []
        except ValueError:
            pass
        return _wrong(at, N_("Harus berupa waktu lengkap dengan zonanya."))


@dataclass(frozen=True, slots=True)
class Flag(Field):
    """Yes or no."""

    def reasons(self, value: object, at: str) -> list[Reason]:
        """Return why not: neither true nor false."""
        return [] if isinstance(value, bool) else _wrong(at, N_("Harus berupa ya atau tidak."))


@dataclass(frozen=True, slots=True)
class Choice(Field):
    """One of the words listed (or of an enum's values)."""

    values: tuple[str, ...]

    def reasons(self, value: object, at: str) -> list[Reason]:
        """Return why not: not one of them."""
        if isinstance(value, str) and value in self.values:
            return []
        return _wrong(at, N_("Harus salah satu dari: %(values)s."), values=", ".join(self.values))


@dataclass(frozen=True, slots=True)
class Digest(Field):
    """A SHA-256 in 64 lower-case hexadecimal digits."""

    def reasons(self, value: object, at: str) -> list[Reason]:
        """Return why not: another shape."""
        if isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value):
            return []
        return _wrong(at, N_("Harus berupa SHA-256 dalam 64 angka heksadesimal."))


@dataclass(frozen=True, slots=True)
class Many(Field):
    """A list of at most ``max`` values of one type, in an order that means something."""

    of: Field
    max: int

    def reasons(self, value: object, at: str) -> list[Reason]:
        """Return why not, for each value at its place."""
        if not isinstance(value, list):
            return _wrong(at, N_("Harus berupa daftar."))
        if len(value) > self.max:
            return _wrong(at, N_("Daftar lebih panjang dari %(max)s."), max=self.max)
        return [r for i, one in enumerate(value) for r in self.of.reasons(one, f"{at}.{i}")]


@dataclass(frozen=True, slots=True)
class Record(Field):
    """A closed group of named fields, such as the line of a document."""

    fields: Mapping[str, Field]

    def reasons(self, value: object, at: str) -> list[Reason]:
        """Return why not: unknown or missing names, and each field's own reasons."""
        if not isinstance(value, dict):
            return _wrong(at, N_("Harus berupa kelompok isian."))
        place = f"{at}." if at else ""
        found: list[Reason] = []
        for name in value.keys() - self.fields.keys():
            found += _wrong(f"{place}{name}", N_("Isian ini tidak ada dalam skema."))
        for name, one in self.fields.items():
            if name in value:
                found += one.reasons(value[name], f"{place}{name}")
            elif not one.optional:
                found += _wrong(f"{place}{name}", N_("Isian ini wajib."))
        return found


def as_json(values: Mapping[str, object]) -> dict[str, Json]:
    """Return named values in JSON's types, those that are ``None`` left out; not yet checked."""
    return {key: jsonable(one) for key, one in values.items() if one is not None}  # type: ignore[misc]
