"""This module's lines in the menu of the desk."""

from kawal.treasury import menu_cash
from kawal.ui.navigation import Item, register

ITEMS: tuple[Item, ...] = (*menu_cash.ITEMS,)


def register_items() -> None:
    """Add them; called once, at start-up."""
    for item in ITEMS:
        register(item)
