"""``kawal import apbd``: budgets of governments by jenis, as DJPK publishes them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import click
from django.utils import timezone

from kawal.budget.actions.published import (
    Key,
    Publication,
    keep_findings,
    keep_published,
    know_governments,
    lock_published,
)
from kawal.budget.facts.published import PublishedFacts
from kawal.budget.imports.cells import bps_code, djpk_code, jenis_code
from kawal.budget.presenters.published import closing_words, with_amounts
from kawal.budget.queries.published import last_amounts, published_some
from kawal.kernel.importing import Column, Import, Row, Written, import_command
from kawal.kernel.importing.parsing import at_most, decimal, integer
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

CHUNK = 500
FIRST_YEAR, LAST_YEAR = 2000, 2199


@dataclass(slots=True)
class _Seen:
    """What a file said of one government and year so far; a bit for each jenis it named."""

    bps: str
    name: str
    jenis: int = 0


class ApbdImport(Import):
    """Budgets by jenis; what is published is kept as it stands, and who does not close is named.

    Memory holds one small record for each government and year, whatever the order of the rows.
    """

    columns = (
        Column("code", N_("Kode DJPK"), ("kodepemda", "kode pemda"), djpk_code, required=True),
        Column("bps", N_("Kode BPS"), ("kodewilayahbps",), bps_code, default=""),
        Column("name", N_("Nama daerah"), ("namapemda", "nama pemda"), at_most(120), required=True),
        Column("jenis", N_("Kode jenis"), ("standarjenis by kode",), jenis_code),
        Column("label", N_("Nama jenis"), ("standarjenis",), at_most(300), default=""),
        Column("amount", N_("Nilai anggaran"), ("nilaianggaran", "nilai"), decimal, required=True),
        Column("year", N_("Tahun"), ("year", "tahun anggaran"), integer, required=True),
    )

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.seen: dict[Key, _Seen] = {}

    def begin(self) -> None:
        """Wait for another such import to end."""
        lock_published()

    def check(self, row: Row) -> Sequence[Reason]:
        """Return every reason not to take a row; remember the jenis of one that is taken."""
        jenis, reasons = _jenis_of(row)
        reasons += [*_amount_faults(row["amount"]), *_year_faults(row["year"])]
        if reasons:
            return reasons
        seen = self.seen.setdefault((row["code"], row["year"]), _Seen(row["bps"], row["name"]))
        reasons += _other_government(row, seen.bps, seen.name)
        bit = 1 << (int(jenis) - 4000)
        reasons += [_double(jenis)] if seen.jenis & bit else []
        if not reasons:
            seen.jenis |= bit
        return reasons

    def write(self, rows: Sequence[Row]) -> Written:
        """Keep the amounts of a batch that are not known yet."""
        named = {(row["code"], row["year"]): (row["bps"], row["name"]) for row in rows}
        budgets = know_governments(named)
        amounts, rejected = [], []
        for row in rows:
            budget = budgets[row["code"], row["year"]]
            if faults := _other_government(row, budget.bps, budget.name):
                rejected.append((row.line, faults))
            else:
                amounts.append((budget.pk, _jenis_of(row)[0], row["amount"]))
        new, changed, same = keep_published(amounts, self.publication)
        return Written(new, changed, same, rejected)

    def finish(self) -> Written:
        """Add up every budget of the file, and name those that do not close."""
        warnings: list[Reason] = []
        keys = list(self.seen)
        for start in range(0, len(keys), CHUNK):
            some = published_some(keys[start : start + CHUNK])
            keep_findings([one.id for one in some], self.publication)
            warnings += _warnings(some)
            warnings += self._left_out(some)
        return Written(warnings=warnings)

    def _left_out(self, some: Sequence[PublishedFacts]) -> Iterator[Reason]:
        """Yield who has a jenis on record that the file does not name; it still counts."""
        on_record = last_amounts(one.id for one in some)
        for one in some:
            said = self.seen[one.code, one.year].jenis
            silent = [j for j in sorted(on_record[one.id]) if not said >> (int(j) - 4000) & 1]
            if silent:
                text = N_("%(region)s %(year)s: jenis %(codes)s tidak ada di berkas ini.")
                mend = N_("Yang tercatat sebelumnya tetap berlaku; nilai 0 menghapusnya.")
                values = {"region": one.name, "year": one.year, "codes": ", ".join(silent)}
                yield Reason("budget.published_left_out", text, mend=mend, values=values)


def _warnings(some: Sequence[PublishedFacts]) -> Iterator[Reason]:
    faulty = [one for one in some if not one.closing.closes]
    amounts = last_amounts(one.id for one in faulty)
    for one in faulty:
        yield Reason(
            "budget.published_does_not_close",
            N_("%(region)s (%(code)s) %(year)s tidak menutup: %(sum)s%(suspects)s."),
            values={
                "region": one.name,
                "code": one.code,
                "year": one.year,
                "sum": closing_words(one.closing),
                "suspects": with_amounts(one.suspects, amounts[one.id]),
                "revenue": one.closing.revenue,
                "spending": one.closing.spending,
                "financing": one.closing.net,
                "difference": one.closing.difference,
            },
        )


def _jenis_of(row: Row) -> tuple[str, list[Reason]]:
    """Return the jenis of a row: its code, else the code that its name begins with."""
    own = row["jenis"] or ""
    begins = re.match(r"([456]\d{3})\b", row["label"])
    named = begins[1] if begins else ""
    if own and named and own != named:
        text = N_("Kode jenis %(own)s, tetapi namanya berawal %(named)s.")
        return own, [Reason("budget.jenis_differs", text, values={"own": own, "named": named})]
    if not own and not named:
        return "", [Reason("budget.no_jenis", N_("Kode jenis tidak diisi."))]
    return own or named, []


def _amount_faults(amount: Decimal) -> Iterator[Reason]:
    if amount != round(amount, 2):
        text = N_("Nilai %(amount)s lebih halus dari sen.")
        yield Reason("budget.finer_than_sen", text, values={"amount": amount})
    if abs(amount) >= Decimal(10) ** 18:
        yield Reason("budget.too_much", N_("Nilai lebih besar dari yang dapat dicatat."))


def _year_faults(year: int) -> Iterator[Reason]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        yield Reason("budget.year", N_("Tahun %(year)s tidak masuk akal."), values={"year": year})


def _other_government(row: Row, bps: str, name: str) -> list[Reason]:
    if (row["bps"], row["name"]) == (bps, name):
        return []
    text = N_("Kode %(code)s tahun %(year)s sudah dipakai %(known)s, bukan %(said)s.")
    known, said = f"{name} ({bps or '–'})", f"{row['name']} ({row['bps'] or '–'})"
    values = {"code": row["code"], "year": row["year"], "known": known, "said": said}
    return [Reason("budget.other_government", text, values=values)]


def _double(jenis: str) -> Reason:
    text = N_("Jenis %(jenis)s daerah dan tahun ini sudah ada di baris sebelumnya.")
    return Reason("budget.published_double", text, values={"jenis": jenis})


@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of the publication [default: now].",
)
@click.option("--source", default="DJPK", show_default=True, help="Who published it.")
def _apbd(as_of: datetime | None, source: str) -> Import:
    """Import published budgets (APBD) by jenis, of every government in the file.

    Each budget is added up: revenue less spending plus net financing must be nothing. One that
    does not close is kept as it was published, and named with its sums and the difference.

    \b
    Example:
      kawal import apbd apbd_2023.csv --as-of 2023-03-01
    """
    at = as_of.replace(tzinfo=UTC) if as_of else timezone.now()
    return ApbdImport(Publication(source[:100], at, uuid4()))


_apbd.columns = ApbdImport.columns  # type: ignore[attr-defined]
command = import_command(_apbd, name="apbd")
