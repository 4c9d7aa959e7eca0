"""Every verb of the command line can be found, read and tried."""

import re
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from kawal.config.cli import root
from kawal.config.cli.lazy import load
from kawal.config.cli.verbs import GROUPS, VERBS, Verb


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.words)
def test_each_verb_loads_and_shows_an_example_of_itself(verb: Verb):
    shown = CliRunner().invoke(root, [*verb.path, "--help"], prog_name="kawal")
    assert shown.exit_code == 0, shown.output
    assert re.search(rf"Example:\n\s+(\w+=\S+ )*kawal {verb.words}\b", shown.output), shown.output
    assert type(load(verb)) is not click.Group


def test_help_lists_every_verb_with_its_line():
    shown = CliRunner().invoke(root, ["--help"], prog_name="kawal").output
    for verb in VERBS:
        assert re.search(rf"^  {verb.words} +\S", shown, re.MULTILINE), verb.words


def test_every_group_says_what_it_is():
    assert {verb.path[0] for verb in VERBS if len(verb.path) > 1} <= set(GROUPS)


def test_an_unknown_verb_is_a_sentence():
    result = CliRunner().invoke(root, ["dance"], prog_name="kawal")
    assert (result.exit_code, "No such command 'dance'" in result.output) == (2, True)


def test_help_imports_neither_django_nor_a_driver():
    code = (
        "import sys; sys.argv = ['kawal', '--help']\n"
        "from kawal.config.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "assert not {'django', 'psycopg', 'cryptography'} & set(sys.modules), 'too much imported'"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
