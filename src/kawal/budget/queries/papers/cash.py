"""The cash plan (RAK) and the SPD on paper."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum

from kawal.budget.facts import PLAN_STATE_LABELS, PlanState, SpdState
from kawal.budget.facts.funds import NIL
from kawal.budget.facts.papers import (
    AmountRow,
    CodedName,
    Form,
    Head,
    Leaf,
    Paper,
    PlanSheet,
    ReleaseRow,
    ReleaseSheet,
    Signer,
)
from kawal.budget.models import CashPlan, CashPlanLine, Dpa, FundEntry, Line, Spd
from kawal.budget.queries.papers.held import PLAN_COLUMNS
from kawal.budget.queries.papers.names import (
    account_names,
    activity_names,
    government,
    holder,
    knowledge,
    organisation,
    place,
)
from kawal.budget.queries.years import standing
from kawal.budget.rules.papers import account_chain, activity_chain, tree
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere
from kawal.regions.facts import Role
from kawal.regions.queries import today, units_below

JENIS = 3
Released = tuple[Decimal, Decimal, Decimal]  # enacted, released before, released now


def plan_paper(plan_id: int, on: date) -> Paper:
    """Return a cash plan by sub kegiatan and jenis; a draft until the BUD validated it.

    :raises NotThere: when there is none of that id.
    """
    row = CashPlan.objects.filter(pk=plan_id).first()
    if row is None:
        raise NotThere(f"cash plan {plan_id}")
    year, name = row.year_id, standing(row.year_id)[row.unit_id].name
    day = today(row.validated_at) if row.validated_at else on
    stage = f"Rencana {row.number}, {PLAN_STATE_LABELS[PlanState(row.state)]}"
    sheet = PlanSheet(
        Form.CASH_PLAN,
        Head(government(), year, stage=stage, chain=organisation(year, row.unit_id)),
        knowledge(Form.CASH_PLAN, day),
        _plan_signers(row, name),
        rows=_plan_rows(row),
    )
    is_draft = row.state != PlanState.VALIDATED
    return Paper(f"RAK {name} {year}", government(), year, (sheet,), is_draft, stage)


def _plan_rows(row: CashPlan) -> tuple[AmountRow, ...]:
    lines = CashPlanLine.objects.filter(plan=row)
    activities, leaves = activity_names(row.year_id), []
    for code, name, account, *months in lines.values_list(
        "line__sheet__activity__code",
        "line__sheet__activity__name",
        "line__account__code",
        *PLAN_COLUMNS,
    ):
        leaves.append(Leaf(code or account, sum(months, NIL), months=tuple(months)))
        if code:
            activities[code] = name
    names = {**account_names(row.year_id, JENIS), **activities}
    spending = [leaf for leaf in leaves if leaf.code.count(".") == JENIS + 2]
    return tree(leaves, names, chain=_rungs, deepest=JENIS + 2) if spending or leaves else ()


def _rungs(code: str) -> list[str]:
    """Return the rungs of a sub kegiatan, or of an account of revenue or financing."""
    return account_chain(code)[:JENIS] if code[0] in "46" else activity_chain(code)


def _plan_signers(row: CashPlan, name: str) -> tuple[Signer, ...]:
    steps = (
        (f"Pengguna Anggaran {name}", "Memvalidasi,", row.pa_by_id),
        ("Sekretaris Daerah", "Memvalidasi,", row.sekda_by_id),
        ("Bendahara Umum Daerah", "Mengesahkan,", row.bud_by_id),
    )
    names = identity.names(by for _, _, by in steps if by)
    signers = [Signer(post, names.get(by or 0, ""), heading) for post, heading, by in steps]
    if row.validated_at:
        last = signers.pop()
        day = today(row.validated_at)
        signers.append(Signer(last.post, last.name, last.heading, place(), day, row.validated_at))
    return tuple(signers)


def spd_paper(spd_id: int, on: date) -> Paper:
    """Return an SPD as it stood when it was signed; a draft as of now.

    :raises NotThere: when there is none of that id.
    """
    row = Spd.objects.filter(pk=spd_id).first()
    if row is None:
        raise NotThere(f"SPD {spd_id}")
    year, agency = row.year_id, standing(row.year_id)[row.agency_id]
    lines = _released(row)
    total = ReleaseRow("", "Jumlah", 0, *_sum(amounts for _, _, amounts in lines))
    sheet = ReleaseSheet(
        Form.SPD,
        Head(government(), year, row.number, chain=organisation(year, row.agency_id)),
        knowledge(Form.SPD, row.signed_on or on),
        (_spd_signer(row, on),),
        agency=CodedName(agency.code, agency.name),
        treasurer=holder(Role.BENDAHARA_PENGELUARAN, row.agency_id, row.signed_on or on),
        first_month=row.first_month,
        last_month=row.last_month,
        total=total,
        rows=_release_rows(year, lines),
        dpa_number=_dpa_number(row),
        terms=row.terms,
    )
    title = f"SPD {agency.name} {row.number}".strip()
    is_draft = row.state != SpdState.SIGNED
    return Paper(title, government(), year, (sheet,), is_draft, row.number)


def _released(row: Spd) -> list[tuple[str, str, Released]]:
    """Return the agency's spending lines: sub kegiatan, jenis and what the SPD says of them."""
    units = units_below([row.agency_id], date(row.year_id, 12, 31)).get(row.agency_id, frozenset())
    lines = Line.objects.filter(
        sheet__year=row.year_id, sheet__unit__in=units | {row.agency_id}
    ).exclude(sheet__kind="revenue")
    before = _before(row.signed_at, lines.values_list("pk", flat=True))
    now = dict(row.lines.values_list("line", "amount"))
    return [
        (
            code or ".".join(account.split(".")[:2]),
            ".".join(account.split(".")[:JENIS]),
            (*before.get(line, (NIL, NIL)), now.get(line, NIL)),
        )
        for line, code, account in lines.values_list("pk", "sheet__activity__code", "account__code")
        if line in before
    ]


def _before(signed_at: datetime | None, lines: Iterable[int]) -> dict[int, tuple[Decimal, Decimal]]:
    entries = FundEntry.objects.filter(line__in=lines)
    entries = entries.filter(at__lt=signed_at) if signed_at else entries
    rows = entries.values_list("line").annotate(Sum("ceiling"), Sum("released"))
    return {line: (ceiling, released) for line, ceiling, released in rows}


def _sum(amounts: Iterable[Released]) -> Released:
    ceiling = released = now = NIL
    for one in amounts:
        ceiling, released, now = ceiling + one[0], released + one[1], now + one[2]
    return ceiling, released, now


def _release_rows(year: int, lines: Iterable[tuple[str, str, Released]]) -> tuple[ReleaseRow, ...]:
    """Return each sub kegiatan, and under it what each jenis of it has."""
    found: dict[str, dict[str, list[Released]]] = defaultdict(lambda: defaultdict(list))
    for code, jenis, amounts in lines:
        found[code][jenis].append(amounts)
    accounts, rows = account_names(year, JENIS), []
    names = _activity_names(found) | accounts
    for code in sorted(found):
        every = [one for some in found[code].values() for one in some]
        rows.append(ReleaseRow(code, names.get(code, ""), 1, *_sum(every)))
        rows += [
            ReleaseRow(jenis, accounts.get(jenis, ""), 2, *_sum(found[code][jenis]))
            for jenis in sorted(found[code])
        ]
    return tuple(rows)


def _activity_names(codes: Iterable[str]) -> dict[str, str]:
    rows = Line.objects.filter(sheet__activity__code__in=list(codes))
    return dict(rows.values_list("sheet__activity__code", "sheet__activity__name").distinct())


def _spd_signer(row: Spd, on: date) -> Signer:
    post = "Pejabat Pengelola Keuangan Daerah selaku Bendahara Umum Daerah"
    if row.signed_by_id is None or row.signed_on is None:
        return Signer(post, holder(Role.BUD, None, on), "Menetapkan,")
    name = identity.names([row.signed_by_id])[row.signed_by_id]
    return Signer(post, name, "Ditetapkan,", place(), row.signed_on, row.signed_at)


def _dpa_number(row: Spd) -> str:
    rows = Dpa.objects.filter(agency=row.agency_id, version__year=row.year_id).exclude(number="")
    rows = rows.filter(ratified_at__lte=row.signed_at) if row.signed_at else rows
    newest = rows.order_by("-version__number").values_list("number", flat=True).first()
    return newest or ""
