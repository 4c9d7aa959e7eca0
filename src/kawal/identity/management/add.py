"""``kawal user add``: enter a person and open a login."""

import click
from django.db import transaction
from django.utils import timezone

from kawal.identity import actions
from kawal.identity.facts import LoginFacts, PersonDraft
from kawal.identity.management import asking


@click.command()
@click.argument("username")
@click.option("--name", required=True, help="Full name without titles.")
@click.option("--title-before", default="", help='Such as "Drs.".')
@click.option("--title-after", default="", help='Such as "M.Si.".')
@click.option("--email", default="", help="The person's own address.")
@click.option("--nip", default="", help="18 digits.")
@click.option("--nik", default="", help="16 digits.")
@asking.from_stdin
def command(username: str, password_stdin: bool, **draft: str) -> None:
    """Enter a person and open a login named USERNAME.

    Without --password-stdin a temporary password is made and printed once.

    \b
    Example:
      kawal user add siti --name "Siti Rahmawati" --email siti@kota.go.id
    """
    password, made = asking.password(password_stdin)
    opened = enter(PersonDraft(**draft), username, password)
    click.echo(f"Person {opened.person_id}, login {opened.username}")
    asking.show_password(password, made)


@transaction.atomic
def enter(draft: PersonDraft, username: str, password: str) -> LoginFacts:
    """Enter a person and open his login: both or neither.

    :raises Refused: with every reason.
    """
    at = timezone.now()
    person = actions.register_person(draft, at=at)
    opened = actions.open_login(person.id, username, at=at, password=password)
    asking.record("user add", "person", person.id)
    return opened
