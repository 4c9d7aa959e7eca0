"""This module's line in the menu of the desk."""

from kawal.kernel.words import N_
from kawal.nomenclature import acts
from kawal.ui.navigation import Item, register


def register_items() -> None:
    """Add the lines; called once, at start-up."""
    register(
        Item(
            "office",
            N_("Kode dan parameter"),
            "nomenclature:codes",
            acts.SEE,
            order=78,
            group="government",
        )
    )
