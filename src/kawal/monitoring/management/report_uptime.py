"""``kawal report uptime``: seconds up, down and unknown of every application, inside its hours."""

import csv
import json
import sys
from datetime import UTC, date, datetime
from typing import Any

import click
from django.utils import timezone

from kawal.monitoring import queries
from kawal.monitoring.facts import Uptime
from kawal.monitoring.queries.spans import day_span

HEADERS = ("application", "seconds_up", "seconds_down", "seconds_unknown", "percent")


def _day(_context: click.Context, parameter: click.Parameter, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        name = parameter.opts[0]
        raise click.BadParameter(f"{name} {text!r} is not a date; write 2026-11-24") from None


@click.command(name="uptime")
@click.option("--from", "first", required=True, callback=_day, help="First day, as 2026-11-01.")
@click.option("--to", "last", required=True, callback=_day, help="Last day; it counts whole.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(first: date, last: date, as_csv: bool, as_json: bool) -> None:
    """Print each application's seconds up, down and unknown within its service hours, and percent.

    Days are the city's. A second that nobody watched on purpose counts nowhere; one that the
    watcher missed is unknown.

    \b
    Example:
      kawal report uptime --from 2026-11-01 --to 2026-11-30 --csv
    """
    if last < first:
        raise click.BadParameter(f"--to {last} lies before --from {first}")
    start, end = day_span(first)[0], day_span(last)[1]
    found = queries.uptimes(start, end, at=timezone.now())
    if as_json:
        period = {"from": first.isoformat(), "to": last.isoformat(), "as_of": _now()}
        click.echo(json.dumps(period | {"applications": [_row(one) for one in found]}))
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, HEADERS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_row(one) for one in found)
    else:
        for one in found:
            click.echo(_line(one))


def _row(one: Uptime) -> dict[str, Any]:
    percent = None if one.percent is None else str(one.percent)
    return dict(zip(HEADERS, (one.name, one.up, one.down, one.unknown, percent), strict=True))


def _line(one: Uptime) -> str:
    percent = "-" if one.percent is None else f"{one.percent} %"
    seconds = f"{one.up:>11} up {one.down:>9} down {one.unknown:>9} unknown"
    return f"{one.name:<40.40} {seconds} {percent:>11}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
