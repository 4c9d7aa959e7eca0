"""Reads of findings: what other modules found late and nobody has done yet."""

from collections.abc import Iterable
from datetime import datetime

from kawal.kernel.words import N_
from kawal.monitoring.facts import Severity, State
from kawal.monitoring.findings import FindingDraft, FindingFacts
from kawal.monitoring.models import Finding
from kawal.monitoring.overviews import Need, NeedKind, Sentence
from kawal.monitoring.queries import shown
from kawal.monitoring.queries.scoped import within
from kawal.regions.facts import ROLES, Scope

ABOUT = N_("%(about)s: %(what)s")
THEN = N_("%(role)s: %(then)s (jatuh tempo %(day)s)")
RAISED = N_("%(role)s: %(then)s (jatuh tempo %(day)s, sudah dinaikkan)")


def open_findings(scope: Scope) -> list[FindingFacts]:
    """Return the open findings inside the scope, the gravest and longest due first.

    Those of the whole city are seen by readers of the whole city only.
    """
    rows = within(Finding.objects.filter(closed_at=None), scope)
    return [row.as_facts() for row in rows.order_by("severity", "due", "pk")]


def _what(draft: FindingDraft) -> Sentence:
    """Return what is late; what it is about stands before it, where the source says so."""
    if not draft.about:
        return Sentence(draft.text, draft.values)
    what = shown.filled(draft.text, draft.values)
    return Sentence(ABOUT, {"about": draft.about, "what": what})


def finding_needs(at: datetime, scope: Scope) -> Iterable[Need]:
    """Yield open findings as what waits for a person."""
    for one in open_findings(scope):
        draft = one.draft
        grave = draft.severity in (Severity.CRITICAL, Severity.HIGH)
        then = {
            "role": ROLES[draft.role].short,
            "then": shown.filled(draft.instruction, draft.values),
            "day": shown.day(draft.due),
        }
        yield Need(
            kind=NeedKind.LATE,
            state=State.DOWN if grave else State.WARN,
            what=_what(draft),
            next=Sentence(RAISED if one.escalated_at else THEN, then),
            since=draft.since,
            agency_id=draft.agency_id,
            application_id=None,
            application="",
            severity=draft.severity,
            due=draft.due,
            link=draft.link,
        )
