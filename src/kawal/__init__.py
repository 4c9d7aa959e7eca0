"""Kawal: an open command centre and public ledger for a city."""
