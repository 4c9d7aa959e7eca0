"""``kawal user password``: give a login a password, and end its wait after failures."""

import click

from kawal.identity import actions
from kawal.identity.management import asking


@click.command()
@click.argument("username")
@asking.from_stdin
def command(username: str, password_stdin: bool) -> None:
    """Give the login USERNAME a password that its owner must replace; its sessions end.

    Without --password-stdin a temporary one is made and printed once. It also ends the wait that
    failed sign-ins have brought on.

    \b
    Example:
      kawal user password siti
    """
    login = asking.login_named(username)
    password, made = asking.password(password_stdin)
    actions.set_password(login.id, password)
    asking.record("user password", "login", login.id)
    click.echo(f"Login {login.username} has a new password")
    asking.show_password(password, made)
