"""``kawal import regions``: provinces to villages by Kemendagri's codes."""

from collections.abc import Sequence
from datetime import date, datetime

import click
from django.utils import timezone

from kawal.kernel.importing import Column, Import, Row, Written, import_command
from kawal.kernel.importing.parsing import at_most
from kawal.kernel.words import N_
from kawal.regions import queries
from kawal.regions.actions.intake import RegionDraft, RegionIntake, kind_of
from kawal.regions.imports.cells import region_code

DECREE = "Kepmendagri 300.2.2-2430/2025"


class RegionsImport(Import):
    """Regions by code and name; the code tells level and parent, whatever the file's order."""

    columns = (
        Column(
            "code",
            N_("Kode"),
            ("kode wilayah", "kode kemendagri", "region code", "kode desa"),
            region_code,
            required=True,
        ),
        Column(
            "name",
            N_("Nama"),
            ("nama wilayah", "wilayah", "region name"),
            at_most(120),
            required=True,
        ),
    )
    batch = 5000

    def __init__(self, *, valid_from: date, legal_basis: str, at: datetime) -> None:
        self.intake = RegionIntake(valid_from=valid_from, legal_basis=legal_basis, at=at)

    def begin(self) -> None:
        """Make the place where the file's regions wait to be judged together."""
        self.intake.open()

    def write(self, rows: Sequence[Row]) -> Written:
        """Stage a batch."""
        self.intake.stage(
            RegionDraft(row.line, row["code"], row["name"], kind_of(row["code"], row["name"]))
            for row in rows
        )
        return Written()

    def finish(self) -> Written:
        """Judge them all, then write those that can be taken."""
        refused = [(line, [reason]) for line, reason in self.intake.judge()]
        taken = self.intake.write()
        return Written(taken.new, taken.changed, taken.unchanged, refused)


@click.option(
    "--from",
    "valid_from",
    type=click.DateTime(["%Y-%m-%d"]),
    help="First day of what is new or changed [default: today].",
)
@click.option("--basis", default=DECREE, show_default=True, help="The decree it comes from.")
def _regions(valid_from: datetime | None, basis: str) -> Import:
    """Import regions: provinces, kabupaten and kota, kecamatan, kelurahan and desa.

    Kemendagri's whole national list is as welcome as one city's part of it, parents included.

    \b
    Example:
      kawal import regions wilayah_binjai.csv --from 2026-01-01
    """
    at = timezone.now()
    first = valid_from.date() if valid_from else queries.today(at)
    return RegionsImport(valid_from=first, legal_basis=basis, at=at)


_regions.columns = RegionsImport.columns  # type: ignore[attr-defined]
command = import_command(_regions, name="regions")
