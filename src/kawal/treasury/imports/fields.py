"""Amounts and days of bank files, read strictly: what is wrong is collected with its line."""

import re
from datetime import date, datetime
from decimal import Decimal

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

_AMOUNT = re.compile(r"(\d{1,15})(?:[.,](\d{0,5}))?")
NOTHING = Decimal("0.00")
NO_DAY = date.min


class Faults:
    """What is wrong with a file, in the order of its lines."""

    def __init__(self) -> None:
        self.reasons: list[Reason] = []

    def add(self, code: str, text: str, line: int, **values: object) -> None:
        """Keep one more."""
        self.reasons.append(Reason(f"statement.{code}", text, str(line), values=values))

    def amount(self, text: str, line: int) -> Decimal:
        """Return an amount of at most two decimals, in rupiah; nothing when it is none."""
        found = _AMOUNT.fullmatch(text)
        if found is None or (found[2] or "")[2:].strip("0"):
            self.add("not_an_amount", N_("“%(told)s” bukan jumlah."), line, told=text[:40])
            return NOTHING
        return Decimal(f"{found[1]}.{(found[2] or '')[:2]:0<2}")

    def day(self, text: str, line: int, form: str = "%Y-%m-%d") -> date:
        """Return a day written in a form; the first of all days when it is none."""
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.add("not_a_day", N_("“%(told)s” bukan tanggal."), line, told=text[:40])
            return NO_DAY
