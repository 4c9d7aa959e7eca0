"""The demo city: filled once, through the products' own actions, in one transaction."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kawal.demo import addresses, certificates, heartbeats
from kawal.demo.budget.size import CITY, Size
from kawal.demo.facts import people
from kawal.demo.filling import budget, codes, dates, government, past, watching
from kawal.demo.filling.government import Government
from kawal.kernel.refusals import Reason, Refused
from kawal.kernel.words import N_
from kawal.regions import actions, publicity
from kawal.regions import queries as regions

Say = Callable[[str], object]


def fill(at: datetime, *, size: Size | None = CITY, say: Say = str) -> bool:
    """Fill the demo city at an instant (UTC), where there is none; tell whether it was filled.

    All or nothing: a filling that is cut off leaves no city, and the next one begins anew.
    ``size`` is that of the budget, nothing for none; ``say`` hears of its steps: they take long.

    :raises Refused: outside a demo deployment.
    """
    if settings.DEPLOYMENT != "demo":
        text = N_("Kota peraga hanya ada pada pemasangan demo.")
        raise Refused([Reason("demo.elsewhere", text)])
    with transaction.atomic():
        if regions.has_city():
            return False
        filled = _fill(at, Path(settings.HOME))
        if size:
            budget.fill(filled, say=say, size=size)
    return True


def _fill(at: datetime, home: Path) -> Government:
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
    return filled


def applications_url() -> str:
    """Return the address of the list of the demo's applications."""
    places = addresses.find(Path(settings.HOME), port=settings.PORT)
    return places.url(addresses.INDEX)


def logins() -> list[tuple[str, str, str]]:
    """Return the demo logins: who it is, the name to sign in with, the password."""
    return [(one.says, one.username, people.PASSWORD) for one in people.LOGINS]
