"""The budget's papers filled from what is kept, one file a kind of document."""

from kawal.budget.queries.papers.cash import plan_paper, spd_paper
from kawal.budget.queries.papers.dpa import dpa_paper
from kawal.budget.queries.papers.rka import agency_paper, sheet_paper
from kawal.budget.queries.papers.shifts import shift_paper
from kawal.budget.queries.papers.versions import detail_paper, summary_paper

__all__ = [
    "agency_paper",
    "detail_paper",
    "dpa_paper",
    "plan_paper",
    "sheet_paper",
    "shift_paper",
    "spd_paper",
    "summary_paper",
]
