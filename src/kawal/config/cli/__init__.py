"""The one command line, ``kawal``: reads the words, runs the verb, ends with a clear sentence."""

import sys

import click

from kawal.config.cli.lazy import LazyGroup
from kawal.config.cli.verbs import VERBS
from kawal.config.environment import Misconfigured
from kawal.kernel.refusals import NotThere, Refused

root = click.version_option(package_name="kawal", prog_name="kawal")(
    LazyGroup(
        VERBS,
        help="""Kawal: an open command centre and public ledger for a city.

\b
Example:
  kawal run              everything, on http://localhost:8000
  kawal VERB --help      what a verb does, with an example
""",
    )
)


def main() -> None:
    """Run the command line; what the product refuses is a sentence, not a traceback."""
    try:
        root.main(prog_name="kawal")
    except Misconfigured as error:
        _end(str(error))
    except Refused as refused:
        _end("\n".join(f"{reason} {reason.mend}".strip() for reason in refused.reasons))
    except NotThere as error:
        _end(str(error) or "Not there")
    except Exception as error:
        if type(error).__name__ != "OperationalError":  # psycopg's or Django's, not imported here
            raise
        _end(f"The database does not answer: {str(error).strip()}")


def _end(sentence: str) -> None:
    click.echo(f"kawal: {sentence}", err=True)
    sys.exit(1)
