"""The year without an APBD: urgent and binding spending by Perkada until the APBD replaces it."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from kawal.budget.actions.funds import set_ceiling
from kawal.budget.actions.rewriting import (
    Copy,
    begin_copies,
    bring_down,
    leave_out,
    take_as_verified,
)
from kawal.budget.actions.shift_guard import hold_year, person, refuse
from kawal.budget.actions.versions import compile_version
from kawal.budget.facts import NIL, Instrument, Paper, VersionKind
from kawal.budget.facts.amendments import InterimDraft, InterimFacts, OrderState
from kawal.budget.models import InterimBudget, Revision, VersionSheet
from kawal.budget.permissions import DRAFT_INTERIM, MAKE_VERSION
from kawal.budget.queries.orders import Held, held_lines, interim, interim_amounts, interim_facts
from kawal.budget.queries.versions import head, version
from kawal.budget.rules import interim as rules
from kawal.budget.rules import shift_steps as steps
from kawal.budget.rules import shifts as shift_rules
from kawal.budget.rules.efficiency import below
from kawal.kernel.refusals import NotThere, Reason
from kawal.kernel.words import N_
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.regions.queries import today
from kawal.trail import actions as trail

SPENT = ("5", "6.2")  # what leaves the treasury; money that comes in stays as planned


@transaction.atomic
def propose_interim(draft: InterimDraft, *, actor: Actor) -> int:
    """Propose spending for some months before the APBD, within last year's total; return its id.

    :raises NotThere: when nobody opened the year.
    :raises Refused: with every reason.
    """
    require(actor, DRAFT_INTERIM)
    hold_year(draft.year)
    newest = head(draft.year)
    exists = interim(draft.year) is not None
    refuse(rules.may_open(draft, newest.kind if newest else None, exists=exists))
    assert newest is not None
    row = InterimBudget.objects.create(
        year_id=draft.year,
        months=draft.months,
        last_year=draft.last_year,
        explanation=draft.explanation.strip(),
        base_id=newest.id,
        drafted_by_id=person(actor),
        drafted_at=actor.at,
    )
    return row.pk


@transaction.atomic
def open_interim(interim_id: int, *, number: str, day: datetime.date | None, actor: Actor) -> int:
    """Let the interim budget take force by Perkada; its version's id is returned.

    Its lines get their ceilings at once. The whole plan goes on beside it as verified revisions,
    so that the APBD replaces it and what was spent meanwhile counts on.

    :raises NotThere: when there is none.
    :raises Refused: with every reason.
    """
    facts = _locked(interim_id)
    require(actor, MAKE_VERSION)
    lines = held_lines(facts.base_id, facts.year)
    amounts = interim_amounts(lines, facts, today(actor.at))
    refuse(_may_enact(facts, lines, amounts, actor))
    made = _compile(facts, lines, amounts, number, day, actor)
    paper = Paper("interim", str(interim_id))
    set_ceiling(amounts, paper, actor, key=f"interim:{interim_id}", reason=number)
    _go_on_with_the_plan(facts, made, actor)
    InterimBudget.objects.filter(pk=interim_id).update(
        state=OrderState.ENACTED.value,
        version_id=made,
        enacted_by_id=person(actor),
        enacted_at=actor.at,
    )
    _tell(facts, made, number, day, sum(amounts.values(), NIL), actor)
    return made


def _may_enact(
    facts: InterimFacts, lines: Sequence[Held], amounts: dict[int, Decimal], actor: Actor
) -> list[Reason]:
    reasons = _is_open(facts) + shift_rules.same_person(person(actor), [facts.drafted_by])
    newest = head(facts.year)
    if newest is None or newest.id != facts.base_id:
        text = N_("Rencana anggarannya sudah berubah sejak diusulkan; usulkan ulang.")
        reasons.append(Reason("interim.stale", text))
    if any(one.line.held for one in lines):
        text = N_("Masih ada RKA yang sedang disusun; selesaikan atau batalkan lebih dahulu.")
        reasons.append(Reason("interim.open_sheets", text))
    if not amounts:
        text = N_("Tidak ada belanja mendesak atau mengikat dalam rencana.")
        reasons.append(Reason("interim.nothing", text))
    return reasons


def _compile(
    facts: InterimFacts,
    lines: Sequence[Held],
    amounts: dict[int, Decimal],
    number: str,
    day: datetime.date | None,
    actor: Actor,
) -> int:
    spent = [one for one in lines if below(one.line.account, SPENT)]
    copies = {one.sheet_id: Copy(one.sheet_id, one.revision_id, one.revision_id) for one in spent}
    begun = begin_copies(copies.values(), actor).values()
    leave_out(begun, {one.line.line_id for one in spent} - amounts.keys())
    bring_down(begun, amounts, "Sebelum APBD")
    take_as_verified(begun, actor)
    return compile_version(
        facts.year,
        VersionKind.INTERIM,
        title="Pengeluaran sebelum APBD",
        instrument=Instrument.PERKADA,
        number=number,
        date=day,
        revision_ids=sorted(begun),
        actor=actor,
    )


def _go_on_with_the_plan(facts: InterimFacts, made: int, actor: Actor) -> None:
    """Begin, for each sheet that was cut, a verified copy of the plan that it was cut from."""
    before = _held(facts.base_id)
    copies = [
        Copy(sheet, before[sheet], now)
        for sheet, now in _held(made).items()
        if now != before[sheet]
    ]
    begun = begin_copies(copies, actor)
    sources = Revision.objects.in_bulk([one.source_id for one in copies])
    verified = {begun[one.sheet_id]: sources[one.source_id].verified_by_id for one in copies}
    take_as_verified(begun.values(), actor, verified)


def _held(version_id: int) -> dict[int, int]:
    rows = VersionSheet.objects.filter(version=version_id)
    return dict(rows.values_list("sheet_id", "revision_id"))


@transaction.atomic
def withdraw_interim(interim_id: int, reason: str, *, actor: Actor) -> None:
    """Give a proposal up before its Perkada, and say why.

    :raises NotThere: when there is none.
    :raises Refused: when it took force, or without a reason.
    """
    facts = _locked(interim_id)
    require(actor, DRAFT_INTERIM)
    refuse(_is_open(facts) + steps.says_why(reason))
    InterimBudget.objects.filter(pk=interim_id).update(
        state=OrderState.WITHDRAWN.value,
        closed_by_id=person(actor),
        closed_at=actor.at,
        reason=reason.strip(),
    )


def _locked(interim_id: int) -> InterimFacts:
    row = InterimBudget.objects.select_for_update().filter(pk=interim_id).first()
    if row is None:
        raise NotThere(f"interim budget {interim_id}")
    hold_year(row.year_id)
    return interim_facts(row)


def _is_open(facts: InterimFacts) -> list[Reason]:
    if facts.state is OrderState.OPEN:
        return []
    return [Reason("interim.state", N_("Usulan ini sudah diputus atau ditarik."))]


def _tell(
    facts: InterimFacts,
    made: int,
    number: str,
    day: datetime.date | None,
    total: Decimal,
    actor: Actor,
) -> None:
    told = {
        "year": facts.year,
        "number": number.strip(),
        "date": day,
        "version": version(made).number,
        "months": facts.months,
        "last_year": facts.last_year,
        "total": total,
    }
    trail.append("interim.enacted", told, at=actor.at)
