"""The SPD: the decision that releases money, and its enclosure by sub kegiatan and account."""

from kawal.budget.facts.papers import ReleaseRow, ReleaseSheet
from kawal.budget.presenters.papers.parts import (
    GROUP,
    PLAIN,
    TOTAL,
    Column,
    Part,
    Row,
    in_words,
    items,
    table,
    text,
)
from kawal.budget.presenters.papers.words import joined, money, months_words
from kawal.kernel.terbilang import terbilang

COLUMNS = (
    Column("Kode", "3cm"),
    Column("Uraian", "1fr"),
    Column("Anggaran (Rp)", "2.9cm", numeric=True),
    Column("SPD sebelumnya (Rp)", "2.9cm", numeric=True),
    Column("SPD ini (Rp)", "2.9cm", numeric=True),
    Column("Sisa (Rp)", "2.9cm", numeric=True),
)


def release_parts(sheet: ReleaseSheet) -> list[Part]:
    """Return the decision: for whom, for which months, what is released and what is left."""
    total, head = sheet.total, sheet.head
    opening = (
        f"Menimbang bahwa untuk melaksanakan anggaran {sheet.agency.name} tahun {head.year} "
        f"berdasarkan {sheet.dpa_number or 'DPA'} dan anggaran kas yang telah disahkan perlu "
        "disediakan dana, Bendahara Umum Daerah memutuskan:"
    )
    decided = (
        ("Menyediakan dana bagi", f"{sheet.agency.code} {sheet.agency.name}"),
        ("Bendahara pengeluaran", joined([sheet.treasurer])),
        ("Untuk kebutuhan bulan", months_words(sheet.first_month, sheet.last_month)),
        ("Jumlah penyediaan dana", f"Rp {money(total.now)} ({terbilang(total.now)})"),
        ("Jumlah anggaran (DPA)", f"Rp {money(total.ceiling)}"),
        ("Akumulasi SPD sebelumnya", f"Rp {money(total.released)}"),
        ("Sisa yang belum di-SPD-kan", f"Rp {money(total.ceiling - total.released)}"),
        ("Sisa setelah SPD ini", f"Rp {money(total.left)}"),
        ("Ketentuan lain", sheet.terms or "–"),
    )
    return [text([opening]), items(decided)]


def enclosure_parts(sheet: ReleaseSheet) -> list[Part]:
    """Return the enclosure: each code with its budget, earlier SPD, this one and what is left."""
    deepest = max((row.depth for row in sheet.rows), default=1)
    rows = [_row(row, GROUP if row.depth < deepest else PLAIN) for row in sheet.rows]
    rows.append(_row(sheet.total, TOTAL))
    return [table(COLUMNS, rows, size="7.5"), in_words(sheet.total.now)]


def _row(row: ReleaseRow, style: str) -> Row:
    figures = (row.ceiling, row.released, row.now, row.left)
    name = "Jumlah" if style == TOTAL else row.name
    return style, max(row.depth - 1, 0), [row.code, name, *map(money, figures)]
