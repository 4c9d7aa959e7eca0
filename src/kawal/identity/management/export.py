"""``kawal user export``: all that is held on a person, for that person."""

import dataclasses

import click
from django.utils import timezone

from kawal.identity import queries
from kawal.identity.management import asking


@click.command()
@click.argument("person_id", type=int, metavar="ID")
def command(person_id: int) -> None:
    """Print as JSON all that is held on the person ID, and who saw it (UU 27/2022, Ps 7 and 13).

    The numbers are in plain: hand the file to the person and to nobody else.

    \b
    Example:
      kawal user export 42 > siti.json
    """
    held = queries.held(person_id, at=timezone.now())
    asking.record("user export", "person", person_id)
    asking.echo_json(
        {
            "person": dataclasses.asdict(held.person),
            "held": {title: dict(rows) for title, rows in held.groups.items()},
            "seen_by": [
                dataclasses.asdict(line)
                for line in queries.accesses_to("person", person_id, limit=10_000)
            ],
            "did": [
                dataclasses.asdict(line)
                for line in queries.accesses(person_id=person_id, limit=10_000)
            ],
        }
    )
