"""The books of a year and their periods: once closed, a period stays closed."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from kawal.regions.models.guards import changed, never_deleted, refuse_update

OPENING, ADJUSTING, CLOSING = 0, 13, 14
"""The periods beside the twelve months: opening balances, adjustments, and the year's close."""


class Books(models.Model):
    """The books of one year: which decree's accounts they use, since when they are kept."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    accounts = models.ForeignKey("nomenclature.Decree", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="ledger_books_sane", condition=Q(year__range=(2000, 2199)))
        ]
        triggers = [
            *never_deleted(),
            refuse_update("never_rewritten", ("TRUE", "are never rewritten")),
        ]


def stays_closed() -> list[Any]:
    """Return a period's triggers: it begins open, is closed once, and nothing else changes."""
    return [
        *never_deleted(),
        refuse_update(
            "stays_closed",
            (changed("id", "books_id", "month"), "are never rewritten"),
            ("OLD.closed_at IS NOT NULL", "stay closed"),
        ),
        pgtrigger.Trigger(
            name="begins_open",
            operation=pgtrigger.Insert,
            when=pgtrigger.Before,
            func="""
                IF NEW.closed_at IS NOT NULL OR NEW.closed_by_id IS NOT NULL THEN
                    RAISE EXCEPTION 'a period begins open'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            """,
        ),
    ]


class Period(models.Model):
    """A month of the books, or 0 (opening), 13 (adjustments), 14 (close); id is year, month."""

    id = models.PositiveIntegerField(primary_key=True)
    books = models.ForeignKey(Books, models.PROTECT, related_name="+")
    month = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ledger_period_month", condition=Q(month__range=(OPENING, CLOSING))
            ),
            models.CheckConstraint(
                name="ledger_period_id", condition=Q(id=F("books") * 100 + F("month"))
            ),
            models.CheckConstraint(
                name="ledger_period_closed_by",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False),
            ),
        ]
        triggers = stays_closed()
