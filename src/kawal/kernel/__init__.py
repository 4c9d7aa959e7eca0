"""What every module may lean on: pure values and rules, no tables."""
