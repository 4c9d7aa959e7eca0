"""Whom monitoring tells of a finding: who has to act, and later the one above him."""

from collections.abc import Iterable
from datetime import datetime

from kawal.kernel.words import N_
from kawal.messages import actions as messages
from kawal.messages import registry
from kawal.messages.facts import Phrase, Recipient
from kawal.monitoring.models import Finding
from kawal.regions import queries as regions
from kawal.regions.facts import ROLES, Role
from kawal.ui import formats

OPENED, ESCALATED = "finding.opened", "finding.escalated"
_DUE = N_("Jatuh tempo %(day)s.")
_ESCALATED = N_("Belum selesai, jatuh tempo %(day)s: kini dinaikkan kepada Anda.")


def register() -> None:
    """Make the topics known."""
    registry.topic(OPENED, N_("Kewajiban saya lewat waktu"), required=True)
    registry.topic(ESCALATED, N_("Kewajiban lewat waktu dinaikkan kepada saya"), required=True)


def opened(row: Finding, *, at: datetime) -> None:
    """Tell who has to act."""
    _post(OPENED, row, Role(row.role), _DUE, at)


def escalated(row: Finding, *, at: datetime) -> None:
    """Tell the one above, and the room."""
    room = regions.holders(Role.OPERATOR_PUSAT_KENDALI, None, regions.today(at))
    _post(ESCALATED, row, Role(row.escalate_to), _ESCALATED, at, also=room)


def _post(
    topic: str, row: Finding, role: Role, text: str, at: datetime, also: Iterable[int] = ()
) -> None:
    agency = None if ROLES[role].of_city else row.agency_id
    people = {*regions.holders(role, agency, regions.today(at)), *also}
    if not people:
        return
    messages.post(
        key=f"{topic}:{row.pk}",
        topic=topic,
        recipients=[Recipient(person_id=person_id) for person_id in sorted(people)],
        subject=Phrase(row.text, row.values),
        text=[Phrase(text, {"day": formats.tanggal(row.due)}), Phrase(row.instruction, row.values)],
        at=at,
        link=row.link,
    )
