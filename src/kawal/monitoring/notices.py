"""Tells the public log and the people concerned of an incident that checks opened or ended."""

from dataclasses import dataclass
from datetime import datetime

from kawal.kernel.words import N_
from kawal.messages import actions as messages
from kawal.messages.facts import Phrase
from kawal.monitoring import codes, published, told
from kawal.monitoring.models import Incident
from kawal.regions import queries as regions
from kawal.ui import formats

_SINCE = N_("Sejak %(time)s. Pemeriksaan: %(check)s.")


@dataclass(frozen=True, slots=True)
class Notice:
    """One occasion: the public event, the topic, and the subject of the message."""

    event: str
    topic: str
    subject: str


OPENED = Notice("opened", told.OPENED, N_("%(application)s terganggu"))
REOPENED = Notice("reopened", told.OPENED, N_("%(application)s terganggu lagi"))
RESOLVED = Notice("resolved", told.ENDED, N_("%(application)s berjalan kembali"))


def give(
    notice: Notice,
    incident: Incident,
    *,
    check: str,
    code: int,
    detail: str,
    since: datetime,
    at: datetime,
) -> None:
    """Publish and write to those concerned, once for each occasion, in the caller's transaction."""
    published.incident(notice.event, incident, at=at, by_checks=True)
    application = incident.application
    values = {"time": formats.waktu(since), "check": check}
    text = [Phrase(codes.words(code), {"status": code}), Phrase(_SINCE, values)]
    messages.post(
        key=f"{notice.topic}:{incident.pk}:{incident.reopened}",
        topic=notice.topic,
        recipients=told.recipients(application, regions.today(at)),
        subject=Phrase(notice.subject, {"application": application.name}),
        text=[*text, detail] if detail else text,
        at=at,
        link=told.link(incident),
    )
