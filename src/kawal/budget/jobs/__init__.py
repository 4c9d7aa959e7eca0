"""Jobs of this module, one a file; importing the package registers them."""

from kawal.budget.jobs.papers import issue_papers

__all__ = ["issue_papers"]
