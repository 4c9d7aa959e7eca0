"""Keep what DJPK publishes of budgets, as it stands, and which of them do not close."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection

from kawal.budget.facts import Record
from kawal.budget.facts.published import Closing
from kawal.budget.models import PublishedAmount, PublishedBudget, PublishedFinding
from kawal.budget.queries.published import last_amounts, last_findings
from kawal.budget.rules import published as rules

LOCK = 0x6B77_0001_0000_0000  # one import of published budgets at a time
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Publication:
    """Who published it, as of when, and in which batch it came."""

    source: str
    as_of: datetime
    batch: UUID


def lock_published() -> None:
    """Let no other import of published budgets run until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def know_governments(named: Mapping[Key, tuple[str, str]]) -> dict[Key, PublishedBudget]:
    """Return the budgets of governments by DJPK code and year, those that are new made.

    ``named`` gives each one's BPS code and name; what is on record stays as it is.
    """
    known = _known(named)
    fresh = [
        PublishedBudget(code=code, year=year, bps=bps, name=name)
        for (code, year), (bps, name) in named.items()
        if (code, year) not in known
    ]
    made = PublishedBudget.objects.bulk_create(fresh)
    return known | {(row.code, row.year): row for row in made}


def _known(keys: Collection[Key]) -> dict[Key, PublishedBudget]:
    rows = PublishedBudget.objects.filter(
        code__in={code for code, _ in keys}, year__in={year for _, year in keys}
    )
    return {(row.code, row.year): row for row in rows if (row.code, row.year) in keys}


def keep_published(
    amounts: Sequence[tuple[int, str, Decimal]], publication: Publication
) -> tuple[int, int, int]:
    """Keep amounts (budget, jenis, rupiah) that differ; return how many are new, changed, same."""
    standing = last_amounts({budget for budget, _, _ in amounts})
    differ = [one for one in amounts if standing.get(one[0], {}).get(one[1]) != one[2]]
    new = sum(one[1] not in standing.get(one[0], {}) for one in differ)
    PublishedAmount.objects.bulk_create(_row(*one, publication) for one in differ)
    return new, len(differ) - new, len(amounts) - len(differ)


def _row(budget: int, jenis: str, amount: Decimal, publication: Publication) -> PublishedAmount:
    return PublishedAmount(
        budget_id=budget,
        jenis=jenis,
        amount=amount,
        record=Record.SIPD.value,
        source=publication.source,
        import_batch=publication.batch,
        as_of=publication.as_of,
    )


def keep_findings(budget_ids: Iterable[int], publication: Publication) -> None:
    """Keep which budgets do not close, and which close again; what was found before, not twice."""
    ids = list(budget_ids)
    before, amounts = last_findings(ids), last_amounts(ids)
    now = {budget: rules.closing(amounts.get(budget, {})) for budget in ids}
    PublishedFinding.objects.bulk_create(
        PublishedFinding(
            budget_id=budget,
            revenue=found.revenue,
            spending=found.spending,
            received=found.received,
            spent=found.spent,
            suspects=list(rules.suspects(amounts.get(budget, {}), found.difference)),
            import_batch=publication.batch,
            at=publication.as_of,
        )
        for budget, found in now.items()
        if _is_news(found, before.get(budget))
    )


def _is_news(found: Closing, before: Closing | None) -> bool:
    return found != before if before else not found.closes
