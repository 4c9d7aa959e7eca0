"""``kawal verify trail``: recompute the public log and name every fault."""

import json
import sys
from typing import TextIO

import click
from django.conf import settings
from django.utils.translation import gettext as _

from kawal.trail import witness
from kawal.trail.facts import Fault, Verdict
from kawal.trail.verification import MOST_FAULTS, verify


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--heads",
    type=click.File("r"),
    help="Heads that you kept (one JSON object a line); the log must still contain them.",
)
def command(as_json: bool, heads: TextIO | None) -> None:
    """Recompute every leaf, hash, tree and head of the public log from the tables.

    Also compared: the heads remembered in KAWAL_HOME/trail. Ends with 1 when anything is wrong.

    \b
    Example:
      kawal verify trail
      kawal verify trail --json --heads heads-i-kept.jsonl
    """
    known = witness.kept(settings.HOME / "trail") + witness.parse(heads or ())
    verdict = verify(known)
    click.echo(_json(verdict) if as_json else _text(verdict))
    if verdict.faults:
        sys.exit(1)


def _json(verdict: Verdict) -> str:
    return json.dumps(
        {
            "entries": verdict.entries,
            "waiting": verdict.waiting,
            "logs": [
                {"origin": head.origin, "size": head.size, "root": head.root.hex()}
                for head in verdict.logs
            ],
            "faults": [
                {
                    "code": fault.code,
                    "text": _(fault.text),
                    "entry": fault.number,
                    "document": fault.document,
                    "detail": fault.detail,
                }
                for fault in verdict.faults
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def _text(verdict: Verdict) -> str:
    lines = [f"{head.origin}  {head.size}  {head.root.hex()}" for head in verdict.logs]
    lines += [_line(fault) for fault in verdict.faults]
    if len(verdict.faults) == MOST_FAULTS:
        lines.append(_("… dan seterusnya."))
    lines.append(
        _("%(entries)s entri diperiksa, %(waiting)s menunggu tempat, %(faults)s kesalahan.")
        % {
            "entries": verdict.entries,
            "waiting": verdict.waiting,
            "faults": len(verdict.faults),
        }
    )
    return "\n".join(lines)


def _line(fault: Fault) -> str:
    place = f"#{fault.number} " if fault.number is not None else ""
    detail = f" ({fault.detail})" if fault.detail else ""
    return f"! {place}{fault.document}: {_(fault.text)}{detail}"
