"""Days and months of the city as instants."""

from datetime import UTC, date, datetime, time, timedelta

from kawal.regions import queries as regions


def midnight(day: date) -> datetime:
    """Return the instant (UTC) at which a day of the city begins."""
    return datetime.combine(day, time(), regions.zone()).astimezone(UTC)


def day_span(day: date) -> tuple[datetime, datetime]:
    """Return a day of the city as a half-open span of instants."""
    return midnight(day), midnight(day + timedelta(days=1))


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_span(month: date) -> tuple[datetime, datetime]:
    """Return a month of the city as a half-open span of instants."""
    return midnight(month_of(month)), midnight(next_month(month))
