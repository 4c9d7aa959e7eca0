"""The page of a sheet's past: its revisions and their steps, and what this one changes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kawal.budget import queries
from kawal.budget.facts import STEP_LABELS, Content, RevisionFacts, RevisionState, Step
from kawal.budget.presenters.rka import state_tag
from kawal.budget.presenters.rka_differences import differences
from kawal.budget.views.rka_desk import Desk, on_sheet
from kawal.identity import queries as identity
from kawal.ui import formats

TONES = {
    Step.SUBMITTED: "info",
    Step.SENT_BACK: "warn",
    Step.VERIFIED: "good",
    Step.DROPPED: "paused",
}
Events = list[dict[str, str]]


@on_sheet
@require_safe
def history(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the revisions of a sheet, the newest first, and the difference to the sealed one."""
    revisions = queries.revisions(desk.sheet.id)
    before = _sealed_before(revisions, desk.revision)
    rows = differences(before, desk.content) if before else []
    more: dict[str, Any] = {
        "past": [(one, state_tag(one.state), _events(one)) for one in revisions],
        "before": before,
        "rows": [row for row in rows if row.change],
        "same": sum(not row.change for row in rows),
        "after": desk.content,
    }
    return desk.page(request, "rka_history", **more)


def _sealed_before(revisions: list[RevisionFacts], now: RevisionFacts) -> Content | None:
    """Return the sealed revision before the one that is read."""
    earlier = (
        one for one in revisions if one.state is RevisionState.SEALED and one.number < now.number
    )
    found = next(earlier, None)
    return queries.content(found.id) if found else None


def _events(revision: RevisionFacts) -> Events:
    steps = queries.steps(revision.id)
    names = identity.names({step.by or 0 for step in steps})
    return [
        {
            "title": _(STEP_LABELS[step.step]),
            "at": formats.waktu(step.at),
            "who": names.get(step.by or 0, ""),
            "text": step.reason,
            "tone": TONES.get(step.step, "neutral"),
        }
        for step in reversed(steps)
    ]
