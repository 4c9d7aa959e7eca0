"""Finds words for people in Python that were not marked for translation."""

import ast
from collections.abc import Iterator
from pathlib import Path

# The call, and where its words stand: positions and names of arguments.
SPOKEN: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "Reason": ((1,), ("text", "mend")),
    "Item": ((1,), ("label",)),
    "ValidationError": ((0,), ("message",)),
    "add_message": ((2,), ("message",)),
}
MESSAGES = {"success", "error", "warning", "info", "debug"}
FIELD_WORDS = {"label", "help_text", "empty_label", "verbose_name", "verbose_name_plural"}


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _is_message(node: ast.Call) -> bool:
    """Tell whether this is ``messages.success(request, …)`` and its like."""
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    return isinstance(owner, ast.Name) and owner.id == "messages" and _called(node) in MESSAGES


def _spoken(node: ast.Call) -> Iterator[ast.expr]:
    """Yield the arguments of a call that people will read."""
    here = ((1,), ("message",)) if _is_message(node) else SPOKEN.get(_called(node), ((), ()))
    positions, names = here
    yield from (node.args[i] for i in positions if i < len(node.args))
    wanted = {*names} | (FIELD_WORDS if _called(node).endswith("Field") else set())
    yield from (keyword.value for keyword in node.keywords if keyword.arg in wanted)


def _is_plain(value: ast.expr) -> bool:
    """Tell whether an argument is a text with letters that no catalogue holds."""
    if isinstance(value, ast.JoinedStr):
        return True
    if isinstance(value, ast.BinOp):
        return _is_plain(value.left)
    return isinstance(value, ast.Constant) and any(c.isalpha() for c in str(value.value or ""))


def in_source(source: str) -> list[tuple[int, str]]:
    """Return line and text of each unmarked text in a Python source."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    found = [(v.lineno, ast.unparse(v)) for call in calls for v in _spoken(call) if _is_plain(v)]
    return sorted(found)


def in_sources(paths: list[Path]) -> list[str]:
    """Return ``file:line: text`` for each."""
    return [
        f"{path.name}:{line}: {text}"
        for path in paths
        for line, text in in_source(path.read_text())
    ]
