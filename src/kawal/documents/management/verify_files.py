"""``kawal verify files``: read every kept file and compare it with its hash."""

import json
import sys
from dataclasses import asdict

import click
from django.utils.translation import gettext as _

from kawal.documents.facts import FilesVerdict
from kawal.documents.verification import verify
from kawal.kernel.words import N_

TEXTS = {"missing": N_("berkas hilang"), "changed": N_("isi berkas telah berubah")}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(as_json: bool) -> None:
    """Read every kept file and compare it with the hash of its documents.

    Ends with 1 when a file is missing or changed. Files of no document (an upload that failed) are
    listed and harm nothing.

    \b
    Example:
      kawal verify files
      kawal verify files --json
    """
    verdict = verify()
    click.echo(json.dumps(asdict(verdict), indent=2) if as_json else _text(verdict))
    if verdict.faults:
        sys.exit(1)


def _text(verdict: FilesVerdict) -> str:
    lines = [
        f"! {fault.sha256}: {_(TEXTS[fault.code])}: {'; '.join(fault.documents)}"
        for fault in verdict.faults
    ]
    lines += [_("- tanpa dokumen: %(path)s") % {"path": path} for path in verdict.orphans]
    summary = _("%(documents)s dokumen, %(files)s berkas diperiksa, %(faults)s kesalahan.")
    values = {"documents": verdict.documents, "files": verdict.files}
    return "\n".join([*lines, summary % (values | {"faults": len(verdict.faults)})])
