"""``kawal user found``: the two persons with whom an empty deployment begins."""

import click
from django.db import transaction

from kawal.identity import queries
from kawal.identity.facts import PersonDraft
from kawal.identity.management import asking
from kawal.identity.management.add import enter


@click.command()
@click.option(
    "--founder",
    "founders",
    nargs=3,
    type=str,
    multiple=True,
    required=True,
    metavar="USERNAME NAME EMAIL",
    help="Give it twice: nobody appoints himself, so there must be two.",
)
def command(founders: tuple[tuple[str, str, str], ...]) -> None:
    """Create the two founding persons, each with a login and a temporary password.

    They hold no power yet; kawal init appoints them.

    \b
    Example:
      kawal user found --founder rina "Rina Sari" rina@kota.go.id \\
                       --founder budi "Budi Santoso" budi@kota.go.id
    """
    if len(founders) != 2:
        raise click.UsageError("Give --founder twice.")
    with transaction.atomic():
        if queries.find_people("", limit=1):
            raise click.ClickException("there are persons already: add others with kawal user add")
        made = [(founder, asking.password(given=False)) for founder in founders]
        logins = [
            enter(PersonDraft(name=name, email=email), username, password)
            for (username, name, email), (password, _) in made
        ]
    for login, (_, (password, _)) in zip(logins, made, strict=True):
        click.echo(f"Person {login.person_id}, login {login.username}")
        asking.show_password(password, made=True)
