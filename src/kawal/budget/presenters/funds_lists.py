"""The funds left line by line, to take away: as CSV for programs, as a workbook for people."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from kawal.budget.facts import Execution, LineFunds
from kawal.budget.presenters.rka_workbook import plain
from kawal.budget.presenters.xlsx_file import Style, XlsxFile
from kawal.kernel.words import N_

Units = Mapping[int, tuple[str, str]]
NAMES: Mapping[str, tuple[str, int]] = {  # in CSV; label and width in the workbook
    "kode_unit": (N_("Kode unit"), 24),
    "nama_unit": (N_("Nama unit"), 26),
    "kode_sub_kegiatan": (N_("Kode sub kegiatan"), 20),
    "sub_kegiatan": (N_("Nama sub kegiatan"), 34),
    "kode_rekening": (N_("Kode rekening"), 20),
    "rekening": (N_("Nama rekening"), 34),
    "kode_sumber_dana": (N_("Kode sumber dana"), 16),
    "sumber_dana": (N_("Nama sumber dana"), 22),
}
AMOUNTS: Mapping[str, str] = {
    "anggaran_kas_sd_bulan_ini": N_("Anggaran kas sampai bulan ini"),
    "pagu": N_("Pagu"),
    "spd": N_("Tersedia dengan SPD"),
    "permintaan_berjalan": N_("Permintaan berjalan"),
    "komitmen": N_("Sisa kontrak"),
    "dibayar": N_("Dibayar"),
    "sisa_pagu": N_("Pagu yang masih bebas"),
    "sisa_spd": N_("Sisa SPD"),
}
AMOUNT_WIDTH = 18


class _Echo:
    """What a CSV writer writes into: it hands each line on."""

    def write(self, text: str) -> str:
        return text


def as_csv(lines: Iterable[LineFunds], units: Units) -> Iterator[str]:
    """Return the rows of a CSV file, with amounts that a program reads."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([*NAMES, *AMOUNTS])  # the mark lets Excel read UTF-8
    for line in lines:
        yield writer.writerow([*map(_harmless, _names(line, units)), *_amounts(line.sums)])


def write_workbook(path: Path, lines: Iterable[LineFunds], units: Units) -> None:
    """Write a workbook with headers in the reader's language."""
    widths = [width for _label, width in NAMES.values()] + [AMOUNT_WIDTH] * len(AMOUNTS)
    labels = [*(label for label, _width in NAMES.values()), *AMOUNTS.values()]
    with XlsxFile(path) as book, book.sheet(_("Sisa dana"), widths) as sheet:
        sheet.row(1, [(place, _(label), Style.HEAD) for place, label in enumerate(labels)])
        for number, line in enumerate(lines, 2):
            names = [(at, text, Style.PLAIN) for at, text in enumerate(_names(line, units))]
            sums = enumerate(_amounts(line.sums), len(NAMES))
            sheet.row(number, [*names, *((at, plain(one), Style.MONEY) for at, one in sums)])


def _names(line: LineFunds, units: Units) -> tuple[str, ...]:
    return (
        *units.get(line.unit_id, ("", "")),
        line.activity_code,
        line.activity_name,
        line.account_code,
        line.account_name,
        line.fund_code,
        line.fund_name,
    )


def _amounts(sums: Execution) -> tuple[Decimal, ...]:
    balances = (sums.plan, sums.ceiling, sums.released, sums.reserved, sums.committed, sums.paid)
    return (*balances, sums.free, sums.payable)


def _harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
