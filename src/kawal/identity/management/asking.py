"""What the verbs of ``kawal user`` share: the login meant, a password, the line in the log."""

import getpass
import json
import secrets
import sys
from typing import Any

import click
from django.utils import timezone

from kawal.identity import access, queries
from kawal.identity.facts import LoginFacts
from kawal.kernel.refusals import NotThere

from_stdin = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the standard input."
)


def login_named(username: str) -> LoginFacts:
    """Return the login of this name.

    :raises NotThere: when there is none.
    """
    found = queries.login_named(username)
    if found is None:
        raise NotThere(f"no login {username!r}; kawal user list shows them")
    return found


def password(given: bool) -> tuple[str, bool]:
    """Return a password and whether it was made here; one never stands on the command line."""
    if given:
        return sys.stdin.readline().rstrip("\n"), False
    return f"sementara-{secrets.token_urlsafe(9)}", True


def show_password(text: str, made: bool) -> None:
    """Print a password that was made here, once."""
    if made:
        click.echo(f"Temporary password (shown once, to be replaced at first sign-in): {text}")


def record(what: str, kind: str, id: object) -> None:
    """Note in the access log what was done at the command line, and by which system user."""
    access.record(None, f"cli:{getpass.getuser()} {what}", kind, id, at=timezone.now())


def echo_json(value: Any) -> None:
    """Print one JSON value."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
