"""Four times a day: make partitions ahead, drop what is past its keeping."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from kawal.monitoring import rollups


@app.periodic(cron="37 */6 * * *")
@app.task(queueing_lock="monitoring.partitions", name="monitoring.partitions")
def keep_partitions(timestamp: int) -> dict[str, int]:
    """Keep the partitions as of the time that the job was due (seconds since 1970)."""
    made, dropped = rollups.keep_partitions(datetime.fromtimestamp(timestamp, UTC))
    return {"made": made, "dropped": dropped}
