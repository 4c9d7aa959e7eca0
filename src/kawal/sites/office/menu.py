"""The desk's own lines in the menus."""

from django.http import HttpRequest

from kawal.kernel.words import N_
from kawal.monitoring.permissions import SEE
from kawal.ui.navigation import Item
from kawal.ui.navigation import register as add


def _is_signed_in(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)


def register() -> None:
    """Add them."""
    add(Item("office", N_("Meja saya"), "office:home", order=10, when=_is_signed_in))
    add(Item("office", N_("Perangkat daerah"), "office:agencies", act=SEE, order=15))
