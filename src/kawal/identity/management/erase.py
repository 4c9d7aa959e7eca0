"""``kawal user erase``: forget who a person was."""

import click
from django.utils import timezone

from kawal.identity import actions, queries
from kawal.identity.management import asking


@click.command()
@click.argument("person_id", type=int, metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(person_id: int, yes: bool) -> None:
    """Erase name, numbers, address and logins of the person ID (UU 27/2022, Ps 8 and 16).

    The number ID stays in the books and in the access log, nameless. What is published in the
    public log stays there. A module that must keep the person by law refuses, with its reasons.

    \b
    Example:
      kawal user erase 42
    """
    person = queries.person(person_id)
    if not yes:
        click.confirm(f"Erase {person.full_name} for ever?", abort=True)
    actions.erase_person(person_id, at=timezone.now())
    asking.record("user erase", "person", person_id)
    click.echo(f"Person {person_id} is erased")
