"""This module's lines in the menus."""

from django.http import HttpRequest

from kawal.kernel.words import N_
from kawal.regions import acts
from kawal.ui.navigation import Item, register


def _is_officer(request: HttpRequest) -> bool:
    from kawal.regions.middleware import actor_of

    return bool(actor_of(request).appointments)


def _is_open(request: HttpRequest) -> bool:
    from kawal.regions.views.public import is_open

    return is_open(request)


ITEMS = (
    Item("public", N_("Perangkat daerah"), "regions:public_agencies", order=60, when=_is_open),
    Item(
        "office", N_("Penunjukan saya"), "regions:mine", order=80, when=_is_officer, group="people"
    ),
    Item(
        "office",
        N_("Susunan perangkat daerah"),
        "regions:agencies",
        acts.SEE_AGENCIES,
        order=70,
        group="government",
    ),
    Item(
        "office",
        N_("Penunjukan"),
        "regions:appointments",
        acts.SEE_APPOINTMENTS,
        order=82,
        group="people",
    ),
    Item(
        "office", N_("Wilayah"), "regions:regions", acts.SEE_AGENCIES, order=74, group="government"
    ),
    Item(
        "office",
        N_("Hari libur dan jam kerja"),
        "regions:holidays",
        acts.SEE_AGENCIES,
        order=76,
        group="government",
    ),
    Item(
        "office",
        N_("Publikasi modul"),
        "regions:openings",
        acts.OPEN_MODULES,
        order=90,
        group="government",
    ),
    Item(
        "office",
        N_("Akses darurat"),
        "regions:emergencies",
        acts.SEE_EMERGENCIES,
        order=92,
        group="people",
    ),
)


def register_items() -> None:
    """Add the lines; called once, at start-up."""
    for item in ITEMS:
        register(item)
