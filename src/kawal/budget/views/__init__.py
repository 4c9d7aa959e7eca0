"""Pages of the budget, one file per kind of document."""
