"""Forms of the budget's pages, one area a file."""
