"""``kawal import boundaries``: outlines of regions from GeoJSON."""

from collections.abc import Sequence
from datetime import date, datetime

import click
from django.utils import timezone

from kawal.kernel.importing import Column, Import, Row, Written, import_command
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.regions import queries
from kawal.regions.imports.cells import any_code
from kawal.regions.models import RegionCode, RegionShape
from kawal.regions.queries.regions import versions
from kawal.regions.shapes.outlines import NotAnOutline, Outline, outline_of

FIELDS = ("path", "label_x", "label_y", "west", "north", "east", "south", "source")


class BoundariesImport(Import):
    """Outlines by Kemendagri's code; by BPS's where the codes have been imported."""

    columns = (
        Column(
            "code",
            N_("Kode"),
            (
                "kode wilayah",
                "village code",
                "kode desa",
                "kode bps",
                "district code",
                "regency code",
                "id",
            ),
            any_code,
            required=True,
        ),
    )
    with_geometry = True
    batch = 50

    def __init__(self, *, on: date, source: str, at: datetime) -> None:
        self.on, self.source, self.at = on, source, at

    def write(self, rows: Sequence[Row]) -> Written:
        """Write the outlines of a batch."""
        ids = self._regions([row["code"] for row in rows])
        known = {r.region_id: r for r in RegionShape.objects.filter(region_id__in=ids.values())}
        fates = {"new": 0, "changed": 0, "unchanged": 0}
        rejected: list[tuple[int, Sequence[Reason]]] = []
        for row in rows:
            region_id = ids.get(row["code"])
            try:
                outline = outline_of(row.geometry or {})
            except NotAnOutline as error:
                rejected.append((row.line, [error.reason]))
                continue
            if region_id is None:
                rejected.append((row.line, [_unknown(row["code"])]))
                continue
            fates[self._written(region_id, outline, known)] += 1
        return Written(fates["new"], fates["changed"], fates["unchanged"], rejected)

    def _regions(self, codes: Sequence[str]) -> dict[str, int]:
        """Return the region of each code: dots for Kemendagri's, digits alone for BPS's.

        Two digits are a province in both systems, and the same one.
        """
        own = dict(versions(self.on).filter(code__in=codes).values_list("code", "region_id"))
        other = RegionCode.objects.filter(scheme="bps", code__in=set(codes) - set(own))
        return dict(other.values_list("code", "region_id")) | own

    def _written(self, region_id: int, outline: Outline, known: dict[int, RegionShape]) -> str:
        values = {
            "path": outline.path,
            "label_x": outline.label[0],
            "label_y": outline.label[1],
            "west": outline.west,
            "north": outline.north,
            "east": outline.east,
            "south": outline.south,
            "source": self.source,
        }
        standing = known.get(region_id)
        if standing and all(getattr(standing, field) == values[field] for field in FIELDS):
            return "unchanged"
        values |= {"imported_at": self.at}
        known[region_id], is_new = RegionShape.objects.update_or_create(
            region_id=region_id, defaults=values
        )
        return "new" if is_new else "changed"


def _unknown(code: str) -> Reason:
    if "." in code or len(code) == 2:
        text, mend = N_("Wilayah %(code)s belum tercatat."), N_("Impor dahulu wilayahnya.")
    else:
        text = N_("Kode BPS %(code)s belum dipetakan ke kode Kemendagri.")
        mend = N_("Impor dahulu padanannya: kawal import region-codes BERKAS.csv")
    return Reason("regions.no_region", text, at="Kode", mend=mend, values={"code": code})


@click.option("--source", required=True, help="Who made the boundaries, shown under the map.")
def _boundaries(source: str) -> Import:
    """Import the outlines of regions from a GeoJSON FeatureCollection (WGS 84).

    Rings that simplification has tangled are repaired; points that no screen shows are left out.

    \b
    Example:
      kawal import boundaries binjai_kelurahan.geojson --source "Ditjen Bina Adwil"
    """
    at = timezone.now()
    return BoundariesImport(on=queries.today(at), source=source[:200], at=at)


_boundaries.columns = BoundariesImport.columns  # type: ignore[attr-defined]
command = import_command(_boundaries, name="boundaries")
