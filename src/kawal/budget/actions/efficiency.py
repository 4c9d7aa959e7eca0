"""A cut ordered from above in mid-year: proposed by line, agreed by each agency, then enacted."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction

from kawal.budget.actions.funds import set_ceiling
from kawal.budget.actions.rewriting import Copy, begin_copies, bring_down, take_as_verified
from kawal.budget.actions.shift_guard import hold_year, person, refuse
from kawal.budget.actions.versions import compile_version
from kawal.budget.facts import NIL, Instrument, Paper, VersionKind
from kawal.budget.facts.amendments import (
    CutFacts,
    OrderDraft,
    OrderFacts,
    OrderState,
    Proposal,
)
from kawal.budget.models import (
    EfficiencyCut,
    EfficiencyOrder,
    EfficiencyReview,
    EfficiencyTarget,
)
from kawal.budget.permissions import ORDER_EFFICIENCY, SUBMIT_SHIFT
from kawal.budget.queries.orders import Held, cuts, held_lines, order_facts, orders, prefixes
from kawal.budget.queries.versions import head, version
from kawal.budget.queries.years import standing
from kawal.budget.rules import amendments as amendment_rules
from kawal.budget.rules import efficiency as rules
from kawal.budget.rules import shift_steps as steps
from kawal.budget.rules import shifts as shift_rules
from kawal.kernel.refusals import NotThere, Reason
from kawal.kernel.words import N_
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.regions.queries import today
from kawal.trail import actions as trail


@transaction.atomic
def order_efficiency(draft: OrderDraft, *, actor: Actor) -> int:
    """Keep an instruction and propose each line's cut, never below what is used; return its id.

    What no line can give is kept with its target as uncut.

    :raises NotThere: when nobody opened the year.
    :raises Refused: with every reason.
    """
    require(actor, ORDER_EFFICIENCY)
    hold_year(draft.year)
    newest = head(draft.year)
    refuse(rules.may_order(draft) + _may_begin(draft, newest.kind if newest else None, actor))
    assert newest is not None
    row = EfficiencyOrder.objects.create(
        year_id=draft.year,
        number=draft.number.strip(),
        date=draft.date,
        title=draft.title.strip(),
        base_id=newest.id,
        ordered_by_id=person(actor),
        ordered_at=actor.at,
    )
    lines = held_lines(newest.id, draft.year)
    excluded = prefixes("efficiency_excluded", today(actor.at))
    for target in draft.targets:
        own = [one.line for one in lines if one.agency_id == target.agency_id]
        _keep(row, rules.propose(target, own, excluded), lines)
    return row.pk


def _may_begin(draft: OrderDraft, kind: VersionKind | None, actor: Actor) -> list[Reason]:
    reasons = []
    if kind not in amendment_rules.IN_FORCE:
        text = N_("Penjabaran APBD tahun ini belum ditetapkan.")
        reasons.append(Reason("efficiency.no_budget", text))
    if any(one.state is OrderState.OPEN for one in orders(draft.year)):
        text = N_("Instruksi efisiensi sebelumnya belum selesai.")
        reasons.append(Reason("efficiency.open", text))
    if draft.date > today(actor.at):
        text = N_("Tanggal instruksi belum tiba.")
        reasons.append(Reason("efficiency.date", text, at="date"))
    return reasons


def _keep(row: EfficiencyOrder, made: Proposal, lines: Sequence[Held]) -> None:
    amounts = {one.line.line_id: one.line.amount for one in lines}
    target = EfficiencyTarget.objects.create(
        order=row,
        agency_id=made.target.agency_id,
        prefix=made.target.prefix,
        share=made.target.share,
        amount=made.target.amount,
        wanted=made.wanted,
        uncut=made.uncut,
    )
    EfficiencyCut.objects.bulk_create(
        EfficiencyCut(
            order=row,
            target=target,
            line_id=line,
            before=amounts[line],
            proposed=cut,
            agreed=cut,
        )
        for line, cut in sorted(made.cuts.items())
    )


@transaction.atomic
def agree_cuts(
    order_id: int, agency_id: int, agreed: Mapping[int, Decimal], *, actor: Actor
) -> None:
    """Agree to an agency's cuts as its PA, divided as proposed or otherwise (rupiah by line).

    :raises NotThere: when there is no such order, or it asks nothing of the agency.
    :raises Refused: with every reason; the sum of each target stays.
    """
    facts = _locked(order_id)
    require(actor, SUBMIT_SHIFT, agency_id)
    own = cuts(order_id, agency_ids=[agency_id])
    if agency_id not in {one.agency_id for one in facts.targets} or not set(agreed) <= {
        one.line_id for one in own
    }:
        raise NotThere(f"order {order_id} of agency {agency_id}")
    lines = {one.line.line_id: one.line for one in _lines_now(facts)}
    reasons = _is_open(facts) + rules.may_agree(own, agreed, lines)
    if agency_id in facts.reviewed:
        text = N_("SKPD ini sudah menyetujui pengurangannya.")
        reasons.append(Reason("efficiency.agreed", text))
    refuse(reasons + shift_rules.same_person(person(actor), [facts.ordered_by]))
    for line, amount in agreed.items():
        EfficiencyCut.objects.filter(order=order_id, line=line).update(agreed=amount)
    EfficiencyReview.objects.create(
        order_id=order_id, agency_id=agency_id, person_id=person(actor), at=actor.at
    )


@transaction.atomic
def enact_efficiency(order_id: int, *, number: str, day: datetime.date | None, actor: Actor) -> int:
    """Let the agreed cuts take force by Perkada: their version, the ceilings, the public log.

    :raises NotThere: when there is none.
    :raises Refused: with every reason: agencies that did not agree, lines used meanwhile, sheets
        that are being rewritten.
    """
    facts = _locked(order_id)
    require(actor, ORDER_EFFICIENCY)
    lines = {one.line.line_id: one for one in _lines_now(facts)}
    wanted = [one for one in cuts(order_id) if one.agreed]
    refuse(_may_enact(facts, wanted, lines))
    made = _compile(facts, wanted, lines, number, day, actor)
    less = {one.line_id: -one.agreed for one in wanted}
    paper = Paper("efficiency", str(order_id))
    set_ceiling(less, paper, actor, key=f"efficiency:{order_id}", reason=facts.number)
    EfficiencyOrder.objects.filter(pk=order_id).update(
        state=OrderState.ENACTED.value,
        version_id=made,
        enacted_by_id=person(actor),
        enacted_at=actor.at,
    )
    _tell(facts, made, -sum(less.values(), NIL), actor)
    return made


def _may_enact(
    facts: OrderFacts, wanted: Sequence[CutFacts], lines: Mapping[int, Held]
) -> list[Reason]:
    reasons = _is_open(facts)
    units = standing(facts.year)
    asked = {lines[one.line_id].agency_id for one in wanted}
    text = N_("%(agency)s belum menyetujui pengurangannya.")
    for agency in sorted(asked - set(facts.reviewed)):
        values = {"agency": units[agency].name if agency in units else str(agency)}
        reasons.append(Reason("efficiency.not_agreed", text, values=values))
    if not wanted:
        text = N_("Tidak ada yang dapat dikurangi.")
        reasons.append(Reason("efficiency.nothing", text))
    now = {line: one.line for line, one in lines.items()}
    return reasons + rules.still_possible(wanted, now)


def _compile(
    facts: OrderFacts,
    wanted: Sequence[CutFacts],
    lines: Mapping[int, Held],
    number: str,
    day: datetime.date | None,
    actor: Actor,
) -> int:
    touched = {lines[one.line_id].sheet_id: lines[one.line_id] for one in wanted}
    copies = [Copy(sheet, one.revision_id, one.revision_id) for sheet, one in touched.items()]
    begun = begin_copies(copies, actor).values()
    amounts = {one.line_id: lines[one.line_id].line.amount - one.agreed for one in wanted}
    bring_down(begun, amounts, f"Efisiensi {facts.number}")
    take_as_verified(begun, actor)
    return compile_version(
        facts.year,
        VersionKind.EFFICIENCY,
        title=facts.title,
        instrument=Instrument.PERKADA,
        number=number,
        date=day,
        revision_ids=sorted(begun),
        actor=actor,
    )


@transaction.atomic
def withdraw_efficiency(order_id: int, reason: str, *, actor: Actor) -> None:
    """Give an order up before it takes force, and say why.

    :raises NotThere: when there is none.
    :raises Refused: when it was enacted, or without a reason.
    """
    facts = _locked(order_id)
    require(actor, ORDER_EFFICIENCY)
    refuse(_is_open(facts) + steps.says_why(reason))
    EfficiencyOrder.objects.filter(pk=order_id).update(
        state=OrderState.WITHDRAWN.value,
        closed_by_id=person(actor),
        closed_at=actor.at,
        reason=reason.strip(),
    )


def _locked(order_id: int) -> OrderFacts:
    row = EfficiencyOrder.objects.select_for_update().filter(pk=order_id).first()
    if row is None:
        raise NotThere(f"order {order_id}")
    hold_year(row.year_id)
    return order_facts(row)


def _lines_now(facts: OrderFacts) -> list[Held]:
    newest = head(facts.year)
    return held_lines(newest.id, facts.year) if newest else []


def _is_open(facts: OrderFacts) -> list[Reason]:
    if facts.state is OrderState.OPEN:
        return []
    text = N_("Instruksi ini sudah diputus atau ditarik.")
    return [Reason("efficiency.state", text)]


def _tell(facts: OrderFacts, made: int, cut: Decimal, actor: Actor) -> None:
    units = standing(facts.year)
    told = {
        "year": facts.year,
        "number": facts.number,
        "date": facts.date,
        "version": version(made).number,
        "wanted": sum((one.wanted for one in facts.targets), NIL),
        "cut": cut,
        "agencies": [
            {
                "agency": units[one.agency_id].code,
                "prefix": one.prefix,
                "wanted": one.wanted,
                "uncut": one.uncut,
            }
            for one in facts.targets
        ],
    }
    trail.append("efficiency.enacted", told, at=actor.at)
