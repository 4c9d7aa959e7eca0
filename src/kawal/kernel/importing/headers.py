"""Columns as an import declares them, and how a file's headers are recognised as them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kawal.kernel.importing.parsing import text
from kawal.kernel.importing.problems import problem
from kawal.kernel.words import N_


@dataclass(frozen=True, slots=True)
class Column:
    """One column that an import understands.

    ``name`` is what the code calls it; ``label`` its Indonesian header; ``synonyms`` others, in
    both languages. ``parse`` turns a cell, never blank, into a value or raises ``Unreadable``.
    A required column must be there and filled in; elsewhere a blank cell gives ``default``.
    """

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    parse: Callable[[str], Any] = text
    required: bool = False
    default: Any = None

    def ordered(self) -> tuple[str, ...]:
        """Return every header it answers to, in their normal form, the best first."""
        return tuple(normal(header) for header in (self.name, self.label, *self.synonyms))

    def headers(self) -> frozenset[str]:
        """Return every header it answers to, in their normal form."""
        return frozenset(self.ordered())


@dataclass(frozen=True, slots=True)
class Header:
    """A recognised header: where each column stands, and what nobody asked for."""

    cells: tuple[str, ...]
    places: Mapping[str, int]
    ignored: tuple[str, ...]


def normal(header: str) -> str:
    """Return a header without case, accents, spaces and marks: ``Kode  Wil.`` is ``kode wil``."""
    plain = unicodedata.normalize("NFKD", header.strip("\ufeff")).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain).strip()


def known_headers(columns: Iterable[Column], mapped: Mapping[str, str]) -> frozenset[str]:
    """Return every header that may be recognised."""
    own = (header for column in columns for header in column.headers())
    return frozenset(own) | frozenset(map(normal, mapped.values()))


def check_map(columns: Sequence[Column], mapped: Mapping[str, str]) -> None:
    """Do nothing when every mapped name is one of ours.

    :raises FileProblem: otherwise, naming those that exist.
    """
    names = {column.name for column in columns}
    if unknown := sorted(set(mapped) - names):
        raise problem(
            "unknown_column",
            N_("--map menyebut kolom yang tidak ada: %(unknown)s."),
            mend=N_("Kolom yang ada: %(names)s."),
            unknown=", ".join(unknown),
            names=", ".join(sorted(names)),
        )


def recognise(
    cells: Sequence[str], columns: Sequence[Column], mapped: Mapping[str, str]
) -> Header | None:
    """Return the header that a row of cells is, or ``None`` when a required column is missing.

    :raises FileProblem: when two headers mean the same column.
    """
    places: dict[str, int] = {}
    taken: set[int] = set()
    if not any(cell.strip() for cell in cells):
        return None
    for column in columns:
        found = _places(cells, column, mapped)
        if len(found) > 1:
            raise problem(
                "double_column",
                N_("Kolom %(label)s ada lebih dari sekali: %(headers)s."),
                mend=N_("Pilih satu dengan --map %(name)s=JUDUL."),
                label=column.label,
                name=column.name,
                headers=", ".join(cells[place] for place in found),
            )
        if found:
            places[column.name] = found[0]
            taken.add(found[0])
    if any(column.required and column.name not in places for column in columns) or not places:
        return None
    ignored = tuple(c for i, c in enumerate(cells) if i not in taken and c.strip())
    return Header(tuple(cells), places, ignored)


def missing(
    cells: Sequence[str], columns: Sequence[Column], mapped: Mapping[str, str]
) -> list[str]:
    """Return the labels of the required columns that a row of cells does not name."""
    return [c.label for c in columns if c.required and not _places(cells, c, mapped)]


def _places(cells: Sequence[str], column: Column, mapped: Mapping[str, str]) -> list[int]:
    """Return where a column stands: by the first of its headers that the file has."""
    mine = mapped.get(column.name)
    wanted = column.ordered() if mine is None else (normal(mine),)
    here = [normal(cell) for cell in cells]
    first = next((header for header in wanted if header in here), None)
    return [place for place, header in enumerate(here) if header == first and first]
