"""Verbs of the command line: an empty city, and lists of regions, agencies and posts."""
