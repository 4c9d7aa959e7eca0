"""``kawal region ...``: what is on record, as text or JSON."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import click
from django.utils import timezone

from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere
from kawal.regions import queries
from kawal.regions.facts import Scope

Rows = list[dict[str, Any]]
_ON = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="As it stood on this day [default: today]."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _day(on: datetime | None) -> date:
    return on.date() if on else queries.today(timezone.now())


def _print(rows: Rows, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for row in rows:
        click.echo("\t".join(str(value) for value in row.values() if value not in {None, ""}))


def _listing(name: str, read: Callable[..., Rows], options: Sequence[Any]) -> click.Command:
    def listed(as_json: bool, on: datetime | None, **more: Any) -> None:
        try:
            rows = read(_day(on), **more)
        except NotThere as nothing:
            raise click.ClickException(f"not on record: {nothing}") from None
        _print(rows, as_json=as_json)

    listed.__doc__ = read.__doc__
    command: Any = listed
    for option in (*options, _ON, _JSON):
        command = option(command)
    made: click.Command = click.command(name=name)(command)
    return made


def _regions(on: date, within: str | None) -> Rows:
    """List the regions of the city, or those within another code.

    \b
    Example:
      kawal region list --within 12.75.01
    """
    found = queries.regions_below(within or queries.city().region_code, on)
    return [{"code": r.code, "name": r.name, "kind": r.kind.value} for r in found]


def _agencies(on: date) -> Rows:
    """List the agencies and units.

    \b
    Example:
      kawal region agencies --on 2026-01-01 --json
    """
    return [
        {"code": a.code, "name": a.name, "short": a.short, "kind": a.kind.value}
        for a in queries.agencies(on)
    ]


def _posts(on: date) -> Rows:
    """List who holds which post.

    \b
    Example:
      kawal region posts
    """
    rows = list(queries.appointments(Scope(everything=True), on=on))
    names = identity.names(row.person_id for row in rows)
    codes = {a.id: a.code for a in queries.agencies(on, with_closed=True)}
    return [
        {
            "role": row.role,
            "agency": codes.get(row.agency_id or 0, ""),
            "person": names[row.person_id],
            "acting": row.acting,
            "sk_number": row.sk_number,
            "from": row.valid_from.isoformat(),
            "until": row.valid_until.isoformat() if row.valid_until else None,
        }
        for row in rows
    ]


_WITHIN = click.option("--within", help="A region's code [default: the city's].")
regions = _listing("list", _regions, [_WITHIN])
agencies = _listing("agencies", _agencies, [])
posts = _listing("posts", _posts, [])
