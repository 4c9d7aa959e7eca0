"""Every address of the pages and what answers there."""

import inspect
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def page() -> str:
    """Return the reference of the addresses."""
    rows = [f"| `/{route}` | {name} | {says} |" for route, name, says in _rows()]
    return "\n".join(
        [
            "# Addresses",
            "",
            "Addresses of the pages; `/events`, `/ping/` and `/push/` are the stream process's.",
            "",
            "| Address | Name | What answers |",
            "|---|---|---|",
            *rows,
        ]
    )


def _rows() -> list[tuple[str, str, str]]:
    return sorted(_walk(get_resolver().url_patterns, "", ""))


def _walk(
    patterns: list[URLPattern | URLResolver], before: str, space: str
) -> Iterator[tuple[str, str, str]]:
    for pattern in patterns:
        route = (before + str(pattern.pattern)).replace("|", "\\|")
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            yield route, f"`{space}{pattern.name}`" if pattern.name else "", _says(pattern.callback)


def _says(view: Any) -> str:
    """Return the first line of the view's own words; a library's views have its name."""
    actual = getattr(view, "view_class", view)
    if not actual.__module__.startswith("kawal."):
        return str(actual.__module__).split(".")[0]
    return (inspect.getdoc(actual) or "").split("\n")[0].replace("|", "\\|")
