"""Who writes and who is written to in these tests."""

from datetime import UTC, datetime, timedelta

import pytest

from kawal.identity import actions as identity
from kawal.identity.facts import PersonDraft
from kawal.messages import registry
from kawal.messages.facts import Channel

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def later(seconds: float) -> datetime:
    """Return a moment after the first."""
    return AT + timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def _topics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_topics", {})
    registry.topic("incident.opened", "Insiden dibuka")
    registry.topic("duty.handed", "Tugas diserahkan", required=True)
    registry.topic("news.weekly", "Ringkasan pekan", channels=frozenset({Channel.APP}))


def _person(name: str, email: str = "") -> int:
    return identity.register_person(PersonDraft(name=name, email=email), at=AT).id


@pytest.fixture
def siti(db: None) -> int:
    """PA of Dinas Pendidikan."""
    return _person("Siti", "siti@binjai.example")


@pytest.fixture
def budi(db: None) -> int:
    """Kuasa BUD, whose address nobody knows."""
    return _person("Budi")
