"""The module's tables, one aggregate a file."""

from kawal.treasury.models.cash_books import CashAccount, CashBalance, CashClosing, CashEntry
from kawal.treasury.models.npd import Npd, NpdLine
from kawal.treasury.models.up_limits import UpLimit

__all__ = ["CashAccount", "CashBalance", "CashClosing", "CashEntry", "Npd", "NpdLine", "UpLimit"]
