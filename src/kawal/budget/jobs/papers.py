"""Each minute: issue what was ratified, signed or enacted since, outside of anybody's waiting."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from kawal.budget.actions.papers import issue_paper
from kawal.budget.presenters.papers import paper_data
from kawal.budget.queries.issued import due_papers, paper_of
from kawal.regions.queries import zone

AT_ONCE = 40


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
    return len(due)
