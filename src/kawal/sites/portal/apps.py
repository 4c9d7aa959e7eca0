"""Django's entry for the pages."""

from zoneinfo import ZoneInfo

from django.apps import AppConfig
from django.http import HttpRequest

from kawal.kernel.words import N_
from kawal.ui import navigation, place
from kawal.ui.navigation import Item


def _is_here(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)  # a request that failed early has none
    return bool(user and user.is_authenticated)


def _is_stranger(request: HttpRequest) -> bool:
    return not _is_here(request)


ACCOUNT = (
    Item("account", N_("Masuk"), "account_login", when=_is_stranger),
    Item("account", N_("Akun saya"), "identity:home", order=1, when=_is_here),
    Item("account", N_("Keluar"), "account_logout", order=2, when=_is_here),
)


def _log_is_shown(request: HttpRequest) -> bool:
    from kawal.regions import queries

    return queries.is_open("trail") or _is_here(request)


def _status_is_shown(request: HttpRequest) -> bool:
    from kawal.regions import queries

    return queries.is_open("monitoring") or _is_here(request)


STATUS = Item("public", N_("Keadaan layanan"), "status", order=60, when=_status_is_shown)
LOG = Item("public", N_("Jejak publik"), "trail:entries", order=70, when=_log_is_shown)


class PortalConfig(AppConfig):
    name = "kawal.sites.portal"
    label = "portal"

    def ready(self) -> None:
        """Lend every page the city it belongs to, and the menus the answer to who may."""
        from kawal.regions import publicity
        from kawal.sites.portal import status_live
        from kawal.trail import views as trail

        status_live.register()
        place.ask = _place
        navigation.permitted = _permitted
        trail.shown = _log_is_shown
        publicity.register("trail", N_("Jejak publik"))
        for item in (*ACCOUNT, STATUS, LOG):
            navigation.register(item)


def _place() -> place.Place:
    from kawal.kernel.refusals import NotThere
    from kawal.regions import queries

    try:
        city = queries.city()
    except NotThere:
        return place.NOWHERE
    return place.Place(city.name, ZoneInfo(city.zone))


def _permitted(request: HttpRequest, act: str) -> bool:
    """Tell whether the reader may do an act anywhere; the page itself asks again for the place."""
    from kawal.regions import permissions
    from kawal.regions.middleware import actor_of

    reach = permissions.scope(actor_of(request), act)
    return reach.everything or bool(reach.agency_ids)
