"""What the dated parameters say of RKA on a day."""

from datetime import date

from kawal.budget.facts import Law
from kawal.nomenclature.queries import parameter


def law(on: date) -> Law:
    """Return what a sheet may hold, by the parameters in force on a day."""
    return Law(
        _codes("salary_accounts", on),
        _codes("salary_activities", on),
        _codes("treasury_bidang", on),
        _codes("treasury_accounts", on),
        _codes("grant_bidang", on),
        _codes("works_accounts", on),
    )


def _codes(name: str, on: date) -> tuple[str, ...]:
    return tuple(parameter(f"budget.{name}", on).text.split())
