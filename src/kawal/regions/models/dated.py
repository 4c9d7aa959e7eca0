"""What all dated rows share: the days that they hold, and the database's promises about them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce


class Days(Func):
    """The days from the first to the last one, both included, as a PostgreSQL range."""

    function = "daterange"
    output_field = DateRangeField()


DAYS = Days(F("valid_from"), F("valid_until"), Value("[]"))


def on(day: date) -> Q:
    """Return the condition that a row holds on a day."""
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def never_at_once(
    name: str, *columns: str | tuple[Any, str], when: Q | None = None
) -> ExclusionConstraint:
    """Return the promise that no two rows with the same columns share a day."""
    same: Sequence[tuple[Any, Any]] = [
        column if isinstance(column, tuple) else (column, RangeOperators.EQUAL)
        for column in columns
    ]
    return ExclusionConstraint(
        name=name, expressions=[*same, (DAYS, RangeOperators.OVERLAPS)], condition=when
    )


def in_order(name: str) -> models.CheckConstraint:
    """Return the promise that the last day is not before the first."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
    )


def or_zero(column: str) -> Coalesce:
    """Return an id column in which nothing reads as 0, so that equality sees it."""
    return Coalesce(F(column), Value(0), output_field=models.BigIntegerField())
