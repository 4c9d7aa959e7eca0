"""Whether a round of ceilings may be set: pure, every reason at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from kawal.budget.facts import CeilingDraft
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

Key = tuple[int, int | None, int | None]
MOST = Decimal(10) ** 18


def key_of(row: CeilingDraft) -> Key:
    """Return what a ceiling is for: unit, activity, fund."""
    return (row.unit_id, row.activity_id, row.fund_id)


def agreement_reasons(number: str, day: date, today: date) -> list[Reason]:
    """Return what is wrong with the paper: the nota kesepakatan of KUA-PPAS, or the Perkada."""
    reasons = []
    if not number.strip() or len(number) > 100:
        text = N_("Nomor nota kesepakatan belum diisi, atau lebih panjang dari 100 huruf.")
        reasons.append(Reason("budget.agreement_number", text, "agreement_number"))
    if day > today:
        text = N_("Tanggal nota kesepakatan belum tiba.")
        reasons.append(Reason("budget.agreement_date", text, "agreement_date"))
    return reasons


def row_reasons(
    rows: Sequence[CeilingDraft],
    *,
    units: Collection[int],
    activities: Collection[int],
    funds: Collection[int],
) -> list[Reason]:
    """Return every reason against the rows; the ids given are those that the year knows."""
    if not rows:
        return [Reason("budget.no_rows", N_("Tidak ada pagu yang ditetapkan."), "rows")]
    seen: set[Key] = set()
    reasons = []
    for place, row in enumerate(rows):
        amount = row.amount
        sound = amount.is_finite() and 0 <= amount < MOST
        applies = {
            "unit": (row.unit_id not in units, _UNIT),
            "activity": (row.activity_id is not None and row.activity_id not in activities, _CODE),
            "fund": (row.fund_id is not None and row.fund_id not in funds, _CODE),
            "amount": (not sound or amount != round(amount, 2), _AMOUNT),
            "key": (key_of(row) in seen, _TWICE),
        }
        seen.add(key_of(row))
        reasons += [
            Reason(f"budget.ceiling_{name}", text, f"rows.{place}.{name}")
            for name, (true, text) in applies.items()
            if true
        ]
    return reasons


def sum_reasons(
    amounts: Mapping[Key, Decimal], below: Mapping[int, frozenset[int]], names: Mapping[int, str]
) -> list[Reason]:
    """Return where the sub kegiatan of a unit, and of the units below it, exceed its own ceiling.

    ``amounts`` in rupiah are all ceilings in force once the round is set.
    """
    return [
        Reason(
            "budget.ceilings_exceed_unit",
            N_("Jumlah pagu sub kegiatan %(unit)s Rp %(gap)s di atas pagunya sendiri."),
            f"unit.{unit}",
            N_("Turunkan pagu sub kegiatannya, atau naikkan pagu perangkat daerahnya."),
            {"unit": names.get(unit, ""), "gap": gap},
        )
        for (unit, activity, fund), amount in sorted(amounts.items(), key=lambda item: item[0][0])
        if activity is None
        and (gap := _below(amounts, below.get(unit, frozenset({unit})), fund) - amount) > 0
    ]


def _below(amounts: Mapping[Key, Decimal], units: frozenset[int], fund: int | None) -> Decimal:
    return sum(
        (
            amount
            for (unit, activity, its_fund), amount in amounts.items()
            if unit in units and activity is not None and its_fund == fund
        ),
        Decimal(0),
    )


_UNIT = N_("Perangkat daerah ini tidak ada.")
_CODE = N_("Kode ini tidak berlaku pada tahun anggaran ini.")
_AMOUNT = N_("Nilai rupiah harus nol atau lebih, paling banyak dua angka desimal (sen).")
_TWICE = N_("Pagu yang sama disebut dua kali.")
