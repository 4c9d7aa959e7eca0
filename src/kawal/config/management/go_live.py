"""``kawal go-live``: from rehearsal to service, checked, once."""

from datetime import UTC, datetime

import click


@click.command()
@click.option("--decree", required=True, metavar="NUMBER", help="The number of the decree.")
@click.option("--date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Its date.")
@click.option("--check", is_flag=True, help="Only say what is missing; change nothing.")
def command(decree: str, day: datetime, check: bool) -> None:
    """Turn this rehearsal into the live deployment: seal its public log and start the real one.

    Refused, with every reason at once, while there are demo logins, while the address is not https,
    without two administrators who sign in with a second factor, and without a backup of the last
    24 hours. Stop the product first and start it again afterwards.

    \b
    Example:
      KAWAL_DEPLOYMENT=live kawal go-live --decree 188.45/12/2026 --date 2026-11-24 --check
      KAWAL_DEPLOYMENT=live kawal go-live --decree 188.45/12/2026 --date 2026-11-24
    """
    from django.conf import settings

    from kawal.config import deployment, environment
    from kawal.config.lock import Lock
    from kawal.kernel.refusals import Refused
    from kawal.regions import actions, queries
    from kawal.regions.actions import going_live

    lock = Lock(environment.run_folder() / "kawal.lock")
    if not lock.take():
        raise environment.Misconfigured(f"The product runs ({lock.holder()}); stop it first")
    at = datetime.now(UTC)
    ready = deployment.readiness(
        configured=settings.DEPLOYMENT, address=settings.BASE_URL, home=settings.HOME, at=at
    )
    reasons = deployment.refusals(ready)
    reasons += going_live.refusals(queries.city(), decree=decree, decree_date=day.date(), at=at)
    if reasons:
        raise Refused(reasons)
    if check:
        click.echo("Nothing is missing.")
        return
    city = actions.go_live(decree=decree, decree_date=day.date(), at=at)
    click.echo(f"{city.name} is live. Its public log is kawal.live/{city.region_code}.")
