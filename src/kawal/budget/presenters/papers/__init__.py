"""The budget's papers as data for typst: every form, its tables, its signatures."""

from kawal.budget.presenters.papers.assembled import drawn, paper_data

__all__ = ["drawn", "paper_data"]
