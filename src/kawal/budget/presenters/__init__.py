"""Answers turned into words and rows of pages, one area a file."""
