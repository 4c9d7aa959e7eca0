"""Asks every source what it finds, opens and closes findings, and tells who has to act."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import structlog
from django.db import transaction

from kawal.monitoring import told_findings as told
from kawal.monitoring.actions.rows import repaint
from kawal.monitoring.findings import FindingDraft, Source, sources
from kawal.monitoring.models import Finding
from kawal.regions import queries as regions
from kawal.regions.actions.locks import hold

log = structlog.get_logger(__name__)
SAID_ANEW = (
    "severity",
    "text",
    "instruction",
    "values",
    "about",
    "link",
    "due",
    "escalate_to",
    "escalate_on",
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look at the sources changed."""

    opened: int = 0
    closed: int = 0
    escalated: int = 0
    failed: int = 0

    def __add__(self, other: "Looked") -> "Looked":
        return Looked(
            self.opened + other.opened,
            self.closed + other.closed,
            self.escalated + other.escalated,
            self.failed + other.failed,
        )


def look(at: datetime) -> Looked:
    """Ask each source once; one that fails leaves its findings as they are and hinders no other."""
    found = Looked()
    for source in sources():
        try:
            with transaction.atomic():
                found += _settle(source.name, list(source.ask(at)), at)
        except Exception:
            log.exception("finding source failed", source=source.name)
            found += Looked(failed=1)
    return found


@transaction.atomic
def close_fulfilled(source: Source, keys: Collection[str], at: datetime) -> int:
    """Close findings of a source at once, in the transaction that fulfils them; return how many.

    The next look would close them as well; a room should not wait five minutes for good news.
    """
    hold(f"monitoring.findings.{source.name}")
    rows = Finding.objects.filter(source=source.name, key__in=keys, closed_at=None)
    closed = rows.update(closed_at=at)
    if closed:
        repaint()
    return closed


def _settle(source: str, drafts: Sequence[FindingDraft], at: datetime) -> Looked:
    hold(f"monitoring.findings.{source}")  # two looks at once would open the same
    rows = Finding.objects.select_for_update().filter(source=source, closed_at=None)
    known = {row.key: row for row in rows.order_by("pk")}
    wanted = {draft.key: draft for draft in drafts}
    opened = [_open(source, draft, at) for key, draft in wanted.items() if key not in known]
    gone = [row.pk for key, row in known.items() if key not in wanted]
    Finding.objects.filter(pk__in=gone).update(closed_at=at)
    still = [row for key, row in known.items() if key in wanted]
    anew = sum(_say_anew(row, wanted[row.key]) for row in still)
    raised = sum(_escalate(row, at, regions.today(at)) for row in [*opened, *still])
    if opened or gone or anew or raised:
        repaint()
    return Looked(len(opened), len(gone), raised)


def _open(source: str, draft: FindingDraft, at: datetime) -> Finding:
    row = Finding.objects.create(
        source=source,
        key=draft.key,
        agency_id=draft.agency_id,
        role=draft.role.value,
        since=draft.since,
        opened_at=at,
        **_said(draft),
    )
    told.opened(row, at=at)
    return row


def _say_anew(row: Finding, draft: FindingDraft) -> bool:
    """Take over what the source says differently now; return whether it does."""
    said = _said(draft)
    if all(getattr(row, name) == said[name] for name in SAID_ANEW):
        return False
    for name in SAID_ANEW:
        setattr(row, name, said[name])
    row.save(update_fields=SAID_ANEW)
    return True


def _escalate(row: Finding, at: datetime, on: date) -> bool:
    if not row.is_to_escalate(on):
        return False
    row.escalated_at = at
    row.save(update_fields=["escalated_at"])
    told.escalated(row, at=at)
    return True


def _said(draft: FindingDraft) -> dict[str, object]:
    return {
        "severity": draft.severity.value,
        "text": draft.text,
        "instruction": draft.instruction,
        "values": dict(draft.values),
        "about": draft.about,
        "link": draft.link,
        "due": draft.due,
        "escalate_to": draft.escalate_to.value if draft.escalate_to else "",
        "escalate_on": draft.escalate_on,
    }
