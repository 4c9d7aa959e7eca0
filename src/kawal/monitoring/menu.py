"""Monitoring's lines in the menus."""

from kawal.kernel.words import N_
from kawal.monitoring.permissions import CONFIGURE, SEE, SEE_WATCHERS
from kawal.ui.navigation import Item
from kawal.ui.navigation import register as add


def register() -> None:
    """Add them."""
    add(Item("office", N_("Insiden"), "monitoring:incidents", act=SEE, order=20, group="watch"))
    add(Item("office", N_("Aplikasi"), "monitoring:applications", act=SEE, order=30, group="watch"))
    add(Item("office", N_("Pemeriksaan"), "monitoring:checks", act=SEE, order=40, group="watch"))
    add(
        Item(
            "office",
            N_("Usulan pemeriksaan"),
            "monitoring:proposals",
            act=CONFIGURE,
            order=45,
            group="watch",
        )
    )
    add(
        Item(
            "office",
            N_("Dibayar, tidak dipakai"),
            "monitoring:unused",
            act=SEE,
            order=50,
            group="watch",
        )
    )
    add(
        Item(
            "office",
            N_("Pengawas"),
            "monitoring:watchers",
            act=SEE_WATCHERS,
            order=60,
            group="watch",
        )
    )
