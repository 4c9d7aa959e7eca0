"""Whether a sheet may be submitted, verified, compiled: pure, every reason at once."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from kawal.budget.facts import (
    ComponentDraft,
    Content,
    HeaderDraft,
    IndicatorDraft,
    IndicatorKind,
    Law,
    LineFacts,
    Room,
    SheetFacts,
    SheetKind,
    StandardPrice,
)
from kawal.budget.rules.components import component_reasons, price_reasons
from kawal.budget.rules.lines import account_reasons, needs_place
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_


def submission_reasons(
    content: Content,
    sheet: SheetFacts,
    room: Room,
    law: Law,
    standards: Mapping[int, StandardPrice],
) -> list[Reason]:
    """Return every reason against handing in a sheet as it stands.

    ``standards`` are the standard prices of the day by item, for the components taken from one.
    """
    spends = sheet.kind is SheetKind.SPENDING
    return [
        *_emptiness(content.lines),
        *_line_reasons(content.lines, sheet, law),
        *price_reasons(priced(content), standards),
        *header_reasons(content.header),
        *(indicator_reasons(content.header.indicators) if spends else []),
        *_place_reasons(content, law),
        *(_no_ceiling(room) if spends else []),
        *ceiling_reasons(content.total, fund_sums(content.lines), room, exact=room.exact),
    ]


def header_reasons(header: HeaderDraft) -> list[Reason]:
    """Return every reason against a header, as drafted or as handed in."""
    applies = {
        "first_month": not 1 <= header.first_month <= 12,
        "last_month": not header.first_month <= header.last_month <= 12,
    }
    months = N_("Bulan pelaksanaan dari 1 sampai 12, yang awal tidak sesudah yang akhir.")
    reasons = [Reason("budget.months", months, at) for at, true in applies.items() if true]
    text = N_("Nilai rupiah harus nol atau lebih, paling banyak dua angka desimal (sen).")
    for name in ("last_year", "next_year"):
        amount: Decimal = getattr(header, name)
        if not amount.is_finite() or amount < 0 or amount != amount.quantize(Decimal("0.01")):
            reasons.append(Reason("budget.rupiah", text, name))
    return reasons + _long_texts(header)


def indicator_reasons(indicators: Iterable[IndicatorDraft]) -> list[Reason]:
    """Return what the indicators still lack: one of each kind, each with target and unit (7)."""
    known = list(indicators)
    missing = [kind for kind in IndicatorKind if kind not in {one.kind for one in known}]
    reasons = [
        Reason("budget.indicator_missing", _MISSING[kind], "indicators", _INDICATOR_MEND)
        for kind in missing
    ]
    for place, one in enumerate(known):
        lacks = {"measure": not one.measure.strip(), "target": one.target is None}
        lacks["unit"] = not one.unit.strip()
        reasons += [
            Reason("budget.indicator_unfilled", _UNFILLED, f"indicators.{place}.{name}")
            for name, true in lacks.items()
            if true
        ]
    return reasons


def ceiling_reasons(
    total: Decimal,
    by_fund: Mapping[int, Decimal],
    room: Room,
    *,
    exact: bool = False,
    before: Decimal | None = None,
) -> list[Reason]:
    """Return where a sheet's total in rupiah breaks its ceilings (1).

    ``before`` is what it was before this save: a sheet that is over already may still shrink.
    """
    if before is not None and total <= before:
        return []
    reasons = []
    if room.sheet is not None and total > room.sheet:
        reasons.append(_over("budget.over_ceiling", _OVER_SHEET, total, room.sheet))
    if exact and room.sheet is not None and total < room.sheet:
        reasons.append(_over("budget.under_ceiling", _UNDER_SHEET, total, room.sheet))
    if room.unit is not None and total > room.unit:
        reasons.append(_over("budget.over_unit_ceiling", _OVER_UNIT, total, room.unit))
    for fund, ceiling in sorted(room.funds.items()):
        planned = by_fund.get(fund, Decimal(0))
        if planned > ceiling:
            at = f"fund.{fund}"
            reasons.append(_over("budget.over_fund_ceiling", _OVER_FUND, planned, ceiling, at))
    return reasons


def fund_sums(lines: Iterable[LineFacts]) -> dict[int, Decimal]:
    """Return the lines' amounts in rupiah by fund."""
    sums: dict[int, Decimal] = {}
    for line in lines:
        sums[line.fund_id] = sums.get(line.fund_id, Decimal("0.00")) + line.amount
    return sums


def new_items(lines: Iterable[LineFacts]) -> list[LineFacts]:
    """Return the lines that come from no item of the RKPD: listed apart, not refused (10)."""
    return [line for line in lines if line.rkpd_item is None]


def priced(content: Content) -> list[tuple[str, int, ComponentDraft]]:
    """Return the components of a revision, each with its place and the id of its account."""
    return [
        (f"component.{one.id}.", line.account_id, one.draft)
        for line in content.lines
        for one in line.components
    ]


def _line_reasons(lines: Iterable[LineFacts], sheet: SheetFacts, law: Law) -> list[Reason]:
    reasons = []
    for line in lines:
        at = f"line.{line.line_id}"
        flags = line.flags
        reasons += account_reasons(line.account_code, line.account_level, flags, sheet, law, at)
        if not line.components:
            text = N_("Baris %(code)s belum punya komponen.")
            values = {"code": line.account_code}
            reasons.append(Reason("budget.line_empty", text, at, values=values))
        for one in line.components:
            reasons += component_reasons(one.draft, f"component.{one.id}.")
    return reasons


def _emptiness(lines: tuple[LineFacts, ...]) -> list[Reason]:
    if lines:
        return []
    text = N_("Lembar RKA ini belum berisi satu baris pun.")
    return [Reason("budget.rka_empty", text, "lines", N_("Isi rinciannya, atau batalkan."))]


def _place_reasons(content: Content, law: Law) -> list[Reason]:
    works = [line for line in content.lines if needs_place(line.account_code, law)]
    header = content.header
    if not works or header.places or header.place_text.strip():
        return []
    return [
        Reason(
            "budget.works_without_place",
            N_("Pekerjaan konstruksi %(code)s harus menyebut lokasinya."),
            "places",
            N_("Pilih kecamatan atau kelurahannya di kepala lembar."),
            {"code": works[0].account_code},
        )
    ]


def _no_ceiling(room: Room) -> list[Reason]:
    if room.sheet is not None:
        return []
    text = N_("Sub kegiatan ini belum punya pagu.")
    return [Reason("budget.no_ceiling", text, "total", N_("Mintalah TAPD menetapkan pagunya."))]


def _long_texts(header: HeaderDraft) -> list[Reason]:
    texts = [("place_text", header.place_text, 300), ("target_group", header.target_group, 300)]
    texts += [("labels", label, 40) for label in header.labels]
    for place, one in enumerate(header.indicators):
        texts.append((f"indicators.{place}.measure", one.measure, 500))
        texts.append((f"indicators.{place}.unit", one.unit, 60))
    said = N_("Teks ini lebih panjang dari %(most)s huruf.")
    return [
        Reason("budget.too_long", said, at, values={"most": most})
        for at, text, most in texts
        if len(text) > most
    ]


def _over(key: str, text: str, total: Decimal, ceiling: Decimal, at: str = "total") -> Reason:
    gap = abs(total - ceiling)
    return Reason(key, text, at, _LESS, {"total": total, "ceiling": ceiling, "gap": gap})


_OVER_SHEET = N_("Jumlah lembar ini Rp %(gap)s di atas pagu sub kegiatannya.")
_UNDER_SHEET = N_("Jumlah lembar ini Rp %(gap)s di bawah pagu sub kegiatannya.")
_OVER_UNIT = N_("Jumlah lembar ini Rp %(gap)s di atas sisa pagu perangkat daerah.")
_OVER_FUND = N_("Jumlah dari sumber dana ini Rp %(gap)s di atas pagunya.")
_LESS = N_("Sesuaikan rinciannya, atau mintalah perubahan pagu.")
_MISSING = {
    IndicatorKind.OUTCOME: N_("Indikator capaian program belum ada."),
    IndicatorKind.RESULT: N_("Indikator hasil kegiatan belum ada."),
    IndicatorKind.OUTPUT: N_("Indikator keluaran sub kegiatan belum ada."),
}
_INDICATOR_MEND = N_("Tambahkan tolok ukur, target dan satuannya di kepala lembar.")
_UNFILLED = N_("Tolok ukur, target dan satuan indikator harus terisi.")
