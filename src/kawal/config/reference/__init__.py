"""The documents made from the code: ``kawal reference`` writes them, a test compares."""

from collections.abc import Callable
from pathlib import Path

from kawal.config.reference import commands, desks, modules, permissions, states, urls, variables

HEAD = "<!-- Written by `kawal reference`; change the code, not this file. -->\n\n"

PAGES: dict[str, Callable[[], str]] = {
    "docs/map.md": modules.page,
    "docs/reference/settings.md": variables.page,
    "docs/reference/commands.md": commands.page,
    "docs/reference/urls.md": urls.page,
    "docs/reference/permissions.md": permissions.page,
    "docs/reference/budget_desks.md": desks.page,
    "docs/reference/states.md": states.page,
}


def pages() -> dict[str, str]:
    """Return every page that is written from the code, by its place in the repository."""
    return {place: HEAD + page().rstrip() + "\n" for place, page in PAGES.items()}


def stale(root: Path) -> list[str]:
    """Return the pages in the repository at ``root`` that say something else than the code."""
    return [place for place, text in pages().items() if _read(root / place) != text]


def write(root: Path) -> list[str]:
    """Write the pages that are out of date; return their places."""
    places = stale(root)
    for place in places:
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(pages()[place])
    return places


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""
