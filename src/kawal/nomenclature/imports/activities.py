"""``kawal import activities``: bidang, program, kegiatan and sub kegiatan, a sub kegiatan a row."""

import re
from collections import defaultdict
from collections.abc import Iterable

from kawal.kernel.importing import Column, Import, Row, Unreadable, import_command
from kawal.kernel.importing.parsing import integer
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.nomenclature.facts import ActivityLevel, CodeDraft, CodeKind
from kawal.nomenclature.imports.cells import name
from kawal.nomenclature.imports.tree import BASIS, WITHDRAWN, TreeImport, decree_option
from kawal.nomenclature.known import KEP_3708, KEP_3708_FIRST, KNOWN
from kawal.nomenclature.queries.resolution import names_before
from kawal.nomenclature.urusan import URUSAN

SUB = re.compile(r"(?:X\.XX|\d{1,2}\.\d{2})\.\d{2}\.[12]\.\d{2}\.(?:\d{2}|\d{4})")
LEVELS = {
    1: ActivityLevel.URUSAN,
    2: ActivityLevel.BIDANG,
    3: ActivityLevel.PROGRAM,
    5: ActivityLevel.KEGIATAN,
    6: ActivityLevel.SUB_KEGIATAN,
}
ABOVE = {6: 5, 5: 3, 3: 2, 2: 1}
NAMED = ((2, "bidang"), (3, "program"), (5, "kegiatan"))


def _code(cell: str) -> str:
    plain = re.sub(r"\s*\.\s*", ".", cell.strip())
    if not SUB.fullmatch(plain):
        raise Unreadable(
            "nomenclature.code",
            N_("“%(cell)s” bukan kode seperti %(shape)s"),
            cell=cell,
            shape="1.03.10.2.01.05",
        )
    return plain


def upper(code: str, parts: int) -> str:
    """Return the first segments of a code."""
    return ".".join(code.split(".")[:parts])


class ActivitiesImport(TreeImport):
    """Sub kegiatan and what stands above them; upper codes are kept where their name is new."""

    kind = CodeKind.ACTIVITY
    columns = (
        Column("code", N_("Kode"), ("kode sub kegiatan",), _code, required=True),
        Column("name", N_("Nama"), ("nama sub kegiatan",), name, required=True),
        Column("kegiatan", N_("Nama kegiatan"), (), name, required=True),
        Column("program", N_("Nama program"), (), name, required=True),
        Column("bidang", N_("Nama bidang"), (), name),
        Column("power", N_("Kewenangan"), ("jns pemda 1 prov 2 kab kota", "jns pemda"), integer),
        WITHDRAWN,
        BASIS,
    )

    def __init__(self, *, decree: str | None = None) -> None:
        super().__init__(decree=decree)
        self.uppers: dict[str, dict[str, str]] = defaultdict(dict)
        self.standing: set[str] = set()

    def faults(self, row: Row) -> Iterable[Reason]:
        """Refuse a row whose code says another kewenangan than its column."""
        said = row["code"].split(".")[3]
        if row["power"] is not None and str(row["power"]) != said:
            text = N_("Kode ini menyebut kewenangan %(said)s, bukan %(power)s.")
            values = {"said": said, "power": row["power"]}
            yield Reason("nomenclature.power", text, at=N_("Kewenangan"), values=values)

    def draft(self, row: Row, decree: str) -> CodeDraft:
        """Return the sub kegiatan of a row; remember the names above it."""
        code: str = row["code"]
        final = KEP_3708 if decree == KEP_3708_FIRST else decree
        for parts, column in NAMED:
            if row[column]:
                self.uppers[upper(code, parts)].setdefault(final, row[column])
            if not row["withdrawn"]:
                self.standing.add(upper(code, parts))
        values = {"level": ActivityLevel.SUB_KEGIATAN.value}
        parent = upper(code, 5)
        return CodeDraft(row.line, decree, code, row["name"], parent, not row["withdrawn"], values)

    def all_drafts(self) -> list[CodeDraft]:
        """Return the file's sub kegiatan and the codes above them."""
        return [*self._uppers(), *super().all_drafts()]

    def _uppers(self) -> Iterable[CodeDraft]:
        """Yield each upper code under the oldest decree of the file that gives it a name.

        A later decree says it again only with another name. Lines below 1: no row of the file.
        """
        oldest = min(
            (decree for decrees in self.uppers.values() for decree in decrees),
            key=list(KNOWN).index,
            default=None,
        )
        if oldest is None:
            return
        known = self.known_names(oldest)
        for digit in sorted({upper(code, 1) for code in self.uppers}):
            if digit not in known:
                yield self._upper(digit, oldest, URUSAN.get(digit, digit))
        for code, names in self.uppers.items():
            said = known.get(code)
            for decree in sorted(names, key=list(KNOWN).index):
                if names[decree] != said:
                    yield self._upper(code, decree, names[decree])
                said = names[decree]

    def known_names(self, decree: str) -> dict[str, str]:
        """Return what the decrees that this one amends call each code already."""
        return names_before(CodeKind.ACTIVITY, decree)

    def _upper(self, code: str, decree: str, said: str) -> CodeDraft:
        parts = code.count(".") + 1
        parent = upper(code, ABOVE[parts]) if parts > 1 else ""
        active = parts == 1 or code in self.standing
        values = {"level": LEVELS[parts].value}
        return CodeDraft(0, decree, code, said, parent, active, values)


@decree_option
def _activities(decree: str | None) -> Import:
    """Import program, kegiatan and sub kegiatan; a row without a basis is of --decree.

    \b
    Example:
      kawal import activities program_kegiatan_subkegiatan.csv
      kawal import activities subkegiatan_2025.csv --decree kepmendagri-900.1.15.5-1317-2023
    """
    return ActivitiesImport(decree=decree)


_activities.columns = ActivitiesImport.columns  # type: ignore[attr-defined]
command = import_command(_activities, name="activities")
