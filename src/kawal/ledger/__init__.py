"""Ledger: journals that every document writes, kept balances, statements."""
