"""``kawal backup FILE``: the database and the files into one archive."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what was backed up as JSON.")
def command(file: Path, as_json: bool) -> None:
    """Write the database and the kept files into FILE, while the product runs.

    The archive says what it holds, with the SHA-256 of each part and the rows of each table. The
    keys are not in it: keep a copy of KAWAL_HOME/keys apart, for without keys/seal nobody can read
    NIK and NIP again.

    \b
    Example:
      kawal backup /backup/kawal-2026-11-24.tar
    """
    from kawal.config import environment
    from kawal.config.backup.make import make
    from kawal.config.cli.opening import current

    home = environment.home()
    at = datetime.now(UTC)
    manifest = make(current(), home, file, deployment=environment.deployment(), at=at)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    size = file.stat().st_size
    if as_json:
        facts = {"file": str(file), "bytes": size, "made_at": at.isoformat(), "rows": rows}
        click.echo(json.dumps(facts | {"tables": len(manifest["tables"])}))
        return
    click.echo(f"{file}: {len(manifest['tables'])} tables, {rows} rows, {size} bytes")
    click.echo(f"The keys are not in it: keep a copy of {home / 'keys'} apart.")
