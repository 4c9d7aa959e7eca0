"""Whom monitoring tells of an incident, and in which words; posted where it happens."""

from collections.abc import Iterable
from datetime import date, datetime

from kawal.kernel.words import N_
from kawal.messages import actions as messages
from kawal.messages import registry
from kawal.messages.facts import Phrase, Recipient
from kawal.monitoring.facts import Severity
from kawal.monitoring.models import Application, Incident
from kawal.regions import queries as regions
from kawal.regions.facts import Role
from kawal.ui import formats

OPENED, TAKEN, ENDED, GIVEN = (
    "incident.opened",
    "incident.acknowledged",
    "incident.resolved",
    "incident.assigned",
)
_SUBJECTS = {
    Severity.CRITICAL: N_("[KRITIS] %(application)s terganggu"),
    Severity.HIGH: N_("[TINGGI] %(application)s terganggu"),
    Severity.MEDIUM: N_("[SEDANG] %(application)s terganggu"),
    Severity.LOW: N_("[RENDAH] %(application)s terganggu"),
}
_OPENED_AT = N_("Mulai %(at)s. Belum ada yang menerimanya: buka halamannya dan terima bila Anda.")
_REOPENED_AT = N_("Dibuka kembali %(at)s, mulai pertama %(first)s.")
_TAKEN = N_("%(application)s: insiden diterima untuk ditangani")
_TAKEN_AFTER = N_("Diterima setelah %(span)s.")
_ENDED = N_("%(application)s: insiden selesai")
_ENDED_AFTER = N_("Selesai setelah %(span)s.")
_GIVEN = N_("%(application)s: insiden ditugaskan kepada Anda")


def register() -> None:
    """Make the topics known."""
    registry.topic(OPENED, N_("Insiden dibuka atau dibuka kembali"), required=True)
    registry.topic(TAKEN, N_("Insiden diterima untuk ditangani"))
    registry.topic(ENDED, N_("Insiden selesai"))
    registry.topic(GIVEN, N_("Insiden ditugaskan kepada saya"), required=True)


def opened(row: Incident, *, at: datetime) -> None:
    """Tell of an incident that has just been opened, or opened again."""
    application = row.application
    text = Phrase(_OPENED_AT, {"at": formats.waktu(row.opened_at)})
    if row.reopened:
        values = {"at": formats.waktu(at), "first": formats.waktu(row.opened_at)}
        text = Phrase(_REOPENED_AT, values)
    messages.post(
        key=f"{OPENED}:{row.pk}:{row.reopened}",
        topic=OPENED,
        recipients=recipients(application, regions.today(at)),
        subject=Phrase(_SUBJECTS[Severity(row.severity)], {"application": application.name}),
        text=[row.title, text],
        at=at,
        link=link(row),
    )


def taken(row: Incident, *, at: datetime) -> None:
    """Tell that somebody took an incident."""
    _told(TAKEN, row, _TAKEN, _TAKEN_AFTER, at)


def ended(row: Incident, *, at: datetime) -> None:
    """Tell that an incident ended."""
    _told(ENDED, row, _ENDED, _ENDED_AFTER, at)


def given(row: Incident, person_id: int, *, at: datetime) -> None:
    """Tell a person that an incident is his now."""
    messages.post(
        key=f"{GIVEN}:{row.pk}:{row.version}",
        topic=GIVEN,
        recipients=[Recipient(person_id=person_id)],
        subject=Phrase(_GIVEN, {"application": row.application.name}),
        text=row.title,
        at=at,
        link=link(row),
    )


def recipients(application: Application, on: date) -> list[Recipient]:
    """Return who hears of an application: its officer, its agency's operators, the room's."""
    people = {application.officer_id} if application.officer_id else set()
    for agency_id in _upwards(application.agency_id, on):
        people.update(regions.holders(Role.OPERATOR_OPD, agency_id, on))
    people.update(regions.holders(Role.OPERATOR_PUSAT_KENDALI, None, on))
    return [Recipient(person_id=person_id) for person_id in sorted(people)]


def link(row: Incident) -> str:
    """Return the address of an incident's page on this site."""
    return f"/office/insiden/{row.pk}/"


def _told(topic: str, row: Incident, subject: str, text: str, at: datetime) -> None:
    span = formats.durasi(at - row.opened_at)
    messages.post(
        key=f"{topic}:{row.pk}:{row.reopened}",
        topic=topic,
        recipients=recipients(row.application, regions.today(at)),
        subject=Phrase(subject, {"application": row.application.name}),
        text=[row.title, Phrase(text, {"span": span})],
        at=at,
        link=link(row),
    )


def _upwards(agency_id: int, on: date) -> Iterable[int]:
    """Yield an agency and those above it."""
    here: int | None = agency_id
    while here is not None:
        yield here
        here = regions.agency(here, on).parent_id
