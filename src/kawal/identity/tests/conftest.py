"""The people whom the tests of this module know."""

import base64
import hmac
import time
from datetime import UTC, datetime

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from kawal.identity import actions
from kawal.identity.facts import LoginFacts, PersonDraft, PersonFacts

# The tests hash hundreds of passwords; how hard each is does not matter to them.
for _cost, _least in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
    setattr(Argon2PasswordHasher, _cost, _least)

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SITI_NIP = "198003122005012003"
SITI_NIK = "1275035203800001"
PASSWORD = "kuda-laut-berenang-7"


@pytest.fixture
def siti(db: None) -> PersonFacts:
    """PA of Dinas Pendidikan."""
    return actions.register_person(
        PersonDraft(
            name="Siti Rahmawati",
            title_before="Dra.",
            title_after="M.Pd.",
            nip=SITI_NIP,
            nik=SITI_NIK,
            email="Siti@Binjai.example",
            phone="0812-3456-7890",
        ),
        at=NOW,
    )


@pytest.fixture
def budi(db: None) -> PersonFacts:
    """Kuasa BUD."""
    return actions.register_person(PersonDraft(name="Budi Santoso"), at=NOW)


@pytest.fixture
def siti_login(siti: PersonFacts) -> LoginFacts:
    """Siti's way in, with a password that she chose."""
    return actions.open_login(
        siti.id, "siti", at=NOW, password=PASSWORD, must_change_password=False
    )


@pytest.fixture
def as_siti(client: Client, siti_login: LoginFacts) -> Client:
    """A browser in which Siti has just signed in with her password."""
    client.post("/akun/masuk/", {"login": "siti", "password": PASSWORD})
    return client


def totp(secret: str, steps: int = 0) -> str:
    """Return the code of a code app for this key (RFC 6238), so many half minutes from now."""
    counter = int(time.time()) // 30 + steps
    key = base64.b32decode(secret)
    mac = hmac.digest(key, counter.to_bytes(8, "big"), "sha1")
    place = mac[-1] & 15
    value = int.from_bytes(mac[place : place + 4], "big") & 0x7FFFFFFF
    return f"{value % 10**6:06}"
