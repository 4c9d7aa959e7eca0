"""Fills the budget: a year from its ceilings to the money released, by its officers, as it went."""

from kawal.demo.filling.budget.course import fill

__all__ = ["fill"]
