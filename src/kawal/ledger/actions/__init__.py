"""Writes of this module: one use case each."""

from kawal.ledger.actions.books import close_month, open_books
from kawal.ledger.actions.folding import fold
from kawal.ledger.actions.posting import post, post_many, reverse

__all__ = ["close_month", "fold", "open_books", "post", "post_many", "reverse"]
