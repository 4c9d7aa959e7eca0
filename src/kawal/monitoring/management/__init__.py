"""Verbs of monitoring on the command line."""
