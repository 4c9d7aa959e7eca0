"""Every verb of the command line, with its help."""

import click

from kawal.config.cli.lazy import load
from kawal.config.cli.verbs import GROUPS, VERBS, Verb


def page() -> str:
    """Return the reference of the command line."""
    parts = ["# Commands", ""]
    parts += [f"- [`kawal {v.words}`](#{_anchor(v)}): {v.says}" for v in _sorted()]
    group = ""
    for verb in _sorted():
        if len(verb.path) > 1 and verb.path[0] != group:
            group = verb.path[0]
            parts += ["", f"## kawal {group} ...", "", f"{GROUPS[group]}."]
        parts += ["", *_section(verb)]
    return "\n".join(parts)


def _sorted() -> list[Verb]:
    return sorted(VERBS, key=lambda verb: (len(verb.path) > 1, verb.path))


def _anchor(verb: Verb) -> str:
    return f"kawal-{'-'.join(verb.path)}"


def _section(verb: Verb) -> list[str]:
    """Return the verb's help as it is printed, at a width that no terminal changes."""
    context = click.Context(
        load(verb), info_name=f"kawal {verb.words}", terminal_width=96, max_content_width=96
    )
    depth = "##" if len(verb.path) == 1 else "###"
    return [f"{depth} kawal {verb.words}", "", "```text", context.get_help(), "```"]
