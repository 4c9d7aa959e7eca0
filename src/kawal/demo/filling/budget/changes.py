"""What changed in the year: a shift inside a sheet, and the Perubahan that spends a SiLPA."""

from dataclasses import replace
from decimal import Decimal

from kawal.budget import actions, queries
from kawal.budget.facts import CeilingDraft, SheetKind
from kawal.budget.facts.amendments import AmendmentGround
from kawal.budget.facts.shifts import ShiftDraft, ShiftGround
from kawal.demo.budget.sheets import PlannedLine, PlannedSheet
from kawal.demo.facts.agencies import BY_SHORT
from kawal.demo.filling.budget.codes import Codes, header_of
from kawal.demo.filling.budget.officers import Officers, moment, top_short
from kawal.regions.facts import Actor

TWO_DESKS = ("Setda", "BPKAD")  # where the PA sits at a later desk too
SHIFTED = 5  # the giving line gives a fifth
THOUSAND = Decimal(1000)
# unit, jenis, rupiah more: what the SiLPA brought above what was expected, and where it goes
FOUND = ("BPKAD", "6.1.01", Decimal(8_750_000_000))
SPENT = (
    ("DPUPR", "5.2.04", Decimal(5_250_000_000)),
    ("Disdik", "5.2.03", Decimal(2_500_000_000)),
    ("RSUD", "5.1.02", Decimal(1_000_000_000)),
)
Part = tuple[PlannedSheet, PlannedLine]


def shift(year: int, officers: Officers, codes: Codes) -> str:
    """Shift money between two objek of a sheet: PPTK, PA, Sekda, PPKD; return the unit's name."""
    sheet, giver, taker = _pair(officers)
    pptk = officers.of_unit("PPTK", sheet.unit, moment(year, 5, 11))
    draft = ShiftDraft(
        year,
        codes.units[top_short(sheet.unit)],
        ShiftGround.NEED,
        "Simulasi: kebutuhan pelaksanaan kegiatan pada semester kedua",
        (_sheet_id(year, sheet, codes),),
    )
    made = actions.propose_shift(draft, actor=pptk)
    moved = Decimal(giver.amount) // SHIFTED // THOUSAND * THOUSAND
    begun = _open(draft.sheet_ids[0])
    for planned, amount in ((giver, -moved), (taker, moved)):
        _change(begun, planned, amount, codes, pptk)
    actions.submit_shift(made, actor=officers.of_unit("PA", sheet.unit, moment(year, 5, 13)))
    approved = moment(year, 5, 18)
    actions.approve_shift(
        made,
        number=f"900/SIMULASI/5/{year}",
        day=approved.date(),
        actor=officers.of_city("SEKDA", approved),
    )
    actions.enact_shift(made, actor=officers.of_city("PPKD", moment(year, 5, 20)))
    return sheet.unit


def raise_ceilings(year: int, officers: Officers, codes: Codes) -> int:
    """Open the Perubahan, as TAPD, with its ceilings; return its id."""
    tapd = officers.of_city("TAPD", moment(year, 8, 18))
    made = actions.open_amendment(
        year,
        AmendmentGround.SURPLUS,
        "Simulasi: SiLPA tahun sebelumnya lebih besar daripada perkiraan",
        actor=tapd,
    )
    known = {(one.unit_id, one.activity_id): one.amount for one in queries.ceilings(year)}
    keys: list[tuple[int, int | None]] = [
        (codes.units[sheet.unit], codes.activities[sheet.activity])
        for sheet, _ in _raised(officers)
    ]
    keys += [(codes.units[top_short(unit)], None) for unit, _, _ in SPENT]
    rows = [
        CeilingDraft(unit, known[unit, activity] + amount, activity)
        for (unit, activity), (_, _, amount) in zip(keys, SPENT + SPENT, strict=True)
    ]
    actions.set_ceilings(
        year,
        rows,
        agreement_number=f"Nota Kesepakatan SIMULASI 900/9/{year}",
        agreement_date=moment(year, 8, 14).date(),
        actor=tapd,
    )
    return made


def amend(year: int, amendment: int, officers: Officers, codes: Codes) -> int:
    """Rewrite the sheets of the Perubahan, enact and detail it; return the last version's id."""
    amounts = [FOUND[2], *(amount for _, _, amount in SPENT)]
    parts = [_largest(officers, FOUND[0], FOUND[1]), *_raised(officers)]
    for (sheet, line), amount in zip(parts, amounts, strict=True):
        pptk = officers.of_unit("PPTK", sheet.unit, moment(year, 8, 24))
        begun = actions.begin_revision(_sheet_id(year, sheet, codes), actor=pptk)
        _change(begun, line, amount, codes, pptk)
        role = "KPA" if BY_SHORT[sheet.unit].parent else "PA"
        actions.submit(begun, actor=officers.of_unit(role, sheet.unit, moment(year, 8, 31)))
        actions.verify(begun, actor=officers.of_city("TAPD", moment(year, 9, 7)))
    enacted, detailed = moment(year, 9, 28), moment(year, 9, 30)
    actions.enact_amendment(
        amendment,
        number=f"Perda SIMULASI 5/{year}",
        day=enacted.date(),
        actor=officers.of_city("PPKD", enacted),
    )
    return actions.detail_amendment(
        amendment,
        number=f"Perwal SIMULASI 22/{year}",
        day=detailed.date(),
        actor=officers.of_city("PPKD", detailed),
    )


def changed_units() -> list[str]:
    """Return the units whose sheets the Perubahan rewrites."""
    return [FOUND[0], *(unit for unit, _, _ in SPENT)]


def _change(
    revision: int, planned: PlannedLine, amount: Decimal, codes: Codes, actor: Actor
) -> None:
    """Let the last component of a line, one sum, cost more or, negative, less."""
    said = queries.content(revision)
    account, fund = codes.accounts[planned.account], codes.funds[planned.fund]
    line = next(one for one in said.lines if (one.account_id, one.fund_id) == (account, fund))
    part = line.components[-1]
    actions.put_component(
        revision,
        replace(part.draft, price=part.draft.price + amount),
        account_id=account,
        fund_id=fund,
        component_id=part.id,
        read=said.revision.version,
        actor=actor,
    )


def _open(sheet_id: int) -> int:
    begun = queries.open_revision(sheet_id)
    assert begun is not None
    return begun.id


def _sheet_id(year: int, sheet: PlannedSheet, codes: Codes) -> int:
    kind = SheetKind(sheet.kind)
    rows = queries.sheets(year, unit_ids=[codes.units[sheet.unit]], kind=kind)
    return next(one.id for one in rows if one.activity_code == sheet.activity)


def _pair(officers: Officers) -> tuple[PlannedSheet, PlannedLine, PlannedLine]:
    """Return a sheet that runs all year and two of its sums, of different objek: the first."""
    for sheet in [*officers.sheets("Disdik"), *officers.sheets()]:
        header = header_of(sheet)
        lumps = [one for one in sheet.lines if one.lump and one.jenis == "5.1.02"]
        giver = max(lumps, key=lambda one: one.amount, default=None)
        if giver is None or (header.first_month, header.last_month) != (1, 12):
            continue
        for taker in lumps:
            same = taker.account[:9] == giver.account[:9]
            if not same and taker.fund == giver.fund and top_short(sheet.unit) not in TWO_DESKS:
                return sheet, giver, taker
    raise LookupError("no sheet to shift in")


def _raised(officers: Officers) -> list[Part]:
    return [_largest(officers, unit, jenis) for unit, jenis, _ in SPENT]


def _largest(officers: Officers, unit: str, jenis: str) -> Part:
    """Return the largest line of a jenis, of those whose last component is one sum."""
    found = [
        (sheet, line)
        for sheet in officers.sheets(unit)
        for line in sheet.lines
        if _is_sum(line, jenis)
    ]
    return max(found, key=lambda one: one[1].amount)


def _is_sum(line: PlannedLine, jenis: str) -> bool:
    return line.jenis == jenis and line.lump is not None
