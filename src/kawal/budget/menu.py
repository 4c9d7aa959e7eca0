"""The budget's lines in the menu of the desk."""

from kawal.budget import menu_cash, permissions
from kawal.kernel.words import N_
from kawal.ui.navigation import Item, register

ITEMS: tuple[Item, ...] = (
    *menu_cash.ITEMS,
    Item(
        "office",
        N_("Ikhtisar"),
        "budget:home",
        permissions.SEE_HOME,
        order=41,
        group="budget",
    ),
    Item(
        "office",
        N_("RKA"),
        "budget:rka_newest",
        permissions.SEE_RKA,
        order=43,
        group="budget",
    ),
    Item(
        "office",
        N_("Kalender anggaran"),
        "budget:calendar_newest",
        permissions.SEE_CALENDAR,
        order=51,
        group="budget",
    ),
    Item(
        "office",
        N_("Pergeseran dan perubahan"),
        "budget:shifts_newest",
        permissions.SEE_SHIFTS,
        order=49,
        group="budget",
        pages=(
            "budget:amendments",
            "budget:decide_amendment",
            "budget:efficiency",
            "budget:efficiency_order",
            "budget:decide_efficiency",
            "budget:interim",
            "budget:decide_interim",
        ),
    ),
    Item(
        "office",
        N_("Belanja wajib"),
        "budget:mandatory_newest",
        permissions.SEE_MANDATORY,
        order=50,
        group="budget",
    ),
    Item(
        "office",
        N_("Standar harga"),
        "budget:prices",
        permissions.SEE_PRICES,
        order=42,
        group="budget",
    ),
    Item(
        "office",
        N_("Dokumen anggaran"),
        "budget:papers_newest",
        permissions.SEE_VERSIONS,
        order=52,
        group="budget",
    ),
    Item(
        "office",
        N_("APBD terbitan"),
        "budget:published",
        permissions.SEE_VERSIONS,
        order=53,
        group="budget",
    ),
    Item(
        "office",
        N_("Versi APBD"),
        "budget:versions_newest",
        permissions.SEE_VERSIONS,
        order=44,
        group="budget",
        pages=("budget:compare", "budget:locks", "budget:unlock"),
    ),
    Item(
        "office",
        N_("DPA"),
        "budget:dpa_newest",
        permissions.SEE_DPA,
        order=45,
        group="budget",
    ),
)


def register_items() -> None:
    """Add the lines; called once, at start-up."""
    for item in ITEMS:
        register(item)
