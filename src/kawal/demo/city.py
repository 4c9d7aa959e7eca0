"""The demo city: filled once, through the products' own actions, in one transaction."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kawal.demo import addresses, certificates, heartbeats
from kawal.demo.facts import people
from kawal.demo.filling import codes, dates, government, past, watching
from kawal.kernel.refusals import Reason, Refused
from kawal.kernel.words import N_
from kawal.regions import actions, publicity
from kawal.regions import queries as regions


def fill(at: datetime) -> bool:
    """Fill the demo city at an instant (UTC), where there is none; tell whether it was filled.

    All or nothing: a filling that is cut off leaves no city, and the next one begins anew.

    :raises Refused: outside a demo deployment.
    """
    if settings.DEPLOYMENT != "demo":
        text = N_("Kota peraga hanya ada pada pemasangan demo.")
        raise Refused([Reason("demo.elsewhere", text)])
    with transaction.atomic():
        if regions.has_city():
            return False
        _fill(at, Path(settings.HOME))
    return True


def _fill(at: datetime, home: Path) -> None:
    filled = government.fill(at)
    codes.fill()
    certificates.prepare(home, at)
    places = addresses.find(home, port=settings.PORT)
    paths = watching.fill(filled, places)
    past.fill(filled)
    for module in publicity.known_modules():
        if not regions.is_open(module):
            actions.open_module(
                module,
                decree=dates.OPENING,
                decree_date=dates.POSTS_FROM,
                actor=filled.first,
            )
    transaction.on_commit(lambda: heartbeats.give(home, paths))


def applications_url() -> str:
    """Return the address of the list of the demo's applications."""
    places = addresses.find(Path(settings.HOME), port=settings.PORT)
    return places.url(addresses.INDEX)


def logins() -> list[tuple[str, str, str]]:
    """Return the demo logins: who it is, the name to sign in with, the password."""
    return [(one.says, one.username, people.PASSWORD) for one in people.LOGINS]
