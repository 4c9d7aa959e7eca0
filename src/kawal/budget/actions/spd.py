"""SPD: the Kuasa BUD drafts, the BUD signs and withdraws.

Signing takes its locks in the one order of money: the SPD's row, its lines, the number last.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from kawal.budget import permissions, queries
from kawal.budget.actions.cash_writing import look_now, put_spd_lines
from kawal.budget.actions.funds import lock_funds, release
from kawal.budget.facts import NUMBER_CODE, SPD_PAPER, Paper, SpdFacts, SpdState
from kawal.budget.models import FiscalYear, Spd, SpdLine, SpdWithdrawal, SpdWithdrawalLine
from kawal.budget.rules import spd as rules
from kawal.documents.actions import draw_number
from kawal.identity.queries import names
from kawal.kernel.refusals import NotThere, Reason, Refused, StaleDraft
from kawal.kernel.words import N_
from kawal.nomenclature.queries import parameter
from kawal.regions.facts import Actor
from kawal.regions.permissions import may, require
from kawal.regions.queries import agency, city, today
from kawal.trail import actions as trail

Amounts = Mapping[int, Decimal]


@transaction.atomic
def draft_spd(
    year: int,
    agency_id: int,
    first_month: int,
    last_month: int,
    *,
    actor: Actor,
    amounts: Amounts | None = None,
    explanation: str = "",
    terms: str = "",
) -> int:
    """Draft an SPD for an agency and its units, and return its id.

    Without ``amounts`` (rupiah by line) it proposes what the validated cash plan has to the end
    of the last month, less what is released already.

    :raises Refused: with every reason.
    """
    require(actor, permissions.DRAFT_SPD)
    if not FiscalYear.objects.select_for_update(no_key=True).filter(pk=year).exists():
        raise NotThere(f"budget year {year}")
    top = agency(agency_id, date(year, 12, 31)).parent_id is None
    has_draft = bool(queries.spds(year, [agency_id], state=SpdState.DRAFT))
    _check(rules.may_draft(is_top=top, has_draft=has_draft, months=(first_month, last_month)))
    lines = queries.releasable(year, agency_id, last_month)
    chosen = rules.proposed(lines) if amounts is None else amounts
    _check(rules.mistakes(chosen, {line.line_id for line in lines}))
    row = Spd.objects.create(
        year_id=year,
        agency_id=agency_id,
        first_month=first_month,
        last_month=last_month,
        explanation=explanation.strip(),
        terms=terms.strip(),
        drafted_by_id=_person(actor),
        drafted_at=actor.at,
    )
    put_spd_lines(row.pk, chosen)
    return row.pk


@transaction.atomic
def save_spd(
    spd_id: int,
    amounts: Amounts,
    *,
    explanation: str,
    terms: str,
    read: int,
    actor: Actor,
) -> int:
    """Write a draft's lines anew, in rupiah by line, and return its new version.

    Who writes last is its drafter, so he may not sign it.

    :raises StaleDraft: when somebody wrote since ``read``.
    :raises Refused: with every reason.
    """
    spd = _locked(spd_id, actor)
    require(actor, permissions.DRAFT_SPD)
    _check(rules.may_change(spd))
    if spd.version != read:
        raise StaleDraft(read=read, current=spd.version, theirs={"total": spd.total})
    lines = queries.releasable(spd.year, spd.agency_id, spd.last_month)
    _check(rules.mistakes(amounts, {line.line_id for line in lines}))
    Spd.objects.filter(pk=spd_id).update(
        explanation=explanation.strip(),
        terms=terms.strip(),
        version=read + 1,
        drafted_by_id=_person(actor),
    )
    SpdLine.objects.filter(spd=spd_id).delete()
    put_spd_lines(spd_id, amounts)
    return read + 1


@transaction.atomic
def sign_spd(spd_id: int, *, actor: Actor) -> SpdFacts:
    """Sign an SPD: release its lines, give it the next number, and publish it.

    :raises Refused: with every reason of every line; nothing is then released.
    """
    spd, person = _locked(spd_id, actor), _person(actor)
    require(actor, permissions.SIGN_SPD)
    lock_funds(SpdLine.objects.filter(spd=spd_id).values_list("line_id", flat=True))
    lines, on = queries.spd_lines(spd_id), today(actor.at)
    over = parameter("budget.spd_over_plan", on).number or Decimal(0)
    _check(rules.may_sign(spd, lines, person=person, on=on, over=over))
    amounts = {line.line_id: line.amount for line in lines}
    release(amounts, Paper(SPD_PAPER, str(spd_id)), actor, key=f"spd:{spd_id}")
    serial, number = _number(spd, on)
    Spd.objects.filter(pk=spd_id).update(
        state=SpdState.SIGNED.value,
        total=sum(amounts.values(), Decimal(0)),
        serial=serial,
        number=number,
        signed_on=on,
        signed_by_id=person,
        signed_at=actor.at,
    )
    look_now("budget_spd_released")
    signed = queries.spd(spd_id)
    _publish("spd.issued", signed, actor, on=on, total=signed.total)
    return signed


@transaction.atomic
def withdraw_spd(
    spd_id: int, reason: str, *, actor: Actor, amounts: Amounts | None = None
) -> Decimal:
    """Withdraw a signed SPD, or ``amounts`` (rupiah by line) of it; return what was taken back.

    :raises Refused: with every reason; also where less is left than is requested or paid.
    """
    spd = _locked(spd_id, actor)
    require(actor, permissions.SIGN_SPD)
    left = {line.line_id: line.amount - line.withdrawn for line in queries.spd_lines(spd_id)}
    chosen = dict(amounts) if amounts is not None else {i: a for i, a in left.items() if a}
    _check(rules.may_withdraw(spd, left, chosen, reason))
    written = _withdrawal(spd_id, reason.strip(), chosen, actor)
    paper = Paper(SPD_PAPER, str(spd_id))
    key = f"spd-withdrawal:{written}"
    release(chosen, paper, actor, key=key, reason=reason.strip()[:300], withdraw=True)
    look_now("budget_spd_withdrawn")
    total = sum(chosen.values(), Decimal(0))
    _publish("spd.withdrawn", spd, actor, on=today(actor.at), total=total, reason=reason.strip())
    return total


@transaction.atomic
def drop_spd(spd_id: int, *, actor: Actor) -> None:
    """Give up a draft.

    :raises Refused: when it is no draft.
    """
    spd = _locked(spd_id, actor)
    require(actor, permissions.DRAFT_SPD)
    _check(rules.may_change(spd))
    Spd.objects.filter(pk=spd_id).update(state=SpdState.DROPPED.value)


def _locked(spd_id: int, actor: Actor) -> SpdFacts:
    row = Spd.objects.select_for_update().filter(pk=spd_id).first()
    if row is None or not may(actor, permissions.SEE_SPD, row.agency_id):
        raise NotThere(f"SPD {spd_id}")
    return queries.spd(spd_id)


def _number(spd: SpdFacts, on: date) -> tuple[int, str]:
    organisation = agency(spd.agency_id, date(spd.year, 12, 31)).code
    serial = draw_number(f"SPD/{organisation}", spd.year)
    return serial, rules.number(
        serial,
        region=city().region_code,
        code=NUMBER_CODE,
        organisation=organisation,
        stage=queries.stage(spd.year),
        on=on,
        year=spd.year,
    )


def _publish(kind: str, spd: SpdFacts, actor: Actor, **more: object) -> None:
    person = _person(actor)
    facts = {
        "number": spd.number,
        "year": spd.year,
        "agency": agency(spd.agency_id, date(spd.year, 12, 31)).code,
        "first_month": spd.first_month,
        "last_month": spd.last_month,
        "by": names([person])[person],
    }
    trail.append(kind, facts | more, at=actor.at)


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise Refused([Reason("budget.nobody", N_("Masuklah dahulu."))])
    return actor.person_id


def _check(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)


def _withdrawal(spd_id: int, reason: str, amounts: Amounts, actor: Actor) -> int:
    row = SpdWithdrawal.objects.create(
        spd_id=spd_id, reason=reason, by_id=_person(actor), at=actor.at
    )
    lines = dict(SpdLine.objects.filter(spd=spd_id).values_list("line_id", "pk"))
    SpdWithdrawalLine.objects.bulk_create(
        SpdWithdrawalLine(withdrawal=row, spd_line_id=lines[line], amount=amount)
        for line, amount in amounts.items()
    )
    return row.pk
