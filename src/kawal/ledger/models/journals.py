"""Journals and their lines: they only grow, balance, and are corrected by reversal alone.

What one row cannot say of itself is SQL of its own: ``journal_sql.py``. Periods, accounts, units,
activities and funds are pointed to without a foreign key of the database: thousands of payments
would lock the same few rows of them. A trigger looks them up instead; none is ever deleted.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from kawal.kernel.append_only import append_only
from kawal.ledger.facts import Entity, Event, JournalKind
from kawal.ledger.models.books import Period

IN_PERIOD = """
period_id / 100 = extract(year FROM "on")::int AND CASE mod(period_id, 100)
    WHEN 0 THEN extract(month FROM "on") = 1 AND extract(day FROM "on") = 1
    WHEN 13 THEN extract(month FROM "on") = 12 AND extract(day FROM "on") = 31
    WHEN 14 THEN extract(month FROM "on") = 12 AND extract(day FROM "on") = 31
    ELSE extract(month FROM "on") = mod(period_id, 100) END
"""
IN_PHASE = """
(mod(period_id, 100) = 0) = (event IN ('opening', 'carried_forward'))
AND (mod(period_id, 100) = 14) = (event = 'year_close')
"""


def _sql(name: str, text: str) -> models.CheckConstraint:
    condition = RawSQL(text, (), output_field=models.BooleanField())  # noqa: S611 - ours
    return models.CheckConstraint(name=name, condition=condition)


def _loose(to: Any, **options: Any) -> Any:
    return models.ForeignKey(
        to, models.PROTECT, related_name="+", db_constraint=False, db_index=False, **options
    )


class Journal(models.Model):
    """What one document writes into the books of one entity; ``key`` and ``place`` name it.

    ``agency`` is the SKPD that the document is of, also when the PPKD keeps the journal.
    ``digest`` is of what was posted: the same key with other content is refused.
    """

    key = models.CharField(max_length=100)
    place = models.PositiveSmallIntegerField()
    entity = models.CharField(max_length=4)
    kind = models.CharField(max_length=9)
    event = models.CharField(max_length=20)
    agency = _loose("regions.Agency")
    period = _loose(Period)
    on = models.DateField()
    source_kind = models.CharField(max_length=30)
    source_id = models.CharField(max_length=100)
    source_number = models.CharField(max_length=120)
    text = models.CharField(max_length=300)
    digest = models.BinaryField(max_length=32)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    person = models.ForeignKey(
        "identity.Person", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["period", "agency", "on"], name="ledger_journal_when"),
            models.Index(fields=["source_kind", "source_id"], name="ledger_journal_source"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key", "place"], name="ledger_journal_key"),
            models.CheckConstraint(
                name="ledger_journal_known",
                condition=Q(
                    entity__in=[one.value for one in Entity],
                    kind__in=[one.value for one in JournalKind],
                    event__in=[one.value for one in Event],
                ),
            ),
            models.CheckConstraint(
                name="ledger_journal_says_why",
                condition=~Q(key="") & ~Q(source_kind="") & ~Q(source_id="") & ~Q(text=""),
            ),
            _sql("ledger_journal_in_period", IN_PERIOD),
            _sql("ledger_journal_in_phase", IN_PHASE),
        ]
        triggers = append_only()


class JournalLine(models.Model):
    """One side of a journal, in rupiah; ``about`` is the account that a budget's line speaks of.

    ``line_id`` is the budget line; with activity and fund it serves the drill-down only.
    """

    journal = models.ForeignKey(
        Journal, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    place = models.PositiveSmallIntegerField()
    on = models.DateField()
    account = _loose("nomenclature.Account")
    debit = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    credit = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    unit = _loose("regions.Agency")
    about = _loose("nomenclature.Account", null=True)
    activity = _loose("nomenclature.Activity", null=True)
    fund = _loose("nomenclature.Fund", null=True)
    line_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "on"], name="ledger_line_account")]
        constraints = [
            models.UniqueConstraint(fields=["journal", "place"], name="ledger_line_place"),
            models.CheckConstraint(
                name="ledger_line_one_side",
                condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0),
            ),
        ]
        triggers = append_only()
