"""The people whom the tests of this module know."""

from datetime import UTC, datetime

import pytest

from kawal.identity import actions
from kawal.identity.facts import LoginFacts, PersonDraft, PersonFacts

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
