"""Cells that several imports of this module read: region codes, agency codes."""

import re

from kawal.kernel.importing import Unreadable
from kawal.kernel.words import N_

_WIDTHS = (2, 2, 2, 4)


def region_code(cell: str) -> str:
    """Return a Kemendagri code as PP.KK.CC.VVVV, also from digits alone.

    A spreadsheet that took 11.10 for a number wrote 11.1, and 31 became 31.0; no code is like
    that, so both are mended.
    """
    plain = cell.strip().strip("'").rstrip(".")
    if re.fullmatch(r"\d{2}\.0", plain):
        plain = plain[:2]
    if re.fullmatch(r"\d{2}\.\d", plain):
        plain += "0"
    if plain.isdigit() and len(plain) in {4, 6, 10}:
        plain = _dotted(plain)
    parts = plain.split(".")
    fits = len(parts) <= 4 and all(
        part.isdigit() and len(part) == width for part, width in zip(parts, _WIDTHS, strict=False)
    )
    if not fits:
        raise Unreadable("regions.code", N_("“%(cell)s” bukan kode wilayah Kemendagri"), cell=cell)
    return plain


def agency_code(cell: str) -> str:
    """Return an agency's code of 22 characters (Permendagri 90/2019)."""
    plain = cell.strip()
    if not re.fullmatch(r"\d\.\d{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}\.\d{4}", plain):
        raise Unreadable(
            "regions.agency_code", N_("“%(cell)s” bukan kode perangkat daerah"), cell=cell
        )
    return plain


def any_code(cell: str) -> str:
    """Return a code of another system: letters before it (as ``id1276``) are taken off."""
    plain = re.sub(r"^[A-Za-z]+", "", cell.strip())
    if not re.fullmatch(r"[\d.]{1,13}", plain):
        raise Unreadable("regions.code", N_("“%(cell)s” bukan kode wilayah"), cell=cell)
    return plain


def _dotted(digits: str) -> str:
    parts, at = [], 0
    for width in _WIDTHS:
        if at < len(digits):
            parts.append(digits[at : at + width])
            at += width
    return ".".join(parts)
