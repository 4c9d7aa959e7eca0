"""``kawal user list``: the logins, and whose they are."""

import dataclasses

import click

from kawal.identity import queries
from kawal.identity.management import asking


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@click.option("--open", "only_open", is_flag=True, help="Only logins that are open.")
def command(as_json: bool, only_open: bool) -> None:
    """List the logins: name, person, state, second factor, last sign-in.

    \b
    Example:
      kawal user list --open
      kawal user list --json
    """
    logins = [login for login in queries.all_logins() if login.is_active or not only_open]
    names = queries.names(login.person_id for login in logins)
    if as_json:
        asking.echo_json(
            [dataclasses.asdict(login) | {"name": names[login.person_id]} for login in logins]
        )
        return
    for login in logins:
        marks = [
            "open" if login.is_active else "closed",
            "second factor" if login.has_second_factor else "password only",
            *(["demo"] if login.is_demo else []),
        ]
        seen = f"{login.last_login:%Y-%m-%d %H:%M}Z" if login.last_login else "never signed in"
        who = f"{names[login.person_id]} ({login.person_id})"
        click.echo(f"{login.username:<20} {who:<40} {', '.join(marks)}; {seen}")
