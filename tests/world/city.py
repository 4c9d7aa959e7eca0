"""The small city itself: filled by the same hands as the demo, from the same facts."""

import os
import pickle
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction
from django.test import Client

from kawal.demo.facts import people
from kawal.demo.facts.agencies import AGENCIES, BY_SHORT, UNITS
from kawal.demo.filling import government
from kawal.identity import queries as identity
from kawal.identity.facts import PersonFacts
from kawal.regions import queries
from kawal.regions.facts import Actor, AgencyFacts

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # Tuesday, 09.00 WIB
_SHORTS = {"Disdik", "Dishub", "BPKAD", "Diskominfo", "Binjai Utara", "Kel. Pahlawan"}


def cast() -> government.Cast:
    """Return the named people, their posts and the agencies that they need."""
    named = {one.person for one in people.LOGINS}
    return government.Cast(
        people=[one for one in people.PEOPLE if one.key in named],
        posts=[
            one
            for one in people.POSTS
            if one.person in named and (not one.agency or one.agency in _SHORTS)
        ],
        agencies=[one for one in AGENCIES + UNITS if one.short in _SHORTS],
        logins=people.LOGINS,
        password=None,
    )


@dataclass(frozen=True, slots=True)
class World:
    """The small city: everybody and everything by name."""

    government: government.Government
    at: datetime = AT

    @property
    def today(self) -> date:
        """Return the city's date."""
        return queries.today(self.at)

    def person(self, key: str) -> PersonFacts:
        """Return a person: siti, budi, rina, lurah, dewi, joko, walikota, operator, ..."""
        return identity.person(self.government.persons[key])

    def login_id(self, key: str) -> int:
        """Return the id of a person's login."""
        return self.government.logins[key]

    def agency(self, short: str) -> AgencyFacts:
        """Return an agency or unit by its short name: Disdik, Dishub, Kel. Pahlawan, ..."""
        return queries.agency(self.government.agencies[short], self.today)

    def actor(self, key: str, at: datetime | None = None) -> Actor:
        """Return a person as somebody who acts, with the appointments in force."""
        return queries.actor(self.government.persons[key], self.login_id(key), at or self.at)

    def nobody(self, at: datetime | None = None) -> Actor:
        """Return somebody who is not signed in."""
        return queries.actor(None, None, at or self.at)

    def client(self, key: str) -> Client:
        """Return a browser in which a person is signed in."""
        from kawal.identity.models import Login

        browser = Client()
        login = Login.objects.get(pk=self.login_id(key))
        browser.force_login(login)
        return browser


def code(short: str) -> str:
    """Return an agency's code by its short name."""
    return BY_SHORT[short].code


def fill() -> World:
    """Fill the small city into an empty database."""
    return World(government.fill(AT, cast()))


def found() -> None:
    """Fill it into the database that all workers' copies are made of, and note its ids."""
    with transaction.atomic():
        filled = fill().government
    _note().write_bytes(pickle.dumps(filled))


def founded() -> World:
    """Return the small city that has been filled."""
    return World(pickle.loads(_note().read_bytes()))


def _note() -> Path:
    return Path(os.environ["KAWAL_TEST_PASSWORDS"]).with_name("small_city")
