"""A click group that reads its verbs from the table and imports one only when it is used."""

import copy
import functools
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import click

from kawal.config.cli.opening import opened, prepare
from kawal.config.cli.verbs import GROUPS, Verb


class LazyGroup(click.Group):
    """Verbs below some words of the table; ``path`` is empty for the root."""

    def __init__(self, verbs: Iterable[Verb], path: tuple[str, ...] = (), **attrs: Any) -> None:
        super().__init__(name=path[-1] if path else None, no_args_is_help=True, **attrs)
        depth = len(path)
        self.path = path
        self.verbs = {verb.path: verb for verb in verbs if verb.path[:depth] == path}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the next words, sorted."""
        return sorted({words[len(self.path)] for words in self.verbs})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb, or open the next group; ``None`` for an unknown word."""
        words = (*self.path, cmd_name)
        if verb := self.verbs.get(words):
            return load(verb)
        below = [verb for path, verb in self.verbs.items() if path[: len(words)] == words]
        return LazyGroup(below, words, help=GROUPS[" ".join(words)]) if below else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List every verb below with its one line; nothing is imported for it."""
        rows = [
            (" ".join(path[len(self.path) :]), verb.says)
            for path, verb in sorted(self.verbs.items())
        ]
        with formatter.section("Verbs"):
            formatter.write_dl(rows)


def load(verb: Verb) -> click.Command:
    """Import the verb's command; when it is called, what it needs is opened around it."""
    prepare(verb.opens)
    module, _, name = verb.target.partition(":")
    command = copy.copy(getattr(import_module(module), name))
    command.name = verb.path[-1]
    callback = command.callback

    @functools.wraps(callback)
    def within(*args: Any, **options: Any) -> Any:
        with opened(verb.opens):
            return callback(*args, **options)

    command.callback = within
    return command  # type: ignore[no-any-return]
