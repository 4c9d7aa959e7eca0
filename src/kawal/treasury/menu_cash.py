"""Lines of the treasurers' books in the menu of the desk."""

from kawal.kernel.words import N_
from kawal.treasury import permissions
from kawal.ui.navigation import Item

ITEMS: tuple[Item, ...] = (
    Item(
        "office",
        N_("Buku kas bendahara"),
        "treasury:cash_books_newest",
        permissions.SEE_CASH_BOOKS,
        order=70,
        group="treasury",
    ),
)
