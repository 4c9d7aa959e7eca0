"""The day of the city and the month of an agency."""

from datetime import date, datetime

from kawal.monitoring.facts import IncidentState
from kawal.monitoring.models import Incident
from kawal.monitoring.overviews import AgencyMonth, DaySummary
from kawal.monitoring.queries import raw, uptime
from kawal.monitoring.queries.spans import day_span, month_of, month_span
from kawal.monitoring.queries.watchers import checks_per_minute, watchers
from kawal.monitoring.queries.whole_city import city

_COUNTS = """
SELECT count(*) FILTER (WHERE opened_at >= %(start)s AND opened_at < %(end)s),
    count(*) FILTER (WHERE acknowledged_at >= %(start)s AND acknowledged_at < %(end)s),
    count(*) FILTER (WHERE resolved_at >= %(start)s AND resolved_at < %(end)s),
    count(*) FILTER (WHERE state <> 'resolved'),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM acknowledged_at - opened_at))
        FILTER (WHERE acknowledged_at >= %(start)s AND acknowledged_at < %(end)s),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM resolved_at - opened_at))
        FILTER (WHERE resolved_at >= %(start)s AND resolved_at < %(end)s)
FROM monitoring_incident i JOIN monitoring_application a ON a.id = i.application_id
WHERE (%(agency_id)s::bigint IS NULL OR a.agency_id = %(agency_id)s)
"""


def day_summary(on: date, at: datetime, *, with_uptime: bool = True) -> DaySummary:
    """Return the city's day so far: incidents, how fast they were taken, who watches.

    ``with_uptime`` false leaves out what takes longest, where thousands of checks have turned.
    """
    start, end = day_span(on)
    values = {"start": start, "end": min(end, at), "agency_id": None}
    ((opened, acknowledged, resolved, open_now, to_acknowledge, _to_resolve),) = raw.rows(
        _COUNTS, values
    )
    return DaySummary(
        day=on,
        at=at,
        opened=opened,
        acknowledged=acknowledged,
        resolved=resolved,
        open_now=open_now,
        to_acknowledge=to_acknowledge,
        uptime=city(start, end, at=at) if with_uptime else None,
        checks_per_minute=checks_per_minute(at),
        watchers=tuple(watchers()),
    )


def agency_month(agency_id: int, month: date, at: datetime) -> AgencyMonth:
    """Return an agency's month: its incidents and how fast they were taken and ended."""
    start, end = month_span(month)
    values = {"start": start, "end": end, "agency_id": agency_id}
    ((opened, _taken, resolved, _open, to_acknowledge, to_resolve),) = raw.rows(_COUNTS, values)
    rows = Incident.objects.filter(
        application__agency_id=agency_id, opened_at__gte=start, opened_at__lt=end
    ).select_related("application")
    incidents = tuple(row.as_facts() for row in rows.order_by("-opened_at"))
    return AgencyMonth(
        agency_id=agency_id,
        month=month_of(month),
        opened=opened,
        resolved=resolved,
        still_open=sum(one.state is not IncidentState.RESOLVED for one in incidents),
        to_acknowledge=to_acknowledge,
        to_resolve=to_resolve,
        uptimes=tuple(uptime.uptimes(start, end, at=at, agency_id=agency_id)),
        incidents=incidents,
    )
