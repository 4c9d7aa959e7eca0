"""``kawal init``: found an empty city."""

import json
from datetime import UTC, datetime

import click

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


@click.command()
@click.option("--region", required=True, metavar="CODE", help="The region's code, such as 12.75.")
@click.option(
    "--administrator",
    "administrators",
    multiple=True,
    required=True,
    metavar="USERNAME",
    help="Give it twice: nobody appoints himself, so a city begins with two.",
)
@click.option(
    "--sk", "number", required=True, metavar="NUMBER", help="The decree that appoints them."
)
@click.option(
    "--sk-date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Its date."
)
@click.option("--zone", type=click.Choice(list(ZONES)), default="WIB", help="The city's clock.")
@click.option("--json", "as_json", is_flag=True, help="Print the city as JSON.")
def command(
    region: str,
    administrators: tuple[str, ...],
    number: str,
    day: datetime,
    zone: str,
    as_json: bool,
) -> None:
    """Found an empty city with two administrators, once, in public.

    The region must be on record (kawal import regions), and the two persons must have logins (kawal
    user found). What follows, they do in the office pages.

    \b
    Example:
      kawal init --region 12.75 --administrator rina --administrator budi \\
                 --sk 800/123/2026 --sk-date 2026-01-05
    """
    from django.conf import settings

    from kawal.identity import queries as identity
    from kawal.regions import actions

    if settings.DEPLOYMENT == "demo":
        raise click.UsageError(
            "kawal run fills a demo city by itself; set KAWAL_DEPLOYMENT=rehearsal for one of yours"
        )
    if len(administrators) != 2:
        raise click.UsageError("Give --administrator twice.")
    logins = [identity.login_named(name) for name in administrators]
    if unknown := [name for name, login in zip(administrators, logins, strict=True) if not login]:
        raise click.UsageError(f"no login {', '.join(unknown)}; kawal user list shows them")
    first, second = (login.person_id for login in logins if login)
    city = actions.found_city(
        region,
        zone=ZONES[zone],
        deployment=settings.DEPLOYMENT,
        founders=(first, second),
        sk_number=number,
        sk_date=day.date(),
        at=datetime.now(UTC),
    )
    if as_json:
        click.echo(json.dumps({"region": city.region_code, "name": city.name, "zone": city.zone}))
    else:
        click.echo(f"{city.name} ({city.region_code}) is founded, as a {city.deployment}.")
