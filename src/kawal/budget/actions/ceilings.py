"""Setting a round of ceilings: the KUA-PPAS agreed, or one of its changes."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from kawal.budget.actions.rka_guard import refuse
from kawal.budget.facts import CeilingDraft
from kawal.budget.models import Ceiling, FiscalYear
from kawal.budget.permissions import SET_CEILINGS
from kawal.budget.queries.ceilings import ceilings, last_round
from kawal.budget.queries.years import standing
from kawal.budget.rules import ceilings as rules
from kawal.kernel.refusals import NotThere, Reason
from kawal.nomenclature.facts import ActivityFacts, ActivityLevel, CodeKind
from kawal.nomenclature.queries import by_codes, by_ids, decree
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.regions.queries import today, units_below
from kawal.trail import actions as trail


@transaction.atomic
def set_ceilings(
    year: int,
    rows: Sequence[CeilingDraft],
    *,
    agreement_number: str,
    agreement_date: date,
    actor: Actor,
) -> int:
    """Set ceilings in rupiah by a nota kesepakatan; what is not named keeps its ceiling.

    Returns the number of the round, drawn under a lock of the year.

    :raises NotThere: when nobody opened the year.
    :raises Refused: with every reason of every row; nothing is set then.
    """
    require(actor, SET_CEILINGS)
    opened = FiscalYear.objects.select_for_update().filter(year=year).first()
    if opened is None:
        raise NotThere(f"budget year {year}")
    paper = rules.agreement_reasons(agreement_number, agreement_date, today(actor.at))
    refuse(paper + _row_reasons(opened, rows))
    refuse(_sum_reasons(year, rows))
    number = last_round(year) + 1
    made = [_row(year, row, number, agreement_number, agreement_date, actor) for row in rows]
    Ceiling.objects.bulk_create(made, batch_size=2000)
    _tell(year, number, made, actor)
    return number


def _row(
    year: int, row: CeilingDraft, number: int, agreement: str, day: date, actor: Actor
) -> Ceiling:
    return Ceiling(
        year_id=year,
        unit_id=row.unit_id,
        activity_id=row.activity_id,
        fund_id=row.fund_id,
        round=number,
        amount=row.amount,
        agreement_number=agreement.strip(),
        agreement_date=day,
        set_at=actor.at,
        set_by_id=actor.person_id,
    )


def _row_reasons(opened: FiscalYear, rows: Sequence[CeilingDraft]) -> list[Reason]:
    activities = {row.activity_id for row in rows if row.activity_id is not None}
    funds = {row.fund_id for row in rows if row.fund_id is not None}
    return rules.row_reasons(
        rows,
        units=standing(opened.year),
        activities=known_ids(CodeKind.ACTIVITY, activities, opened.activities_id),
        funds=known_ids(CodeKind.FUND, funds, opened.funds_id),
    )


def known_ids(kind: CodeKind, ids: set[int], decree_id: int) -> set[int]:
    """Return those ids whose code means just that row under a decree; sub kegiatan only."""
    if not ids:
        return set()
    found = by_ids(kind, sorted(ids))
    meant = by_codes(kind, [one.code for one in found.values()], decree(decree_id))
    return {
        one.id
        for one in found.values()
        if meant.get(one.code) == one
        and (not isinstance(one, ActivityFacts) or one.level is ActivityLevel.SUB_KEGIATAN)
    }


def _sum_reasons(year: int, rows: Sequence[CeilingDraft]) -> list[Reason]:
    """Ask the rules about all ceilings as they would be once the round is set."""
    amounts: dict[rules.Key, Decimal] = {
        (one.unit_id, one.activity_id, one.fund_id): one.amount for one in ceilings(year)
    }
    amounts |= {rules.key_of(row): row.amount for row in rows}
    units = standing(year)
    below = units_below(units, date(year, 12, 31))
    return rules.sum_reasons(amounts, below, {one.id: one.name for one in units.values()})


def _tell(year: int, number: int, made: Sequence[Ceiling], actor: Actor) -> None:
    whole = [row for row in made if row.fund_id is None]  # ceilings by fund are parts of these
    facts = {
        "year": year,
        "round": number,
        "agreement_number": made[0].agreement_number,
        "agreement_date": made[0].agreement_date,
        "ceilings": len(made),
        "units_total": _sum(row.amount for row in whole if row.activity_id is None),
        "activities_total": _sum(row.amount for row in whole if row.activity_id is not None),
    }
    trail.append("ceilings.set", facts, at=actor.at)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal("0.00"))
