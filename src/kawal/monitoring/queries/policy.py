"""Reads of the thresholds in force."""

from datetime import date

from kawal.monitoring.models import Policy
from kawal.monitoring.overviews import PolicyFacts


def policy(on: date) -> PolicyFacts:
    """Return the thresholds in force on a day; the product's own before the city sets any."""
    row = Policy.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    return row.as_facts() if row else PolicyFacts()


def policies() -> list[PolicyFacts]:
    """Return all that the city ever set, the last first."""
    return [row.as_facts() for row in Policy.objects.order_by("-valid_from")]
