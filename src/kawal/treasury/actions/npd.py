"""NPD: the PPTK asks, the PA or KPA approves and reserves, the treasurer validates or refuses.

Locks in the one order of money: the NPD's row, its budget lines, the number last. Validating locks
the unit's cash as well, so that two NPD do not count on the same money.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from kawal.budget import actions as budget
from kawal.budget import queries as budget_queries
from kawal.budget.facts import Paper
from kawal.documents.actions import draw_number
from kawal.kernel.refusals import NotThere, StaleDraft
from kawal.nomenclature.queries import parameter
from kawal.regions.facts import Actor
from kawal.regions.permissions import may
from kawal.regions.queries import agency, today
from kawal.treasury import permissions
from kawal.treasury.actions.asking import check, person_of, require_own
from kawal.treasury.facts.cash_books import Stock
from kawal.treasury.facts.npd import NPD_PAPER, NpdDraft, NpdFacts, NpdState
from kawal.treasury.models import Npd, NpdLine
from kawal.treasury.queries import npd as queries
from kawal.treasury.rules import npd as rules


@transaction.atomic
def draft_npd(draft: NpdDraft, *, actor: Actor) -> int:
    """Write an NPD of a sub kegiatan, and return its id.

    :raises Refused: with every reason.
    """
    sheet = budget_queries.sheet(draft.sheet_id)
    person = require_own(actor, permissions.REQUEST_NPD, sheet.unit_id)
    check(rules.mistakes(draft, _lines_of(sheet.year, draft.sheet_id, actor)))
    row = Npd.objects.create(
        year_id=sheet.year,
        sheet_id=draft.sheet_id,
        drafted_by_id=person,
        drafted_at=actor.at,
        **_written(draft),
    )
    _put_lines(row.pk, draft)
    return row.pk


@transaction.atomic
def save_npd(npd_id: int, draft: NpdDraft, *, read: int, actor: Actor) -> int:
    """Write a draft anew (its sub kegiatan stays), and return its new version.

    :raises StaleDraft: when somebody wrote since ``read``.
    :raises Refused: with every reason.
    """
    npd = _locked(npd_id, actor)
    person = require_own(actor, permissions.REQUEST_NPD, npd.unit_id)
    check(rules.may_step(npd, NpdState.DRAFT))
    if npd.version != read:
        raise StaleDraft(read=read, current=npd.version, theirs={"total": npd.total})
    check(rules.mistakes(draft, _lines_of(npd.year, npd.sheet_id, actor)))
    Npd.objects.filter(pk=npd_id).update(
        version=read + 1, drafted_by_id=person, drafted_at=actor.at, **_written(draft)
    )
    NpdLine.objects.filter(npd=npd_id).delete()
    _put_lines(npd_id, draft)
    return read + 1


@transaction.atomic
def drop_npd(npd_id: int, *, actor: Actor) -> None:
    """Give up a draft.

    :raises Refused: when it is no draft.
    """
    npd = _locked(npd_id, actor)
    require_own(actor, permissions.REQUEST_NPD, npd.unit_id)
    check(rules.may_step(npd, NpdState.DROPPED))
    _step(npd_id, NpdState.DROPPED)


@transaction.atomic
def request_npd(npd_id: int, *, actor: Actor) -> NpdFacts:
    """Hand an NPD in: it gets its number and is not changed any more.

    :raises Refused: with every reason.
    """
    npd = _locked(npd_id, actor)
    person = require_own(actor, permissions.REQUEST_NPD, npd.unit_id)
    check(rules.may_step(npd, NpdState.SUBMITTED))
    on = today(actor.at)
    organisation = agency(npd.unit_id, on).code
    serial = draw_number(f"NPD/{organisation}", npd.year)
    _step(
        npd_id,
        NpdState.SUBMITTED,
        total=npd.total,
        serial=serial,
        number=rules.number(serial, organisation=organisation, month=on.month, year=npd.year),
        requested_by_id=person,
        requested_at=actor.at,
    )
    return queries.npd(npd_id)


@transaction.atomic
def approve_npd(npd_id: int, *, actor: Actor) -> NpdFacts:
    """Approve an NPD as PA or KPA: its lines are reserved.

    :raises Refused: with every reason of every line; nothing is then reserved.
    """
    npd = _locked(npd_id, actor)
    person = require_own(actor, permissions.APPROVE_NPD, npd.unit_id)
    check(rules.may_step(npd, NpdState.APPROVED) + rules.same_person(npd, person))
    budget.reserve(npd.amounts, Paper(NPD_PAPER, str(npd_id)), actor, key=f"npd:{npd_id}")
    _step(npd_id, NpdState.APPROVED, approved_by_id=person, approved_at=actor.at)
    return queries.npd(npd_id)


@transaction.atomic
def validate_npd(npd_id: int, *, actor: Actor) -> NpdFacts:
    """Validate an NPD as treasurer: he has tested it and has the cash for it.

    :raises Refused: with every reason why he must refuse it.
    """
    npd = _locked(npd_id, actor)
    person = require_own(actor, permissions.PAY_NPD, npd.unit_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT treasury_lock_cash(%s)", [npd.unit_id])
    found = rules.may_step(npd, NpdState.VALIDATED) + rules.same_person(npd, person)
    accounts = parameter("treasury.up_accounts", today(actor.at)).text.split()
    own = (npd.year, npd.unit_id, npd.stock)
    money = {"cash": queries.cash_of(*own), "promised": queries.promised(*own)}
    check(found + rules.payable(npd, accounts if npd.stock is Stock.UP else ["5"], **money))
    _step(npd_id, NpdState.VALIDATED, validated_by_id=person, validated_at=actor.at)
    return queries.npd(npd_id)


@transaction.atomic
def refuse_npd(npd_id: int, reasons: Sequence[int], note: str, *, actor: Actor) -> None:
    """Refuse an NPD with reasons of N.4: as PA or KPA before, as treasurer after its approval.

    What it reserved is free again.

    :raises Refused: with every reason why it may not be refused.
    """
    npd = _locked(npd_id, actor)
    was_approved = npd.state is NpdState.APPROVED
    act = permissions.PAY_NPD if was_approved else permissions.APPROVE_NPD
    person = require_own(actor, act, npd.unit_id)
    check(
        rules.may_step(npd, NpdState.REFUSED)
        + rules.same_person(npd, person)
        + rules.may_refuse(reasons)
    )
    if was_approved:
        paper = Paper(NPD_PAPER, str(npd_id))
        budget.release_reservation(npd.amounts, paper, actor, key=f"npd:{npd_id}:refused")
    _step(
        npd_id,
        NpdState.REFUSED,
        refused_by_id=person,
        refused_at=actor.at,
        reasons=sorted(set(reasons)),
        note=note.strip(),
    )


def _locked(npd_id: int, actor: Actor) -> NpdFacts:
    row = Npd.objects.select_for_update().filter(pk=npd_id).first()
    if row is None:
        raise NotThere(f"NPD {npd_id}")
    npd = queries.npd(npd_id)
    person_of(actor)
    if not may(actor, permissions.SEE_CASH_BOOKS, npd.unit_id):
        raise NotThere(f"NPD {npd_id}")
    return npd


def _step(npd_id: int, state: NpdState, **more: Any) -> None:
    Npd.objects.filter(pk=npd_id).update(state=state.value, **more)


def _lines_of(year: int, sheet_id: int, actor: Actor) -> list[int]:
    found = budget_queries.lines_left(year, today(actor.at), sheet_id=sheet_id)
    return [line.line_id for line in found]


def _written(draft: NpdDraft) -> dict[str, Any]:
    return {
        "stock": draft.stock.value,
        "is_panjar": draft.is_panjar,
        "purpose": draft.purpose.strip(),
    }


def _put_lines(npd_id: int, draft: NpdDraft) -> None:
    NpdLine.objects.bulk_create(
        NpdLine(npd_id=npd_id, line_id=line, amount=amount)
        for line, amount in sorted(draft.amounts.items())
    )
