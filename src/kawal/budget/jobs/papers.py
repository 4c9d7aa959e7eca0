"""Each minute: issue what was ratified, signed or enacted since; take back what was withdrawn."""

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from kawal.budget.actions.papers import issue_paper
from kawal.budget.presenters.papers import paper_data
from kawal.budget.queries.issued import due_papers, paper_of, withdrawn_since
from kawal.documents import actions as documents
from kawal.regions.queries import zone

AT_ONCE = 40
LOOKED_BACK = timedelta(days=7)  # a job that did not run for so long finds it still
LONGEST_REASON = 200


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="budget.papers", lock="budget.papers", name="budget.papers")
def issue_papers(timestamp: int) -> int:
    """Issue what is due, and return how many papers that were.

    As of the time that the job was due, in seconds since 1970. Each is a transaction of its own:
    one that fails leaves the others issued, and comes again in a minute.
    """
    at = datetime.fromtimestamp(timestamp, UTC)
    due = due_papers(AT_ONCE)
    for one in due:
        paper = paper_of(one)
        issue_paper(one, paper, paper_data(paper, zone(), is_issued=True), at=at)
    for code, reason, by in withdrawn_since(at - LOOKED_BACK):
        documents.withdraw(code, reason=reason[:LONGEST_REASON], by=by, at=at)
    return len(due)
