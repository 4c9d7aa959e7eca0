"""This module's lines in the menu of the desk."""

from kawal.ui.navigation import Item, register

ITEMS: tuple[Item, ...] = ()


def register_items() -> None:
    """Add them; called once, at start-up."""
    for item in ITEMS:
        register(item)
