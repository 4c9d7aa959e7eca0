"""Every five minutes: ask the modules what they find late, open it and close what is done."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from kawal.monitoring.actions.findings import look


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="monitoring.findings", name="monitoring.findings")
def look_for_findings(timestamp: int) -> dict[str, int]:
    """Look as of the time that the job was due (seconds since 1970)."""
    found = look(datetime.fromtimestamp(timestamp, UTC))
    return {"opened": found.opened, "closed": found.closed, "failed": found.failed}
