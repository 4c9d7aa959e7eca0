"""The wall's lines in the menus."""

from kawal.kernel.words import N_
from kawal.sites.command_centre.permissions import PAIR, SEE
from kawal.ui.navigation import Item
from kawal.ui.navigation import register as add


def register() -> None:
    """Add them."""
    add(Item("wall", N_("Dinding"), "wall", act=SEE, order=10))
    add(Item("wall", N_("Perlu keputusan"), "wall_needs", act=SEE, order=20))
    add(Item("wall", N_("Layar ruang"), "wall_screens", act=PAIR, order=30))
