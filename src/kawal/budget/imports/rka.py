"""``kawal import rka``: a workbook of RKA sheets, all of it or nothing."""

import json
from pathlib import Path

import click
from django.utils.translation import gettext

from kawal.budget.imports.rka_intake import Taken, take_in
from kawal.budget.imports.rka_marked import mark
from kawal.kernel.importing.command import NOTHING_READ, sentence
from kawal.kernel.importing.problems import FileProblem
from kawal.kernel.importing.run import SHOWN
from kawal.kernel.importing.sources import Reading
from kawal.kernel.words import N_
from kawal.regions.imports.people import acting_as


@click.command("rka")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=int, required=True, help="The budget year.")
@click.option("--by", required=True, metavar="USERNAME", help="Who drafts: a PPTK of the unit.")
@click.option("--dry-run", is_flag=True, help="Do everything, then take it back.")
@click.option("--sheet", default="", help="Sheet of the workbook [default: the first].")
@click.option(
    "--marked",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the workbook with its faults goes [default: FILE-kesalahan.xlsx].",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def command(
    file: Path, year: int, by: str, dry_run: bool, sheet: str, marked: Path | None, as_json: bool
) -> None:
    """Replace RKA sheets by what a workbook says; with one fault nothing is written.

    The workbook comes back with every bad cell coloured and explained, and a list of all faults.
    Exit code: 0 taken in, 1 refused, 2 nothing was read.

    \b
    Example:
      kawal import rka rka-2027.xlsx --year 2027 --by pptk
    """
    try:
        reading = Reading(sheet=sheet)
        taken = take_in(file, year, actor=acting_as(by), dry_run=dry_run, reading=reading)
    except FileProblem as error:
        click.echo(sentence(error.reason), err=True)
        raise SystemExit(NOTHING_READ) from None
    place = marked or file.with_name(f"{file.stem}-kesalahan.xlsx")
    if taken.is_refused:
        mark(taken.book, place)
    click.echo(json.dumps(_as_dict(taken, place)) if as_json else _as_text(taken, place))
    raise SystemExit(1 if taken.is_refused else 0)


def _as_dict(taken: Taken, place: Path) -> dict[str, object]:
    faults = taken.book.faults
    return {
        "read": taken.read,
        "new": taken.new,
        "changed": taken.changed,
        "unchanged": taken.unchanged,
        "dry_run": taken.dry_run,
        "faults": len(faults),
        "marked": str(place) if faults else None,
        "first_faults": [
            {"line": one.line, "column": one.column, "code": one.reason.code}
            for one in faults[:SHOWN]
        ],
    }


def _as_text(taken: Taken, place: Path) -> str:
    faults = taken.book.faults
    if not faults:
        text = N_(
            "Dibaca %(read)s baris: %(new)s lembar baru, %(changed)s diganti, %(same)s tetap."
        )
        values = {"read": taken.read, "new": taken.new, "changed": taken.changed}
        lines = [gettext(text) % {**values, "same": taken.unchanged}]
        if taken.dry_run:
            lines.append(gettext(N_("Percobaan saja: tidak ada yang disimpan.")))
        return "\n".join(lines)
    text = N_("%(faults)s kesalahan; tidak ada yang disimpan. Buku kerja bertanda: %(path)s")
    lines = [gettext(text) % {"faults": len(faults), "path": place}]
    lines += [
        gettext(N_("  baris %(line)d: %(why)s")) % {"line": one.line, "why": sentence(one.reason)}
        for one in faults[:SHOWN]
    ]
    return "\n".join(lines)
