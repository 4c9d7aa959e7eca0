"""Cells that imports of this module read: DJPK's and BPS' codes of governments, jenis."""

import re

from kawal.kernel.importing import Unreadable
from kawal.kernel.words import N_

NOTHING = {"#N/A", "N/A", "-", "NULL"}
JENIS = re.compile(r"[456]\d{3}")


def djpk_code(cell: str) -> str:
    """Return a code of DJPK: ``02.14``."""
    plain = cell.strip().strip("'")
    if not re.fullmatch(r"\d{2}\.\d{2}", plain):
        raise Unreadable("budget.djpk_code", N_("“%(cell)s” bukan kode DJPK"), cell=cell)
    return plain


def bps_code(cell: str) -> str:
    """Return a code of BPS, empty where the list has none."""
    plain = cell.strip().strip("'")
    if plain.upper() in NOTHING:
        return ""
    if not re.fullmatch(r"\d{4}", plain):
        raise Unreadable("budget.bps_code", N_("“%(cell)s” bukan kode BPS"), cell=cell)
    return plain


def jenis_code(cell: str) -> str:
    """Return a jenis as ``4101``, empty where the list has none."""
    plain = cell.strip().strip("'").replace(".", "")
    if plain.upper() in NOTHING:
        return ""
    if not JENIS.fullmatch(plain):
        raise Unreadable("budget.jenis", N_("“%(cell)s” bukan kode jenis"), cell=cell)
    return plain
