"""Verbs of ``kawal user``."""
