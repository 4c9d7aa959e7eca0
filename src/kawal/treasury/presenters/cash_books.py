"""The treasurers' books in words, and as CSV."""

import csv
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from kawal.kernel.words import N_
from kawal.treasury.facts.cash_books import (
    MOVE_LABELS,
    PURSE_LABELS,
    STOCK_LABELS,
    EntryFacts,
    Purse,
)

BOOKS: Mapping[str, str] = {
    "bku": N_("Buku Kas Umum"),
    **{purse.value: PURSE_LABELS[purse] for purse in Purse},
}
COLUMNS = ("tanggal", "uang", "buku", "jenis", "dokumen", "uraian", "masuk", "keluar", "saldo")


class _Echo:
    """What a CSV writer writes into: it hands each line on."""

    def write(self, text: str) -> str:
        return text


def purse(one: Purse) -> str:
    """Return a purse in a word."""
    return _(PURSE_LABELS[one])


def move(entry: EntryFacts) -> str:
    """Return what an entry is: its movement, and of which money."""
    return f"{_(MOVE_LABELS[entry.kind])}, {_(STOCK_LABELS[entry.pocket.stock])}"


def as_csv(entries: Iterable[EntryFacts]) -> Iterator[str]:
    """Return the rows of a CSV file; text that a spreadsheet would run is made harmless."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)  # the mark lets Excel read UTF-8
    for one in entries:
        yield writer.writerow(
            [
                one.on.isoformat(),
                one.pocket.stock.value,
                one.pocket.purse.value,
                one.kind.value,
                _harmless(f"{one.paper.kind}:{one.paper.id}"),
                _harmless(one.text),
                one.debit,
                one.credit,
                one.balance,
            ]
        )


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
