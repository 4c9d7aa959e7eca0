"""The module's tables, one aggregate a file."""

from kawal.treasury.models.cash_books import CashAccount, CashBalance, CashClosing, CashEntry

__all__ = ["CashAccount", "CashBalance", "CashClosing", "CashEntry"]
