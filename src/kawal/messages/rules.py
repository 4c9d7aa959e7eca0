"""By which channels a person is told, when a failure is tried again, what is never shown."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from kawal.messages.facts import Channel
from kawal.messages.registry import Topic

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=4)
PATIENCE = timedelta(hours=48)
JITTER = 0.2
_SECRETS = re.compile(
    r"(?i)(?P<scheme>\b[a-z][a-z0-9+.-]*://)[^\s/@]*@"
    r"|(?P<word>\b(?:pass(?:word|wd)?|token|secret|auth(?:orization)?|key)\b\s*[=:]\s*)\S+"
)
LONGEST_ERROR = 500


def channels(topic: Topic, choices: Mapping[Channel, bool]) -> frozenset[Channel]:
    """Return the channels that reach a person; ``choices`` are his own, channel to on or off.

    A required topic always keeps the message box.
    """
    chosen = {c for c in Channel if choices.get(c, c in topic.channels)}
    return frozenset(chosen | {Channel.APP} if topic.required and not chosen else chosen)


def wait(attempts: int, chance: float) -> timedelta:
    """Return how long to wait after so many failed attempts: doubled each time, up to four hours.

    ``chance`` in [0, 1) spreads it by a fifth either way, so that a thousand deliveries that
    failed together do not come back together.
    """
    plain = min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT)
    return timedelta(seconds=plain.total_seconds() * (1 + JITTER * (2 * chance - 1)))


def scrubbed(error: str, secrets: Iterable[str] = ()) -> str:
    """Return an error fit to be kept and shown: one line, no password, no token, not endless."""
    for secret in secrets:
        if secret:
            error = error.replace(secret, "***")
    hidden = _SECRETS.sub(
        lambda m: f"{m['scheme']}***@" if m["scheme"] else f"{m['word']}***", error
    )
    return " ".join(hidden.split())[:LONGEST_ERROR]


def masked(address: str) -> str:
    """Return an e-mail address that its owner recognises and others do not: ``d***@contoh.id``."""
    name, at, host = address.partition("@")
    return f"{name[:1]}***{at}{host}" if address else ""
