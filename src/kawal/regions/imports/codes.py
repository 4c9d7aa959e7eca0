"""``kawal import region-codes``: which code BPS and DJPK give to Kemendagri's regions."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from kawal.kernel.importing import Column, Import, Row, Written, import_command
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.regions import queries
from kawal.regions.imports.cells import any_code, region_code
from kawal.regions.models import RegionCode
from kawal.regions.queries.regions import versions

NOTHING = {"#N/A", "N/A", "-", "NULL"}
SCHEMES = ("bps", "djpk")


def _optional(cell: str) -> str | None:
    return None if cell.strip().upper() in NOTHING else any_code(cell)


class RegionCodesImport(Import):
    """Codes of other systems; a region has one of each, a code one region."""

    columns = (
        Column(
            "code", N_("Kode Kemendagri"), ("kode", "kemendagri code"), region_code, required=True
        ),
        Column("bps", N_("Kode BPS"), ("kode bps 2020", "bps code"), _optional),
        Column("djpk", N_("Kode DJPK"), ("djpk code",), _optional),
    )

    def __init__(self, *, on: date) -> None:
        self.on = on

    def check(self, row: Row) -> Sequence[Reason]:
        """Refuse a row that says nothing."""
        if row["bps"] or row["djpk"]:
            return ()
        return [Reason("regions.no_code", N_("Kode BPS dan DJPK kosong."))]

    def write(self, rows: Sequence[Row]) -> Written:
        """Write the codes of a batch."""
        codes = [row["code"] for row in rows]
        ids = dict(versions(self.on).filter(code__in=codes).values_list("code", "region_id"))
        known = {
            (row.region_id, row.scheme): row
            for row in RegionCode.objects.filter(region_id__in=ids.values())
        }
        fates = {"new": 0, "changed": 0, "unchanged": 0}
        rejected: list[tuple[int, Sequence[Reason]]] = []
        for row in rows:
            if row["code"] not in ids:
                text = N_("Wilayah %(code)s belum tercatat.")
                values = {"code": row["code"]}
                rejected.append((row.line, [Reason("regions.no_region", text, values=values)]))
                continue
            fates[_written(ids[row["code"]], row, known)] += 1
        return Written(fates["new"], fates["changed"], fates["unchanged"], rejected)


def _written(region_id: int, row: Row, known: dict[tuple[int, str], RegionCode]) -> str:
    fate = "unchanged"
    for scheme in SCHEMES:
        code = row[scheme]
        standing = known.get((region_id, scheme))
        if code is None or (standing and standing.code == code):
            continue
        fate = "changed" if standing or fate == "changed" else "new"
        known[region_id, scheme], _ = RegionCode.objects.update_or_create(
            region_id=region_id, scheme=scheme, defaults={"code": code}
        )
    return fate


def _codes() -> Import:
    """Import the codes that BPS and DJPK give to regions, beside Kemendagri's.

    Mind that systems disagree: BPS 1276 is Kota Binjai, which is 12.75 for Kemendagri.

    \b
    Example:
      kawal import region-codes binjai_kelurahan_kemendagri_bps.csv
    """
    return RegionCodesImport(on=queries.today(timezone.now()))


_codes.columns = RegionCodesImport.columns  # type: ignore[attr-defined]
command = import_command(_codes, name="region-codes")
