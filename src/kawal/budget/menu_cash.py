"""Lines of cash plans, SPD and funds in the menu of the desk."""

from kawal.budget import permissions
from kawal.kernel.words import N_
from kawal.ui.navigation import Item

ITEMS: tuple[Item, ...] = (
    Item(
        "office",
        N_("Anggaran kas"),
        "budget:cash_plans_newest",
        permissions.SEE_CASH_PLAN,
        order=46,
        group="budget",
    ),
    Item("office", N_("SPD"), "budget:spd_newest", permissions.SEE_SPD, order=47, group="budget"),
    Item(
        "office",
        N_("Sisa dana"),
        "budget:funds_newest",
        permissions.SEE_FUNDS,
        order=48,
        group="budget",
    ),
)
