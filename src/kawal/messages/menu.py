"""The module's lines in the menus."""

from django.http import HttpRequest

from kawal.kernel.words import N_
from kawal.messages import permissions
from kawal.ui import navigation
from kawal.ui.navigation import Item


def register() -> None:
    """Add them."""
    navigation.register(
        Item("office", N_("Pesan"), "messages:box", order=64, when=_is_somebody, group="news"),
    )
    navigation.register(
        Item(
            "office",
            N_("Pengiriman"),
            "messages:deliveries",
            act=permissions.SEE_DELIVERIES,
            order=66,
            group="news",
        )
    )


def _is_somebody(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)
