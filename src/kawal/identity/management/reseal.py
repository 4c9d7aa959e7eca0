"""``kawal user reseal``: move all sealed data to the newest key."""

import click

from kawal.identity.actions.resealing import keys_in_ring, reseal
from kawal.identity.management import asking
from kawal.identity.sealing import Unsealable


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(as_json: bool) -> None:
    """Seal every NIP, NIK, telephone number and second factor again, with the newest key.

    To rotate: put a new key in front of the old one (first line of KAWAL_HOME/keys/seal, or first
    in KAWAL_SEAL_KEYS), restart, run this, then remove the old key and restart. Backups made
    before still need the old key: keep it as long as you keep them.

    \b
    Example:
      kawal user reseal
    """
    try:
        moved = reseal()
    except Unsealable as error:
        raise click.ClickException(f"{error}; what had its key is moved") from error
    asking.record("user reseal", "key", "")
    if as_json:
        asking.echo_json({"moved": moved, "keys": keys_in_ring()})
        return
    for table, rows in moved.items():
        click.echo(f"{table:<28} {rows} rows moved")
    if keys_in_ring() > 1:
        click.echo("All is under the newest key; the others may leave the ring.")
