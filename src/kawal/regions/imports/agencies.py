"""``kawal import agencies``: agencies (OPD) and their units, as the SOTK names them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import click
from django.db import transaction

from kawal.kernel.importing import Column, Import, Row, Written, import_command
from kawal.kernel.importing.parsing import at_most, one_of
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.regions import actions, queries
from kawal.regions.facts import Actor, AgencyDraft, AgencyFacts, AgencyKind
from kawal.regions.imports.cells import agency_code, region_code
from kawal.regions.imports.people import acting_as

KINDS = {
    "dinas": AgencyKind.SKPD,
    "badan": AgencyKind.SKPD,
    "opd": AgencyKind.SKPD,
    "unit skpd": AgencyKind.UNIT,
    "bagian": AgencyKind.UNIT,
}
KECAMATAN = "7.01."
Refusals = list[tuple[int, Sequence[Reason]]]


class AgenciesImport(Import):
    """Agencies by code: new ones are set up, changed ones get a new version.

    Units may stand before their agency: they wait for the end of the file.
    """

    columns = (
        Column(
            "code",
            N_("Kode"),
            ("kode opd", "kode skpd", "kode unit", "kode perangkat daerah", "agency code"),
            agency_code,
            required=True,
        ),
        Column(
            "name",
            N_("Nama"),
            ("nama opd", "nama skpd", "nama unit", "nama perangkat daerah", "agency name"),
            at_most(160),
            required=True,
        ),
        Column("short", N_("Singkatan"), ("nama singkat", "short name"), at_most(40), default=""),
        Column("kind", N_("Jenis"), ("type",), one_of(AgencyKind, KINDS)),
        Column("parent", N_("Kode induk"), ("induk", "parent code"), agency_code),
        Column("region", N_("Kode wilayah"), ("wilayah", "region code"), region_code),
    )
    batch = 100

    def __init__(self, *, valid_from: date, legal_basis: str, actor: Actor) -> None:
        self.valid_from, self.legal_basis, self.actor = valid_from, legal_basis, actor
        self.units: dict[int, Row] = {}
        self.seen: set[str] = set()

    def check(self, row: Row) -> Sequence[Reason]:
        """Refuse a code that the file has named before."""
        if row["code"] in self.seen:
            return [Reason("regions.double", N_("Kode ini sudah ada di baris sebelumnya."))]
        self.seen.add(row["code"])
        return ()

    def write(self, rows: Sequence[Row]) -> Written:
        """Write the agencies of a batch; keep its units."""
        self.units |= {row.line: row for row in rows if not row["code"].endswith(".0000")}
        return self._all([row for row in rows if row["code"].endswith(".0000")])

    def finish(self) -> Written:
        """Write the units, now that their agencies are there."""
        return self._all(list(self.units.values()))

    def _all(self, rows: Sequence[Row]) -> Written:
        fates = {"new": 0, "changed": 0, "unchanged": 0}
        rejected: Refusals = []
        for row in rows:
            try:
                with transaction.atomic():
                    fates[self._one(row)] += 1
            except Refused as refused:
                rejected.append((row.line, refused.reasons))
        return Written(fates["new"], fates["changed"], fates["unchanged"], rejected)

    def _one(self, row: Row) -> str:
        draft = self._draft(row)
        try:
            standing = queries.agency_by_code(row["code"], self.valid_from)
        except NotThere:
            actions.create_agency(draft, valid_from=self.valid_from, actor=self.actor)
            return "new"
        draft = replace(draft, short=draft.short or standing.short)
        if _says_the_same(draft, standing):
            return "unchanged"
        actions.amend_agency(
            standing.id,
            draft,
            valid_from=self.valid_from,
            read_version=standing.version_id,
            actor=self.actor,
        )
        return "changed"

    def _draft(self, row: Row) -> AgencyDraft:
        is_unit = not row["code"].endswith(".0000")
        parent = row["parent"] or (f"{row['code'][:17]}.0000" if is_unit else None)
        usual = AgencyKind.KECAMATAN if row["code"].startswith(KECAMATAN) else AgencyKind.SKPD
        return AgencyDraft(
            code=row["code"],
            name=row["name"],
            short=row["short"],
            kind=row["kind"] or (AgencyKind.UNIT if is_unit else usual),
            legal_basis=self.legal_basis,
            parent_id=self._id_of(parent),
            region_id=self._region_id(row["region"]),
        )

    def _id_of(self, code: str | None) -> int | None:
        if code is None:
            return None
        try:
            return queries.agency_by_code(code, self.valid_from).id
        except NotThere:
            text = N_("Perangkat daerah %(code)s tidak ada.")
            raise Refused(
                [Reason("regions.no_parent", text, at="Kode induk", values={"code": code})]
            ) from None

    def _region_id(self, code: str | None) -> int | None:
        if code is None:
            return None
        try:
            return queries.region_by_code(code, self.valid_from).id
        except NotThere:
            text = N_("Wilayah %(code)s belum tercatat.")
            raise Refused(
                [Reason("regions.no_region", text, at="Kode wilayah", values={"code": code})]
            ) from None


def _says_the_same(draft: AgencyDraft, standing: AgencyFacts) -> bool:
    return (draft.name, draft.short, draft.kind, draft.parent_id, draft.region_id) == (
        standing.name,
        standing.short,
        standing.kind,
        standing.parent_id,
        standing.region_id,
    )


@click.option("--by", required=True, metavar="USERNAME", help="The administrator who does this.")
@click.option("--basis", required=True, help="The regulation (Perda or Perwal SOTK).")
@click.option(
    "--from",
    "valid_from",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="First day of what is new or changed.",
)
def _agencies(by: str, basis: str, valid_from: datetime) -> Import:
    """Import agencies (OPD) and units by their code of 22 characters.

    A unit's code ends otherwise than 0000; its agency is found by the code. Agencies that the
    file does not name stay as they are.

    \b
    Example:
      kawal import agencies opd.csv --by ani --basis "Perwal 7/2026" --from 2026-01-01
    """
    return AgenciesImport(
        valid_from=valid_from.date(), legal_basis=basis[:200], actor=acting_as(by)
    )


_agencies.columns = AgenciesImport.columns  # type: ignore[attr-defined]
command = import_command(_agencies, name="agencies")
