"""``kawal reference``: write the documents that are made from the code."""

import sys
from pathlib import Path

import click


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail when a page is out of date.")
def command(check: bool) -> None:
    """Write docs/map.md and docs/reference/ from the code, in the folder of the repository.

    \b
    Example:
      kawal reference
      kawal reference --check
    """
    from kawal.config import reference

    root = Path.cwd()
    if not (root / "pyproject.toml").exists():
        raise click.UsageError("run it in the folder of the repository")
    places = reference.stale(root) if check else reference.write(root)
    for place in places:
        click.echo(f"{place} is out of date; run kawal reference" if check else place)
    sys.exit(bool(places) if check else 0)
