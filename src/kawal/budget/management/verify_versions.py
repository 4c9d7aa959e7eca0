"""``kawal verify versions``: take every sum and digest of enacted budgets again, from the rows."""

import json
import sys
from dataclasses import asdict

import click
from django.utils.translation import gettext as _

from kawal.budget import queries
from kawal.budget.facts import VersionFault


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(as_json: bool) -> None:
    """Take the sums and digests of every version again and compare them with the public log.

    Names each version, sheet and value that is not what was enacted, and ends with 1 when there
    is one. Amounts are rupiah.

    \b
    Example:
      kawal verify versions
      kawal verify versions --json
    """
    (versions, revisions), faults = queries.verified_counts(), list(queries.version_faults())
    click.echo(_json(versions, faults) if as_json else _text(versions, revisions, faults))
    if faults:
        sys.exit(1)


def _json(versions: int, faults: list[VersionFault]) -> str:
    told = {"versions": versions, "faults": [asdict(fault) for fault in faults]}
    return json.dumps(told, indent=2)


def _text(versions: int, revisions: int, faults: list[VersionFault]) -> str:
    told = [
        _("! versi %(version)s, %(place)s, %(what)s: tersimpan %(stored)s, seharusnya %(found)s")
        % asdict(fault)
        for fault in faults
    ]
    summary = _("%(versions)s versi dan %(revisions)s rancangan diperiksa, %(faults)s selisih.")
    counts = {"versions": versions, "revisions": revisions, "faults": len(faults)}
    return "\n".join([*told, summary % counts])
