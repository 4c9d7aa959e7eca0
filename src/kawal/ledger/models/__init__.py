"""The tables of this module."""

from kawal.ledger.models.balances import DayBalance, DetailBalance, Fold, MonthBalance, Unfolded
from kawal.ledger.models.books import Books, Period
from kawal.ledger.models.journals import Journal, JournalLine

__all__ = [
    "Books",
    "DayBalance",
    "DetailBalance",
    "Fold",
    "Journal",
    "JournalLine",
    "MonthBalance",
    "Period",
    "Unfolded",
]
