"""``kawal restore FILE``: a backup back into an empty database."""

import json
from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what was restored as JSON.")
def command(file: Path, as_json: bool) -> None:
    """Bring a backup back into an empty database, compare it, and bring it up to date.

    A database that holds tables is refused: take a new KAWAL_HOME, or a new database in
    DATABASE_URL and DATABASE_OWNER_URL. Afterwards put the old KAWAL_HOME/keys in its place.

    \b
    Example:
      KAWAL_HOME=/srv/kawal-restored kawal restore /backup/kawal-2026-11-24.tar
    """
    from django.core.management import call_command

    from kawal.config import environment
    from kawal.config.backup.back import restore
    from kawal.config.cli.opening import current

    home = environment.home()
    environment.make_home(home)
    restored = restore(current(), home, file)
    call_command("migrate", interactive=False, verbosity=0)  # also gives the rights anew
    if as_json:
        facts = {"tables": restored.tables, "rows": restored.rows, "files": restored.files}
        click.echo(json.dumps(facts | {"warnings": restored.warnings}))
        return
    click.echo(
        f"{restored.tables} tables, {restored.rows} rows and {restored.files} files restored; "
        "each table is as it was backed up"
    )
    for warning in restored.warnings:
        click.echo(f"Attention: {warning}", err=True)
