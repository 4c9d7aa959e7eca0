"""``kawal migrate``: bring the database up to date, as its owner."""

import click


@click.command()
def command() -> None:
    """Bring the database's tables up to date and give the serving role its rights.

    Runs as the owner's role: DATABASE_OWNER_URL, or the embedded server's kawal_owner. Running it
    again changes nothing.

    \b
    Example:
      kawal migrate
    """
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
