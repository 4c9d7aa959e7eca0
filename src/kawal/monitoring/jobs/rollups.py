"""Shortly after each hour: roll it up, and what came in late for the hours before."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from kawal.monitoring import rollups


@app.periodic(cron="2 * * * *")
@app.task(queueing_lock="monitoring.rollups", name="monitoring.rollups")
def roll_up(timestamp: int) -> int:
    """Roll up as of the time that the job was due (seconds since 1970)."""
    return rollups.roll_up(datetime.fromtimestamp(timestamp, UTC))
