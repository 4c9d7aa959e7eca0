"""What the budget allows and why not: pure, and every reason at once."""
