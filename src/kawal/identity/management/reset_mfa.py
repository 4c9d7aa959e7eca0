"""``kawal user reset-mfa``: take a login's second factors away."""

import click

from kawal.identity import actions
from kawal.identity.management import asking


@click.command()
@click.argument("username")
def command(username: str) -> None:
    """Take all second factors of the login USERNAME away, for an owner who lost them.

    Its sessions end. Who needs a second factor is led to set one up at the next sign-in.

    \b
    Example:
      kawal user reset-mfa siti
    """
    login = asking.login_named(username)
    gone = actions.reset_factors(login.id)
    asking.record("user reset-mfa", "login", login.id)
    click.echo(f"Login {login.username}: {gone} second factors removed")
