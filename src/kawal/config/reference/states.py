"""The states of every document and what takes it from one to the next, read from the code."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from kawal.kernel.machines import Machine, Move, machines


def page() -> str:
    """Return the reference of the states, one table for each document."""
    lines = [
        "# States",
        "",
        "What is not in a document's table the database refuses, whoever asks. A step needs the",
        "act beside it (see `permissions.md`); where none stands, who may take it depends on the",
        "document, or another document, a job or the bank takes it.",
    ]
    with override("en"):
        for machine in machines():
            lines += ["", f"## {machine.document}", "", *_table(machine)]
    return "\n".join(lines)


def _table(machine: Machine) -> list[str]:
    names = ", ".join(f"`{state}` {_(label)}" for state, label in machine.labels.items())
    ends = ", ".join(f"`{state}`" for state in machine.labels if state in machine.ends)
    return [
        f"{machine.basis}. States: {names}. Begins as `{machine.first}`; ends as {ends}.",
        "",
        "| From | Step | To | Act |",
        "|---|---|---|---|",
        *map(_row, machine.moves),
    ]


def _row(move: Move) -> str:
    act = f"`{move.act}`" if move.act else ""
    return f"| `{move.before}` | {_(move.step)} | `{move.after}` | {act} |"
