"""Each minute: make public that lent power is over. It ended at its hour by itself."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from kawal.regions import actions


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="regions.expire_break_glass")
def expire_break_glass(timestamp: int) -> int:
    """Close what is over as of the time that the job was due (seconds since 1970)."""
    return actions.expire_break_glass(at=datetime.fromtimestamp(timestamp, UTC))
