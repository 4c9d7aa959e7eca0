"""``kawal user close``: close a login and end its sessions."""

import click
from django.utils import timezone

from kawal.identity import actions
from kawal.identity.management import asking


@click.command()
@click.argument("username")
def command(username: str) -> None:
    """Close the login USERNAME; its sessions end at once, its person stays.

    \b
    Example:
      kawal user close siti
    """
    login = asking.login_named(username)
    actions.close_login(login.id, at=timezone.now())
    asking.record("user close", "login", login.id)
    click.echo(f"Login {login.username} is closed")
