"""What the dated parameters say of RKA on a day."""

from dataclasses import fields
from datetime import date

from kawal.budget.facts import Law
from kawal.nomenclature.queries import parameters


def law(on: date) -> Law:
    """Return what a sheet may hold, by the parameters in force on a day."""
    said = {one.key: tuple(one.text.split()) for one in parameters(on)}  # all in one query
    return Law(**{field.name: said[f"budget.{field.name}"] for field in fields(Law)})
