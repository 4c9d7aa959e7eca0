"""``python -m kawal.ui.catalogues update|compile|check [MODULE…]``."""

import click

from kawal.ui.catalogues import compiled, faults, store
from kawal.ui.catalogues.places import modules


@click.group()
def main() -> None:
    """Keep the words of the product: Indonesian in the code, English beside it."""


@main.command()
@click.argument("names", nargs=-1)
def update(names: tuple[str, ...]) -> None:
    """Take today's msgids into the catalogues. Example: update monitoring"""
    known = {place.name for place in modules()}
    if unknown := set(names) - known:
        raise click.UsageError(f"no module {', '.join(sorted(unknown))}")
    for place in modules():
        if not names or place.name in names:
            lacking = store.update(place)
            click.echo(f"{place.name}: {lacking} without English" if lacking else place.name)


@main.command("compile")
def compile_() -> None:
    """Make the compiled files that are missing or old. Example: compile"""
    click.echo(f"{compiled.compile_all()} compiled")


@main.command()
@click.argument("names", nargs=-1)
def check(names: tuple[str, ...]) -> None:
    """Say what is untranslated, unmarked or out of date. Example: check monitoring"""
    found = faults.all_faults(list(names))
    for fault in found:
        click.echo(fault)
    raise SystemExit(bool(found))


main()
