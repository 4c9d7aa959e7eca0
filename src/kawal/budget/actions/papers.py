"""Issue a paper: made once, kept, sealed, published with the code by which anybody checks it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from kawal.budget.facts.papers import Issue, Paper, Subject
from kawal.budget.models import IssuedPaper
from kawal.budget.queries.issued import COLUMNS, issued_paper
from kawal.documents import actions as documents

TEMPLATE = "budget/paper"
LONGEST_TITLE = 200


@transaction.atomic
def issue_paper(issue: Issue, paper: Paper, data: Mapping[str, Any], *, at: datetime) -> str:
    """Issue a paper, and return its code; one that was issued before is not made again.

    ``data`` is the paper as its template reads it. Whoever issues the same one meanwhile waits.

    :raises ValueError: for a draft: only what is ratified, signed or enacted is issued.
    """
    if paper.is_draft:
        raise ValueError(f"{paper.title} is a draft")
    with connection.cursor() as cursor:
        name = f"budget.paper.{issue.subject}.{issue.id}.{_agency(issue)}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
    if before := issued_paper(issue.subject, issue.id, _agency(issue)):
        return before.code
    made = documents.issue(
        TEMPLATE,
        data,
        kind=f"budget.{issue.subject}",
        title=paper.title[:LONGEST_TITLE],
        number=issue.number,
        on=issue.on,
        by=None,
        at=at,
    )
    IssuedPaper.objects.create(
        subject=issue.subject.value,
        agency_id=issue.agency_id,
        document_id=made.document.id,
        code=made.code,
        issued_at=at,
        **{f"{COLUMNS.get(issue.subject, 'version')}_id": issue.id},
    )
    return made.code


def _agency(issue: Issue) -> int | None:
    return issue.agency_id if issue.subject is Subject.DETAIL else None
