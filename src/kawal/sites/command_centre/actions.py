"""Writes of the rooms' screens: ask, pair, revoke."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from kawal.kernel.refusals import NotThere, Refused
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.sites.command_centre import queries, rules
from kawal.sites.command_centre.facts import ScreenFacts
from kawal.sites.command_centre.models import Screen
from kawal.sites.command_centre.permissions import PAIR
from kawal.trail import actions as trail


@transaction.atomic
def ask_to_read(*, address: str, at: datetime) -> tuple[ScreenFacts, str] | None:
    """Let a new screen wait with a code; return it with its secret, which is not kept.

    ``None`` when too many wait already. Codes that nobody typed are forgotten on the way.
    """
    Screen.objects.filter(paired_at=None, expires_at__lte=at).delete()
    if queries.waiting(at) >= rules.MOST_WAITING:
        return None
    secret = secrets.token_urlsafe(32)
    code = "".join(secrets.choice(rules.CODE_LETTERS) for _ in range(rules.CODE_LENGTH))
    screen = Screen.objects.create(
        secret_hash=queries.hash_of(secret),
        code=code,
        asked_at=at,
        asked_from=address or None,
        expires_at=at + rules.WAITING,
    )
    return queries.as_facts(screen), secret


@transaction.atomic
def pair_screen(*, code: str, name: str, days: int, actor: Actor, at: datetime) -> ScreenFacts:
    """Let the screen that shows ``code`` read the wall for so many days.

    :raises Refused: when the actor may not, or with every reason of the rules.
    """
    require(actor, PAIR)
    typed = code.strip().upper().replace("-", "").replace(" ", "")
    row = Screen.objects.select_for_update().filter(code=typed, paired_at=None).first()
    facts = queries.as_facts(row) if row else None
    if reasons := rules.pairing_refusals(facts, name=name, days=days, at=at):
        raise Refused(reasons)
    assert row is not None
    row.name = name.strip()
    row.paired_at, row.paired_by_id = at, actor.person_id
    row.expires_at = at + timedelta(days=days)
    row.save()
    trail.append("screen.paired", {"name": row.name, "days": days}, at=at)
    return queries.as_facts(row)


@transaction.atomic
def revoke_screen(*, screen_id: int, actor: Actor, at: datetime) -> None:
    """End a screen's reading at once.

    :raises Refused: when the actor may not.
    :raises NotThere: when there is no such paired screen.
    """
    require(actor, PAIR)
    row = Screen.objects.select_for_update().filter(pk=screen_id, revoked_at=None).first()
    if row is None or row.paired_at is None:
        raise NotThere
    row.revoked_at, row.revoked_by_id = at, actor.person_id
    row.save()
    trail.append("screen.revoked", {"name": row.name}, at=at)


def note_seen(*, screen_id: int, at: datetime) -> None:
    """Keep when a screen last read, to the minute."""
    minute = at.replace(second=0, microsecond=0)
    stale = Screen.objects.filter(pk=screen_id).exclude(last_seen_at__gte=minute)
    stale.update(last_seen_at=at)
