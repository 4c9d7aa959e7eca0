"""Reads of the rooms' screens."""

import hashlib
from datetime import datetime

from kawal.sites.command_centre.facts import ScreenFacts
from kawal.sites.command_centre.models import Screen


def hash_of(secret: str) -> bytes:
    """Return what is kept of a screen's secret."""
    return hashlib.sha256(secret.encode()).digest()


def as_facts(screen: Screen) -> ScreenFacts:
    """Return a row as facts."""
    return ScreenFacts(
        id=screen.pk,
        code=screen.code,
        name=screen.name,
        asked_at=screen.asked_at,
        asked_from=screen.asked_from or "",
        paired_at=screen.paired_at,
        paired_by_id=screen.paired_by_id,
        expires_at=screen.expires_at,
        revoked_at=screen.revoked_at,
        last_seen_at=screen.last_seen_at,
    )


def screen_of(secret: str) -> ScreenFacts | None:
    """Return the screen that holds a secret."""
    found = Screen.objects.filter(secret_hash=hash_of(secret)).first() if secret else None
    return as_facts(found) if found else None


def paired_screens() -> list[ScreenFacts]:
    """Return every screen that was ever paired, the newest first."""
    rows = Screen.objects.filter(paired_at__isnull=False).order_by("-paired_at")
    return [as_facts(row) for row in rows]


def waiting(at: datetime) -> int:
    """Return how many screens show a code now."""
    return Screen.objects.filter(paired_at=None, expires_at__gt=at).count()
