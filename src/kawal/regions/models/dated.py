"""What all dated rows share: the days that they hold, and the database's promises about them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pgtrigger
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


def may_only_be_closed(*fixed: str) -> list[Any]:
    """Return triggers: a row is never deleted, and of its columns only the others may change.

    A last day, once set, may be brought forward but never moved later: what is over stays over.
    """
    changed = " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in fixed)
    return [
        pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        pgtrigger.Trigger(
            name="never_emptied",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            func="RAISE EXCEPTION 'Cannot truncate table %', TG_TABLE_NAME;",
        ),
        pgtrigger.Trigger(
            name="only_closed",
            operation=pgtrigger.Update,
            when=pgtrigger.Before,
            func=f"""
                IF {changed} THEN
                    RAISE EXCEPTION '% rows are never rewritten', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                IF OLD.valid_until IS NOT NULL
                   AND (NEW.valid_until IS NULL OR NEW.valid_until > OLD.valid_until) THEN
                    RAISE EXCEPTION '% rows are never reopened', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            """,
        ),
    ]
