"""Numbers as people type them, in either style of marks: ``1.234,5`` and ``1,234.5``."""

import re
from collections.abc import Iterable
from decimal import Decimal

INDONESIAN, ENGLISH = ",", "."  # a style is named by its decimal mark
_CURRENCY = re.compile(r"^(rp\.?|idr)\s*", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u202f']")
_PLAIN = re.compile(r"\d{1,18}(\.\d{1,6})?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def number(typed: str, style: str = INDONESIAN) -> Decimal | None:
    """Return what a number means; ``None`` when it is none.

    Of two kinds of marks the last is the decimal one, and a mark that repeats groups thousands.
    A single mark is read in the style: with a decimal comma ``55.000`` is fifty-five thousand.
    """
    plain = _bare(typed)
    if not plain or re.search(r"[^\d.,]", plain):
        return None
    mark = _decimal_mark(plain) or style
    written = plain.replace(_other(mark), "").replace(mark, ".")
    return Decimal(written) if _PLAIN.fullmatch(written) and _grouped(plain, mark) else None


def money(typed: str) -> Decimal | None:
    """Return an amount of money, in rupiah, as :func:`number` does, whatever the page's style.

    No amount has thousandths, so three digits after the only mark are a group: ``95.000`` and
    ``95,000`` are both ninety-five thousand, and nobody is a thousand times off by his habit.
    """
    if "%" in typed:
        return None
    plain = _bare(typed)
    if _THOUSANDS.fullmatch(plain):
        return Decimal(re.sub(r"[.,]", "", plain))
    return number(typed)


def style_of(cells: Iterable[str], otherwise: str = INDONESIAN) -> str:
    """Return the style in which a block of cells is written, by those that leave no doubt.

    Where none does, or two contradict each other, it is ``otherwise``.
    """
    proofs = {_decimal_mark(plain) for plain in map(_bare, cells) if _is_number(plain)} - {""}
    return proofs.pop() if len(proofs) == 1 else otherwise


def _bare(typed: str) -> str:
    return _SPACES.sub("", _CURRENCY.sub("", typed.strip())).removesuffix("%")


def _is_number(plain: str) -> bool:
    return bool(re.fullmatch(r"[\d.,]*\d[\d.,]*", plain))


def _decimal_mark(plain: str) -> str:
    """Return the decimal mark where the writing itself proves it, else nothing."""
    last = max(plain.rfind(","), plain.rfind("."))
    if last < 0:
        return ""
    mark = plain[last]
    if _other(mark) in plain:
        return mark
    if plain.count(mark) > 1:
        return _other(mark)
    groups = len(plain) - last - 1 == 3 and 1 <= last <= 3 and plain[0] != "0"
    return "" if groups else mark


def _other(mark: str) -> str:
    return ENGLISH if mark == INDONESIAN else INDONESIAN


def _grouped(plain: str, mark: str) -> bool:
    """Tell whether thousands, where they are grouped, stand in threes before the decimal mark."""
    group = re.escape(_other(mark))
    return bool(re.fullmatch(rf"(\d+|\d{{1,3}}({group}\d{{3}})+)?({re.escape(mark)}\d*)?", plain))
