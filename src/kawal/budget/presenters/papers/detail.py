"""RKA and DPA rincian belanja: one sub kegiatan to the component."""

from collections.abc import Iterator, Mapping
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
    """Return the parts of a sub kegiatan's form: header, indicators, calculation, months."""
    compares = sheet.before is not None
    columns = COMPARED if compares else CALCULATION
    parts = [facts(_header(sheet)), table(INDICATORS, _indicators(sheet), names=-1, size=8)]
    if not sheet.header.indicators:
        parts.pop()
    rows = [*_rows(sheet), (TOTAL, 0, ["", "Jumlah", *_blank(sheet), *_total(sheet)])]
    parts += [table(columns, rows, title=_title(sheet)), in_words(sheet.total)]
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


def _rows(sheet: DetailSheet) -> Iterator[Row]:
    """Yield the accounts above the lines, each line under them, its components under it."""
    before = sheet.before
    leaves = [
        Leaf(line.account_code, line.amount, None if before is None else before.get(_key(line)))
        for line in sheet.lines
    ]
    gone = {} if before is None else dict(before)
    for line in sheet.lines:
        gone.pop(_key(line), None)
    leaves += [Leaf(account, Decimal(0), was) for (account, _), was in gone.items()]
    shown: set[str] = set()
    by_code = _lines_by_code(sheet)
    for row in tree(leaves, sheet.names):
        if row.depth < 6:
            cells = amounts(row.amount, row.before, compares=before is not None)
            yield GROUP, row.depth - 1, [row.code, row.name, *_blank(sheet), *cells]
        elif row.code not in shown:
            shown.add(row.code)
            for line in by_code.get(row.code, ()):
                yield from _line(sheet, line)
            yield from _gone(sheet, gone, row.code)


def _lines_by_code(sheet: DetailSheet) -> Mapping[str, list[LineFacts]]:
    found: dict[str, list[LineFacts]] = {}
    for line in sheet.lines:
        found.setdefault(line.account_code, []).append(line)
    return found


def _line(sheet: DetailSheet, line: LineFacts) -> Iterator[Row]:
    compares = sheet.before is not None
    was = sheet.before.get(_key(line)) if sheet.before is not None else None
    name = f"{line.account_name} — {line.fund_name}"
    cells = amounts(line.amount, was, compares=compares)
    yield GROUP, 5, [line.account_code, name, *_blank(sheet), *cells]
    if not compares:
        yield from _components(line)


def _gone(sheet: DetailSheet, gone: Mapping[tuple[str, str], Decimal], code: str) -> Iterator[Row]:
    for key, was in gone.items():
        if key[0] == code:
            name = sheet.before_names.get(key, sheet.names.get(code, ""))
            yield GROUP, 5, [code, name, *amounts(Decimal(0), was, compares=True)]


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
    before = None if sheet.before is None else sum(sheet.before.values(), Decimal(0))
    return amounts(sheet.total, before, compares=sheet.before is not None)


def _blank(sheet: DetailSheet) -> list[str]:
    return [] if sheet.before is not None else ["", "", ""]


def _key(line: LineFacts) -> tuple[str, str]:
    return line.account_code, line.fund_code
