"""``kawal import holidays``: the days on which the offices are closed."""

from collections.abc import Sequence

import click

from kawal.kernel.importing import Column, Import, Row, Written, import_command
from kawal.kernel.importing.parsing import at_most, day, yes_or_no
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.regions.models import Holiday


def _joint(cell: str) -> bool:
    words = cell.casefold()
    return True if "cuti" in words else False if "libur" in words else yes_or_no(cell)


class HolidaysImport(Import):
    """Holidays by date; a date has one name."""

    columns = (
        Column("day", N_("Tanggal"), ("date", "hari", "holiday date"), day, required=True),
        Column(
            "name",
            N_("Nama"),
            ("keterangan", "hari libur", "holiday", "holiday name", "description"),
            at_most(120),
            required=True,
        ),
        Column(
            "joint_leave",
            N_("Cuti bersama"),
            ("jenis", "kind", "is joint leave"),
            _joint,
            default=False,
        ),
        Column("basis", N_("Dasar hukum"), ("legal basis", "dasar"), at_most(200)),
    )

    def __init__(self, *, basis: str) -> None:
        self.basis = basis
        self.seen: set[object] = set()

    def check(self, row: Row) -> Sequence[Reason]:
        """Refuse a second name for the same day of the file."""
        if row["day"] in self.seen:
            text = N_("Tanggal ini sudah ada di baris sebelumnya.")
            return [Reason("regions.double", text, at="Tanggal")]
        self.seen.add(row["day"])
        return ()

    def write(self, rows: Sequence[Row]) -> Written:
        """Write the holidays of a batch."""
        known = {h.day: h for h in Holiday.objects.filter(day__in=[row["day"] for row in rows])}
        fates = {"new": 0, "changed": 0, "unchanged": 0}
        for row in rows:
            values = {
                "name": row["name"],
                "is_joint_leave": bool(row["joint_leave"]),
                "legal_basis": row["basis"] or self.basis,
                "cancelled_by": "",
            }
            standing = known.get(row["day"])
            if standing is None:
                Holiday.objects.create(day=row["day"], **values)
                fates["new"] += 1
            elif any(getattr(standing, name) != value for name, value in values.items()):
                Holiday.objects.filter(day=row["day"]).update(**values)
                fates["changed"] += 1
            else:
                fates["unchanged"] += 1
        return Written(fates["new"], fates["changed"], fates["unchanged"])


@click.option("--basis", required=True, help="The decree, for rows that do not name their own.")
def _holidays(basis: str) -> Import:
    """Import holidays and joint leave; a day imported before gets its new name.

    \b
    Example:
      kawal import holidays libur_2027.csv --basis "SKB 3 Menteri 2027"
    """
    return HolidaysImport(basis=basis[:200])


_holidays.columns = HolidaysImport.columns  # type: ignore[attr-defined]
command = import_command(_holidays, name="holidays")
