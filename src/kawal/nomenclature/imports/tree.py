"""What the imports of trees share: drafts gathered, doubles refused, all judged at the end."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

import click

from kawal.kernel.importing import Column, Import, Row, Written
from kawal.kernel.importing.parsing import integer, yes_or_no
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.nomenclature.actions import Taken, record_codes
from kawal.nomenclature.facts import CodeDraft, CodeKind
from kawal.nomenclature.imports.cells import basis, edition, name
from kawal.nomenclature.known import KNOWN

LEVEL = Column("level", N_("Tingkat kode"), ("level",), integer)
NAME = Column("name", N_("Nama"), ("uraian", "nama rekening"), name, required=True)
WITHDRAWN = Column(
    "withdrawn", N_("Tidak aktif"), ("status data nonaktif",), yes_or_no, default=False
)
BASIS = Column(
    "basis",
    N_("Dasar hukum"),
    ("dasar hukum 90 permendagri90 50 kep050", "legal basis"),
    basis,
)

decree_option = click.option(
    "--decree",
    type=click.Choice(list(KNOWN)),
    help="The decree of rows that do not name their own.",
)


class TreeImport(Import):
    """A list of codes; a code occurs once under a decree."""

    kind: ClassVar[CodeKind]

    def __init__(self, *, decree: str | None = None) -> None:
        self.decree = decree
        self.drafts: dict[tuple[str, str], CodeDraft] = {}
        self.lines: set[int] = set()

    def decree_of(self, row: Row) -> str | None:
        """Return the decree under which a row stands; nothing when nobody says it."""
        own: str | None = row["basis"] or self.decree
        return own and edition(own, withdrawn=row["withdrawn"])

    def check(self, row: Row) -> Sequence[Reason]:
        """Refuse a row of no decree, and a second row for a code under the same decree."""
        reasons = list(self.faults(row))
        decree = self.decree_of(row)
        if decree is None:
            reasons.append(_no_decree())
            return reasons
        if (decree, row["code"]) in self.drafts:
            reasons.append(_double(row["code"], decree))
        if not reasons:
            self.drafts[decree, row["code"]] = self.draft(row, decree)
            self.lines.add(row.line)
        return reasons

    def faults(self, row: Row) -> Iterable[Reason]:
        """Return what else is wrong with a row."""
        depth = row["code"].count(".") + 1
        if row["level"] is not None and row["level"] != depth:
            text = N_("Kode ini bertingkat %(depth)s, bukan %(level)s.")
            values = {"depth": depth, "level": row["level"]}
            yield Reason("nomenclature.level", text, at=LEVEL.label, values=values)

    def draft(self, row: Row, decree: str) -> CodeDraft:
        """Return the code that a row names."""
        code: str = row["code"]
        parent = code.rpartition(".")[0]
        values = self.values(code, decree)
        return CodeDraft(row.line, decree, code, row["name"], parent, not row["withdrawn"], values)

    def values(self, code: str, decree: str) -> dict[str, object]:
        """Return the columns that only this tree has."""
        return {"level": code.count(".") + 1}

    def write(self, rows: Sequence[Row]) -> Written:
        """Wait: parents may come after their children."""
        return Written()

    def finish(self) -> Written:
        """Write the whole list."""
        return self.counted(record_codes(self.kind, self.all_drafts()))

    def all_drafts(self) -> list[CodeDraft]:
        """Return the codes to write, those that rows imply included."""
        return list(self.drafts.values())

    def counted(self, taken: Taken) -> Written:
        """Return what became of the file's rows, by line."""
        refused = [(line, [taken.refused[line]]) for line in sorted(taken.refused) if line > 0]
        return Written(
            len(taken.new & self.lines),
            len(taken.changed & self.lines),
            len(taken.unchanged & self.lines),
            refused,
        )


def _no_decree() -> Reason:
    return Reason(
        "nomenclature.no_decree",
        N_("Baris ini tidak menyebut dasar hukumnya."),
        mend=N_("Sebutkan peraturannya dengan --decree."),
    )


def _double(code: str, decree: str) -> Reason:
    return Reason(
        "nomenclature.double",
        N_("Kode %(code)s sudah ada di baris sebelumnya untuk %(decree)s."),
        at=N_("Kode"),
        values={"code": code, "decree": KNOWN[decree].title},
    )
