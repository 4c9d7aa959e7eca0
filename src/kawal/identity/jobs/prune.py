"""Each night: throw away what is old enough."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from kawal.identity import pruning


@app.periodic(cron="17 19 * * *")  # 02.17 in Jakarta
@app.task(queueing_lock="identity.prune")
def prune_identity(timestamp: int) -> dict[str, int]:
    """Prune as of the time that the job was due (seconds since 1970)."""
    return pruning.prune(at=datetime.fromtimestamp(timestamp, UTC))
