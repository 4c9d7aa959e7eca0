"""``kawal import ceilings``: a round of ceilings (pagu), as the agreed KUA-PPAS lists them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import click

from kawal.budget import actions, queries
from kawal.budget.facts import CeilingDraft, CodedCeiling
from kawal.kernel.importing import Column, Import, Row, Written, import_command
from kawal.kernel.importing.parsing import at_most, rupiah
from kawal.kernel.importing.problems import problem
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.regions.facts import Actor
from kawal.regions.imports.people import acting_as

Key = tuple[int, int | None, int | None]
Refusals = dict[int, list[Reason]]


class CeilingsImport(Import):
    """Ceilings by codes; those that are in force already stay in their round.

    A round is one decision: when a row of it is refused, none is set.
    """

    columns = (
        Column("unit", N_("Kode unit"), ("kode skpd", "unit", "kode opd"), at_most(40), True),
        Column("activity", N_("Kode sub kegiatan"), ("sub kegiatan",), at_most(40), default=""),
        Column("fund", N_("Kode sumber dana"), ("sumber dana", "dana"), at_most(40), default=""),
        Column("amount", N_("Pagu"), ("plafon", "jumlah", "ceiling", "amount"), rupiah, True),
    )

    def __init__(self, year: int, *, number: str, day: date, actor: Actor) -> None:
        self.year, self.number, self.day, self.actor = year, number, day, actor
        self.rows: list[tuple[int, CodedCeiling]] = []

    def write(self, rows: Sequence[Row]) -> Written:
        """Keep the rows: a round is set whole, at the end of the file."""
        self.rows += [
            (row.line, CodedCeiling(row["unit"], row["amount"], row["activity"], row["fund"]))
            for row in rows
        ]
        return Written()

    def finish(self) -> Written:
        """Set what differs from the ceilings in force as one round, or reject it all."""
        found = queries.ceiling_drafts(self.year, [row for _, row in self.rows])
        lines = [line for line, _ in self.rows]
        wrong = {line: why for line, (_, why) in zip(lines, found, strict=True) if why}
        drafts = {line: one for line, (one, _) in zip(lines, found, strict=True) if one}
        known = self._in_force()
        fresh = {line: one for line, one in drafts.items() if known.get(_key(one)) != one.amount}
        wrong = wrong or self._set(fresh)
        if wrong:
            return Written(rejected=list(_together(lines, wrong)))
        changed = sum(_key(one) in known for one in fresh.values())
        return Written(len(fresh) - changed, changed, len(lines) - len(fresh))

    def _in_force(self) -> dict[Key, Decimal]:
        every = queries.ceilings(self.year)
        return {(one.unit_id, one.activity_id, one.fund_id): one.amount for one in every}

    def _set(self, fresh: Mapping[int, CeilingDraft]) -> Refusals:
        """Set a round of what is new or changed; return why not, by line."""
        if not fresh:
            return {}
        try:
            actions.set_ceilings(
                self.year,
                list(fresh.values()),
                agreement_number=self.number,
                agreement_date=self.day,
                actor=self.actor,
            )
        except Refused as refused:
            return _by_line(refused.reasons, list(fresh))
        return {}


def _key(draft: CeilingDraft) -> Key:
    return (draft.unit_id, draft.activity_id, draft.fund_id)


def _by_line(reasons: Sequence[Reason], lines: Sequence[int]) -> Refusals:
    """Return reasons by the line that they are about; the first line for those about the round."""
    found: Refusals = {}
    for reason in reasons:
        row = re.match(r"rows\.(\d+)\.", reason.at)
        found.setdefault(lines[int(row[1])] if row else lines[0], []).append(reason)
    return found


def _together(lines: Sequence[int], wrong: Refusals) -> Iterator[tuple[int, Sequence[Reason]]]:
    """Yield every line with its reasons; a sound one falls with the others."""
    text = N_("Tidak ditetapkan karena baris lain ditolak; satu putaran ditetapkan seluruhnya.")
    for line in lines:
        yield line, wrong.get(line) or [Reason("budget.round_is_whole", text)]


@click.argument("year", type=int)
@click.option("--by", required=True, metavar="USERNAME", help="The TAPD or PPKD who does this.")
@click.option("--number", required=True, help="The number of the nota kesepakatan.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="The date of the nota kesepakatan.",
)
def _ceilings(year: int, by: str, number: str, day: datetime) -> Import:
    """Import a round of a year's ceilings; what the file does not name keeps its ceiling.

    Columns: the unit's code, the sub kegiatan (empty: the whole unit), the source of funds (empty:
    all of them), the amount in rupiah. A round is set whole or not at all.

    \b
    Example:
      kawal import ceilings ppas.csv 2027 --by tapd --number 903/11/NK/2026 --date 2026-08-14
    """
    try:
        queries.year(year)
    except NotThere:
        raise problem("no_year", N_("Tahun anggaran %(year)s belum dibuka."), year=year) from None
    return CeilingsImport(year, number=number, day=day.date(), actor=acting_as(by))


_ceilings.columns = CeilingsImport.columns  # type: ignore[attr-defined]
command = import_command(_ceilings, name="ceilings")
