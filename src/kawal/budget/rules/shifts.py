"""Pergeseran (PP 12/2019 Ps 161-164): what level changes, whose desk it is, and what forbids it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from kawal.budget.facts import Delta, FundsFacts, Instrument
from kawal.budget.facts.shifts import Desk, ShiftGround, ShiftLevel, ShiftLine
from kawal.budget.rules import funds as funds_rules
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

MONEY_LEVELS = tuple(level for level in ShiftLevel if level is not ShiftLevel.TEXT)
Path = tuple[str, ...]


def path(change: ShiftLine) -> Path:
    """Return the words of a line from its SKPD down to its sub rincian, one for each level."""
    account = [*change.account.split("."), "", "", "", "", "", ""][:6]
    place = (change.agency, change.unit, change.program, change.kegiatan, change.sub_kegiatan)
    return (*place, *account)


def level_of(changes: Iterable[ShiftLine]) -> ShiftLevel | None:
    """Return the highest level at which a total changes; nothing when nothing changes at all.

    Totals decide, not pairs of lines: money that leaves a jenis and comes back to it does not
    change it. Each fund is looked at by itself, so that funds cannot hide a move.
    """
    every = list(changes)
    paths = [(change, path(change)) for change in every if change.difference]
    for depth, level in enumerate(MONEY_LEVELS, start=1):
        totals: dict[tuple[str, Path], Decimal] = defaultdict(Decimal)
        for change, words in paths:
            totals[change.fund, words[:depth]] += change.difference
        if any(totals.values()):
            return level
    return ShiftLevel.TEXT if any(change.rewritten for change in every) else None


def desk_of(
    level: ShiftLevel, table: Mapping[ShiftLevel, Desk], ground: ShiftGround
) -> Desk | None:
    """Return who decides; in an emergency what needs a Perda goes to a Perkada first.

    Nothing when the table names no paper that is known.
    """
    desk = table.get(level)
    if desk is None or desk.instrument is Instrument.NONE:
        return None
    if desk.instrument is Instrument.PERDA and ground is ShiftGround.EMERGENCY:
        return Desk(level, Instrument.PERKADA, desk.legal_basis)
    return desk


def refusals(
    changes: Sequence[ShiftLine],
    funds: Mapping[int, FundsFacts],
    table: Mapping[ShiftLevel, Desk],
    ground: ShiftGround,
) -> list[Reason]:
    """Return every reason against a shift: nothing changes, unbalanced, used, or not a shift."""
    if (level := level_of(changes)) is None:
        return [Reason("shifts.nothing", N_("Tidak ada yang berubah."), at="sheets")]
    unequal = unbalanced(changes)
    reasons = [*unequal, *below_used(changes, funds), *_several_agencies(changes)]
    if not unequal:
        reasons += not_a_shift(level, table, ground)
    return reasons


def unbalanced(changes: Iterable[ShiftLine]) -> list[Reason]:
    """Return a reason for each fund of which more is given than taken, or less."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for change in changes:
        totals[change.fund] += change.difference
    text = N_("Sumber dana %(fund)s tidak seimbang: selisih Rp%(difference)s.")
    mend = N_("Samakan jumlah yang berkurang dan bertambah untuk setiap sumber dana.")
    return [
        Reason("shifts.unbalanced", text, mend=mend, values={"fund": fund, "difference": total})
        for fund, total in sorted(totals.items())
        if total
    ]


def below_used(changes: Iterable[ShiftLine], funds: Mapping[int, FundsFacts]) -> list[Reason]:
    """Return the reasons of the lines that would keep less than is released, bound or paid."""
    return [
        reason
        for change in changes
        if change.difference < 0
        for reason in funds_rules.refusals(
            funds.get(change.line_id, FundsFacts(change.line_id, change.before)),
            Delta(ceiling=change.difference),
        )
    ]


def not_a_shift(
    level: ShiftLevel, table: Mapping[ShiftLevel, Desk], ground: ShiftGround
) -> list[Reason]:
    """Return the reason when the level needs a Perda, or when the table does not know a desk."""
    desk = desk_of(level, table, ground)
    values = {"level": level.value}
    if desk is None:
        text = N_("Parameter penyetuju untuk tingkat ini belum berisi pejabat yang dikenal.")
        return [Reason("shifts.no_desk", text, mend=N_("Perbaiki parameternya."), values=values)]
    if desk.instrument is not Instrument.PERDA:
        return []
    text = N_("Perubahan setinggi ini bukan pergeseran; perlu Perda Perubahan APBD (%(basis)s).")
    mend = N_(
        "Masukkan ke Perubahan APBD; dalam keadaan darurat, ajukan dengan alasan darurat "
        "supaya Perkada mendahului."
    )
    basis = {"basis": desk.legal_basis}
    return [Reason("shifts.needs_perda", text, mend=mend, values=values | basis)]


def _several_agencies(changes: Iterable[ShiftLine]) -> list[Reason]:
    if len({change.agency for change in changes}) <= 1:
        return []
    text = N_("Satu pergeseran hanya memuat RKA dari satu SKPD.")
    return [Reason("shifts.several_agencies", text, at="sheets")]


def stale(bases: Mapping[str, bool]) -> list[Reason]:
    """Return a reason for each sheet (by its name) whose base is no longer in force."""
    text = N_("Dasar RKA %(sheet)s sudah berubah oleh versi yang lebih baru.")
    mend = N_("Tarik kembali pergeseran ini dan susun ulang dari versi yang berlaku.")
    return [
        Reason("shifts.stale_base", text, at="sheets", mend=mend, values={"sheet": sheet})
        for sheet, current in sorted(bases.items())
        if not current
    ]


def same_person(person: int, earlier: Iterable[int | None]) -> list[Reason]:
    """Return the reason when somebody would follow himself (S4)."""
    if person not in set(earlier):
        return []
    text = N_("Langkah ini harus dilakukan oleh orang lain daripada langkah sebelumnya.")
    return [Reason("shifts.same_person", text, values={"person": person})]
