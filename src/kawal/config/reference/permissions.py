"""Who may do what: every act, every role that may do it, and how far each reaches."""

from itertools import groupby

from kawal.regions.facts import Reach
from kawal.regions.permissions import Grant, grants


def page() -> str:
    """Return the reference of the permissions, one table for each module."""
    lines = [
        "# Permissions",
        "",
        "Acts are refused unless a line here grants them to a role that the person holds by an",
        "appointment in force. *Own agency* is the agency of the appointment with the units below",
        "it. An act marked *narrowed* holds only for some objects, which its module's",
        "`permissions.py` names. Roles that only read are granted no act that writes.",
    ]
    for module, acts in groupby(grants(), key=lambda one: one.act.partition(".")[0]):
        lines += ["", f"## {module}", "", "| Act | | Own agency | Every agency |"]
        lines += ["|---|---|---|---|", *map(_row, acts)]
    return "\n".join(lines)


def _row(one: Grant) -> str:
    kind = ("reads" if one.reads else "writes") + (", narrowed" if one.only_if else "")
    cells = [_roles(one, reach) for reach in (Reach.OWN, Reach.ALL)]
    return f"| `{one.act}` | {kind} | {' | '.join(cells)} |"


def _roles(one: Grant, reach: Reach) -> str:
    return ", ".join(sorted(role.value for role, goes in one.reaches.items() if goes is reach))
