"""Cells that several imports of this module read: codes, names, the decree behind a row."""

import html
import re
from collections.abc import Callable, Sequence

from kawal.kernel.importing import Unreadable
from kawal.kernel.importing.parsing import text
from kawal.kernel.words import N_
from kawal.nomenclature.known import BASE, KEP_3708, KEP_3708_FIRST, PERMENDAGRI_90

LONGEST_NAME = 500
DECREES = {"0": BASE, "90": PERMENDAGRI_90, "50": KEP_3708}


def name(cell: str) -> str:
    """Return a name without HTML entities, line breaks and the stars of its footnotes."""
    plain = text(html.unescape(html.unescape(cell)).replace("\u00a0", " "))
    plain = re.sub(r"\s*\*+\)?$", "", plain)
    if len(plain) > LONGEST_NAME:
        raise Unreadable("nomenclature.long_name", N_("nama lebih dari 500 huruf"))
    return plain


def code_of(shape: str, widths: Sequence[int], *, least: int = 1) -> Callable[[str], str]:
    """Return a reader of codes whose segments have these widths; ``shape`` is an example."""

    def read(cell: str) -> str:
        plain = re.sub(r"\s*\.\s*", ".", cell.strip().strip("'"))
        parts = plain.split(".")
        fits = least <= len(parts) <= len(widths) and all(
            part.isdigit() and len(part) == width
            for part, width in zip(parts, widths, strict=False)
        )
        if not fits:
            raise Unreadable(
                "nomenclature.code",
                N_("“%(cell)s” bukan kode seperti %(shape)s"),
                cell=cell,
                shape=shape,
            )
        return plain

    return read


def basis(cell: str) -> str:
    """Return the decree that a list of BPKP means by 90, 50 or 0."""
    found = DECREES.get(cell.strip())
    if found is None:
        raise Unreadable(
            "nomenclature.basis", N_("“%(cell)s” bukan dasar hukum 90, 50 atau 0"), cell=cell
        )
    return found


def edition(decree: str, *, withdrawn: bool) -> str:
    """Return the decree under which a row stands.

    The list carries the first wording of Kepmendagri 050-3708/2020 as withdrawn rows beside the
    final one, so that 330 codes stand twice: the withdrawn ones are an edition of their own.
    """
    return KEP_3708_FIRST if withdrawn and decree == KEP_3708 else decree
