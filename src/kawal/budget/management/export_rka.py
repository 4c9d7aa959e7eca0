"""``kawal export rka``: the RKA of a year, or of one agency, as a workbook."""

from datetime import date
from pathlib import Path

import click

from kawal.budget import queries
from kawal.budget.presenters import rka_workbook
from kawal.kernel.refusals import NotThere
from kawal.regions import queries as regions


@click.command("rka")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--year", type=int, required=True, help="The budget year.")
@click.option("--unit", default="", metavar="CODE", help="One agency and its units [default: all].")
def command(file: Path, year: int, unit: str) -> None:
    """Write the newest revisions of a year's RKA sheets into a workbook.

    \b
    Example:
      kawal export rka rka-2027.xlsx --year 2027 --unit 1.01.0.00.0.00.01.0000
    """
    queries.year(year)
    standing = queries.standing(year)
    ids = None
    if unit:
        found = next((one.id for one in standing.values() if one.code == unit), None)
        if found is None:
            raise NotThere(f"agency {unit}")
        ids = regions.units_below([found], date(year, 12, 31))[found]
    names = {one.id: (one.code, one.name) for one in standing.values()}
    rows = rka_workbook.write(file, queries.workbook_rows(year, unit_ids=ids), names)
    click.echo(f"{rows} rows in {file}")
