"""``kawal verify funds``: add up every entry and compare the sums with the lines' balances."""

import json
import sys
from dataclasses import asdict

import click
from django.utils.translation import gettext as _

from kawal.budget import queries
from kawal.budget.facts import FundsFault
from kawal.kernel.words import N_

BALANCE_LABELS = {
    "ceiling": N_("pagu"),
    "released": N_("SPD"),
    "reserved": N_("permintaan pembayaran"),
    "committed": N_("komitmen"),
    "paid": N_("dibayar"),
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(as_json: bool) -> None:
    """Add up the entries of every budget line and name each balance that differs.

    Ends with 1 when one differs. Amounts are rupiah.

    \b
    Example:
      kawal verify funds
      kawal verify funds --json
    """
    lines, faults = queries.funded_lines(), list(queries.differences())
    click.echo(_json(lines, faults) if as_json else _text(lines, faults))
    if faults:
        sys.exit(1)


def _json(lines: int, faults: list[FundsFault]) -> str:
    told = {"lines": lines, "faults": [asdict(fault) for fault in faults]}
    return json.dumps(told, default=str, indent=2)


def _text(lines: int, faults: list[FundsFault]) -> str:
    told = [
        _("! rincian %(line)s, %(balance)s: tersimpan %(stored)s, menurut entri %(entries)s")
        % {
            "line": fault.line_id,
            "balance": _(BALANCE_LABELS[fault.balance]),
            "stored": fault.stored,
            "entries": fault.entries,
        }
        for fault in faults
    ]
    summary = _("%(lines)s rincian diperiksa, %(faults)s selisih.")
    return "\n".join([*told, summary % {"lines": lines, "faults": len(faults)}])
