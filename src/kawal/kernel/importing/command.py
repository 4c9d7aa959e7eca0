"""The same command line for every import: one decorator turns an import into a click command."""

import functools
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext

from kawal.kernel.importing.batches import Import
from kawal.kernel.importing.problems import FileProblem
from kawal.kernel.importing.run import SHOWN, Options, Progress, Summary, run
from kawal.kernel.importing.sources import Reading
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

NOTHING_READ = 2

OPTIONS = (
    click.argument("file", type=click.Path(path_type=Path)),
    click.option("--dry-run", is_flag=True, help="Do everything, then take it back."),
    click.option(
        "--map",
        "mapped",
        multiple=True,
        metavar="COLUMN=HEADER",
        help="Read a column from the header of that name; may be given more than once.",
    ),
    click.option(
        "--rejects",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Where rejected rows go [default: FILE-ditolak.csv].",
    ),
    click.option("--encoding", default="", help="Text encoding, where it cannot be found out."),
    click.option("--delimiter", default="", help="Column delimiter of a CSV file."),
    click.option("--sheet", default="", help="Sheet of a workbook [default: the first]."),
    click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON."),
    click.option("--quiet", is_flag=True, help="No progress bar."),
)


def import_command(make: Callable[..., Import], **attributes: Any) -> click.Command:
    """Return the command of an import; ``make`` gets the import's own options, if it has any.

    Its docstring is the help. Exit code: 0 no row rejected, 1 some rejected, 2 nothing was read.
    """

    @functools.wraps(make)
    def command(
        file: Path,
        dry_run: bool,
        mapped: tuple[str, ...],
        rejects: Path | None,
        encoding: str,
        delimiter: str,
        sheet: str,
        as_json: bool,
        quiet: bool,
        **own: Any,
    ) -> None:
        reading = Reading(encoding, delimiter, sheet)
        try:
            options = Options(dry_run, _pairs(mapped), reading, rejects)
            with _bar(file, hidden=quiet or as_json or not sys.stderr.isatty()) as progress:
                summary = run(make(**own), file, options, progress)
        except FileProblem as error:
            _say_problem(error.reason, as_json=as_json)
            raise SystemExit(NOTHING_READ) from None
        click.echo(json.dumps(as_dict(summary)) if as_json else as_text(summary))
        raise SystemExit(summary.exit_code)

    for option in reversed(OPTIONS):
        command = option(command)
    columns = ", ".join(_column_names(make))
    epilog = f"Columns: {columns}." if columns else None
    made: click.Command = click.command(**{"epilog": epilog} | attributes)(command)
    return made


def as_dict(summary: Summary) -> dict[str, object]:
    """Return the summary as JSON tells it."""
    return {
        "read": summary.read,
        "new": summary.new,
        "changed": summary.changed,
        "unchanged": summary.unchanged,
        "rejected": summary.rejected,
        "dry_run": summary.dry_run,
        "rejects_file": str(summary.rejects_file) if summary.rejects_file else None,
        "ignored_columns": list(summary.ignored),
        "notes": list(summary.notes),
        "warnings": [
            {"code": one.code, "text": sentence(one), "values": _plain(one.values)}
            for one in summary.warnings
        ],
        "first_rejected": [
            {"line": line, "reasons": [{"code": r.code, "text": sentence(r)} for r in reasons]}
            for line, reasons in summary.shown
        ],
    }


def as_text(summary: Summary) -> str:
    """Return the summary for people."""
    lines = [
        gettext(
            N_(
                "Dibaca %(read)d: baru %(new)d, berubah %(changed)d, tetap %(unchanged)d, "
                "ditolak %(rejected)d."
            )
        )
        % {
            "read": summary.read,
            "new": summary.new,
            "changed": summary.changed,
            "unchanged": summary.unchanged,
            "rejected": summary.rejected,
        }
    ]
    if summary.dry_run:
        lines.append(gettext(N_("Percobaan saja: tidak ada yang disimpan.")))
    if summary.ignored:
        names = ", ".join(summary.ignored)
        lines.append(gettext(N_("Kolom yang tidak dipakai: %(names)s.")) % {"names": names})
    lines += [gettext(N_("Peringatan: %(why)s")) % {"why": sentence(w)} for w in summary.warnings]
    lines += _rejected_lines(summary)
    return "\n".join(lines)


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    """Return values for JSON: amounts as texts, so that no reader makes them binary fractions."""
    return {key: value if isinstance(value, int) else str(value) for key, value in values.items()}


def _rejected_lines(summary: Summary) -> Iterator[str]:
    for line, reasons in summary.shown:
        why = "; ".join(map(sentence, reasons))
        yield gettext(N_("  baris %(line)d: %(why)s")) % {"line": line, "why": why}
    if summary.rejected > SHOWN:
        more = summary.rejected - SHOWN
        yield gettext(N_("  dan %(more)d baris lagi")) % {"more": more}
    if summary.rejects_file:
        path = summary.rejects_file
        yield gettext(N_("Baris yang ditolak: %(path)s")) % {"path": path}


def sentence(reason: Reason) -> str:
    """Return a reason in the language of the reader, with the column it is about."""
    text = gettext(reason.text)
    text = text % reason.values if reason.values else text
    return f"{gettext(reason.at)}: {text}" if reason.at else text


def _say_problem(reason: Reason, *, as_json: bool) -> None:
    if as_json:
        error = {"code": reason.code, "text": sentence(reason), "mend": gettext(reason.mend)}
        click.echo(json.dumps({"error": error}))
        return
    click.echo(sentence(reason), err=True)
    if reason.mend:
        click.echo(gettext(reason.mend) % reason.values, err=True)


def _pairs(mapped: tuple[str, ...]) -> Mapping[str, str]:
    pairs = [pair.partition("=") for pair in mapped]
    if wrong := [ours for ours, equals, theirs in pairs if not (ours and equals and theirs)]:
        raise click.BadParameter(f"{wrong[0]}: write COLUMN=HEADER", param_hint="--map")
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


@contextmanager
def _bar(file: Path, *, hidden: bool) -> Iterator[Progress]:
    with click.progressbar(length=1000, label=file.name, file=sys.stderr, hidden=hidden) as bar:

        def show(done: int, whole: int) -> None:
            bar.update(max(0, min(1000, 1000 * done // max(1, whole)) - bar.pos))

        yield show


def _column_names(make: Callable[..., Import]) -> list[str]:
    columns = getattr(make, "columns", ())
    return [f"{c.name}{'' if c.required else ' (optional)'}" for c in columns]
