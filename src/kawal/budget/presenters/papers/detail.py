"""RKA and DPA rincian belanja: one sub kegiatan to the component."""

from collections.abc import Iterator
from decimal import Decimal

from kawal.budget.facts.papers import DetailSheet, Form, Leaf
from kawal.budget.facts.rka import ComponentFacts, LineFacts
from kawal.budget.facts.sheets import IndicatorKind
from kawal.budget.presenters.papers.parts import (
    COMPARISON,
    GROUP,
    PLAIN,
    TOTAL,
    Column,
    Part,
    Row,
    amounts,
    facts,
    in_words,
    table,
)
from kawal.budget.presenters.papers.words import (
    MONTH_NAMES,
    joined,
    money,
    months_words,
    short,
)
from kawal.budget.rules.papers import tree

CALCULATION = (
    Column("Kode rekening", "2.9cm"),
    Column("Uraian", "1fr"),
    Column("Koefisien", "3.6cm"),
    Column("Harga satuan (Rp)", "2.7cm", numeric=True),
    Column("Pajak (%)", "1.1cm", numeric=True),
    Column("Jumlah (Rp)", "3.1cm", numeric=True),
)
COMPARED = (Column("Kode rekening", "2.9cm"), Column("Uraian", "1fr"), *COMPARISON)
INDICATORS = (
    Column("Indikator", "4.2cm"),
    Column("Tolok ukur kinerja", "1fr"),
    Column("Target", "4cm"),
)
INDICATOR_NAMES = {
    IndicatorKind.OUTCOME: "Capaian program",
    IndicatorKind.RESULT: "Hasil kegiatan",
    IndicatorKind.OUTPUT: "Keluaran sub kegiatan",
}


def detail_parts(sheet: DetailSheet) -> list[Part]:
    """Return the parts of a sub kegiatan's form: header, indicators, calculation, months.

    A comparison comes first, by line; the calculation after the change follows it.
    """
    parts = [facts(_header(sheet))]
    if sheet.header.indicators:
        parts.append(table(INDICATORS, _indicators(sheet), names=-1))
    if sheet.before is not None:
        rows = [*_compared(sheet), (TOTAL, 0, ["", "Jumlah", *_total(sheet)])]
        parts.append(table(COMPARED, rows, title="Perubahan per rincian"))
    total: Row = (TOTAL, 0, ["", "Jumlah", "", "", "", money(sheet.total)])
    parts.append(table(CALCULATION, [*_calculated(sheet), total], title=_title(sheet)))
    parts.append(in_words(sheet.total))
    return [*parts, month_part(sheet.months)] if sheet.months else parts


def month_part(months: tuple[Decimal, ...]) -> Part:
    """Return the cash plan in two columns of six months, as a DPA carries it."""
    columns = (Column("Bulan", "1fr"), Column("Jumlah (Rp)", "4cm", numeric=True)) * 2
    half = len(months) // 2
    rows: list[Row] = [
        (PLAIN, 0, _month(months, place) + _month(months, place + half)) for place in range(half)
    ]
    rows.append((TOTAL, 0, ["", "", "Jumlah", money(sum(months, Decimal(0)))]))
    return table(columns, rows, title="Rencana penarikan dana per bulan", names=-1)


def _month(months: tuple[Decimal, ...], place: int) -> list[str]:
    return [MONTH_NAMES[place], money(months[place])]


def _title(sheet: DetailSheet) -> str:
    is_dpa = sheet.form is Form.DPA_DETAIL
    return f"Rincian {'dokumen pelaksanaan' if is_dpa else 'rencana kerja dan'} anggaran belanja"


def _header(sheet: DetailSheet) -> Iterator[tuple[str, str]]:
    header = sheet.header
    yield "Sumber pendanaan", joined(sorted({line.fund_name for line in sheet.lines}))
    yield "Lokasi", joined((sheet.places, header.place_text))
    yield "Waktu pelaksanaan", months_words(header.first_month, header.last_month)
    yield "Kelompok sasaran", header.target_group or "–"
    if header.labels:
        yield "Penandaan", joined(header.labels)
    yield f"Alokasi tahun {sheet.head.year - 1}", f"Rp {money(header.last_year)}"
    yield f"Alokasi tahun {sheet.head.year}", f"Rp {money(sheet.total)}"
    yield f"Alokasi tahun {sheet.head.year + 1}", f"Rp {money(header.next_year)}"


def _indicators(sheet: DetailSheet) -> list[Row]:
    return [
        (
            PLAIN,
            0,
            [
                INDICATOR_NAMES[one.kind],
                one.measure,
                "–" if one.target is None else f"{short(one.target)} {one.unit}".strip(),
            ],
        )
        for one in sheet.header.indicators
    ]


def _calculated(sheet: DetailSheet) -> Iterator[Row]:
    """Yield the accounts above the lines, each line under them, its components under it."""
    lines: dict[str, list[LineFacts]] = {}
    for line in sheet.lines:
        lines.setdefault(line.account_code, []).append(line)
    leaves = [Leaf(line.account_code, line.amount) for line in sheet.lines]
    for row in tree(leaves, sheet.names):
        if row.code not in lines:
            yield GROUP, row.depth - 1, [row.code, row.name, "", "", "", money(row.amount)]
        for line in lines.get(row.code, ()):
            cells = [line.account_code, _named(line), "", "", "", money(line.amount)]
            yield GROUP, row.depth - 1, cells
            yield from _components(line)


def _compared(sheet: DetailSheet) -> Iterator[Row]:
    """Yield the same accounts and lines before and after, with those that are gone."""
    before = dict(sheet.before or {})
    found = [
        (line.account_code, _named(line), line.amount, before.pop(_key(line), Decimal(0)))
        for line in sheet.lines
    ]
    found += [
        (key[0], sheet.before_names.get(key, sheet.names.get(key[0], "")), Decimal(0), was)
        for key, was in before.items()
    ]
    leaves = [Leaf(code, amount, was) for code, _, amount, was in found]
    for row in tree(leaves, sheet.names):
        own = [one for one in found if one[0] == row.code]
        if not own:
            cells = amounts(row.amount, row.before, compares=True)
            yield GROUP, row.depth - 1, [row.code, row.name, *cells]
        for code, name, amount, was in own:
            yield PLAIN, row.depth - 1, [code, name, *amounts(amount, was, compares=True)]


def _named(line: LineFacts) -> str:
    return f"{line.account_name} — {line.fund_name}"


def _components(line: LineFacts) -> Iterator[Row]:
    heading = ("", "")
    for one in line.components:
        if (one.draft.group, one.draft.note) != heading:
            heading = (one.draft.group, one.draft.note)
            for mark, words in zip("#-", heading, strict=True):
                if words:
                    yield PLAIN, 6, ["", f"[{mark}] {words}", "", "", "", ""]
        yield _component(one)


def _component(one: ComponentFacts) -> Row:
    draft = one.draft
    name = f"{draft.name} — {draft.specification}" if draft.specification else draft.name
    volumes = " × ".join(f"{short(v.amount)} {v.unit}".strip() for v in draft.volumes)
    cells = ["", name, volumes, money(draft.price), short(draft.tax), money(one.amount)]
    return PLAIN, 7, cells


def _total(sheet: DetailSheet) -> list[str]:
    before = sum((sheet.before or {}).values(), Decimal(0))
    return amounts(sheet.total, before, compares=True)


def _key(line: LineFacts) -> tuple[str, str]:
    return line.account_code, line.fund_code
