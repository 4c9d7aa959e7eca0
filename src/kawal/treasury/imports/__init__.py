"""What the treasury takes in from others: the bank's statements."""
