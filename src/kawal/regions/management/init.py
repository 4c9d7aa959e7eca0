"""``kawal init``: an empty city with two administrators, who appoint everybody else."""

import json
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kawal.identity import actions as identity
from kawal.identity import queries
from kawal.identity.facts import PersonDraft
from kawal.kernel.importing import FileProblem, Options, run
from kawal.kernel.refusals import Refused
from kawal.regions import actions
from kawal.regions.actions.intake import Taken
from kawal.regions.facts import CityFacts
from kawal.regions.imports.regions import DECREE, RegionsImport

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
FIRST_OF_WIT = 81  # Maluku and Papua


def zone_of(region_code: str) -> str:
    """Return the clock of a region by its province (Keppres 41/1987)."""
    province = region_code[:2]
    if province in WITA:
        return "WITA"
    return "WIT" if int(province) >= FIRST_OF_WIT else "WIB"


class Founder(click.ParamType[tuple[str, str, str]]):
    """``USERNAME:Full Name:address``; the user name alone for a login that exists."""

    name = "USERNAME[:NAME[:EMAIL]]"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str, str]:
        """Return the three parts."""
        parts = [part.strip() for part in str(value).split(":")]
        if len(parts) > 3 or not parts[0]:
            self.fail(f"{value!r} is not {self.name}", param, ctx)
        username, name, email = [*parts, "", ""][:3]
        return username, name, email


@click.command()
@click.option("--region", required=True, help="Kemendagri's code, such as 12.75.")
@click.option("--name", help="Its name, where no file of regions gives it.")
@click.option("--province", help="Its province's name, where no file of regions gives it.")
@click.option(
    "--regions",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of regions with this one, its province and all that lies in it.",
)
@click.option(
    "--founder",
    "founders",
    type=Founder(),
    multiple=True,
    required=True,
    help="An administrator, by a new or an existing login; give two.",
)
@click.option("--sk-number", required=True, help="Number of the decree that appoints the two.")
@click.option("--sk-date", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Its date.")
@click.option("--zone", type=click.Choice(list(ZONES)), help="[default: by the province]")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def command(
    region: str,
    name: str | None,
    province: str | None,
    regions: Path | None,
    founders: tuple[tuple[str, str, str], ...],
    sk_number: str,
    sk_date: datetime,
    zone: str | None,
    as_json: bool,
) -> None:
    """Set up an empty city: its regions, and the two administrators of the decree.

    Nothing exists before them, so nobody can appoint them: the public log names both and the
    decree. Everybody else is proposed by one of them and approved by the other.

    \b
    Example:
      kawal init --region 12.75 --regions wilayah_binjai.csv \\
        --sk-number 188.45/1/2026 --sk-date 2026-01-02 \\
        --founder "ani:Ani Lubis" --founder "tono:Tono Sembiring"
    """
    if settings.DEPLOYMENT == "demo":
        raise click.UsageError(
            "kawal run fills a demo city by itself; set KAWAL_DEPLOYMENT=rehearsal for one of yours"
        )
    if len(founders) != 2:
        raise click.BadParameter("give two", param_hint="--founder")
    at, day = timezone.now(), sk_date.date()
    try:
        with transaction.atomic():
            taken = _regions(region, name, province, regions, day, at)
            passwords = _founders(founders, at)
            city = actions.found_city(
                region,
                zone=ZONES[zone or zone_of(region)],
                deployment=settings.DEPLOYMENT,
                founders=(passwords[0][0], passwords[1][0]),
                sk_number=sk_number,
                sk_date=day,
                at=at,
            )
    except (Refused, FileProblem) as refused:
        reasons = refused.reasons if isinstance(refused, Refused) else [refused.reason]
        raise click.ClickException("\n".join(map(str, reasons))) from None
    _say(city, taken, [(user, password) for _id, user, password in passwords], as_json=as_json)


def _regions(
    region: str,
    name: str | None,
    province: str | None,
    file: Path | None,
    day: date,
    at: datetime,
) -> Taken:
    if file is None and not (name and province):
        return Taken(0, 0, 0)  # then it must be on record
    if file is not None:
        summary = run(RegionsImport(valid_from=day, legal_basis=DECREE, at=at), file, Options())
        return Taken(summary.new, summary.changed, summary.unchanged)
    rows = [(region[:2], province or ""), (region, name or "")]
    return actions.record_regions(rows, valid_from=day, legal_basis=DECREE, at=at)


def _founders(founders: Sequence[tuple[str, str, str]], at: datetime) -> list[tuple[int, str, str]]:
    """Return person, user name and new password of each; no password where the login exists."""
    made = []
    for username, name, email in founders:
        known = queries.login_named(username)
        if known is not None and not name:
            made.append((known.person_id, username, ""))
            continue
        if not name:
            raise click.UsageError(f"no login {username}; write {username}:NAME to open one")
        person = identity.register_person(PersonDraft(name=name, email=email), at=at)
        password = f"sementara-{secrets.token_urlsafe(9)}"
        identity.open_login(person.id, username, at=at, password=password)
        made.append((person.id, username, password))
    return made


def _say(city: CityFacts, taken: Taken, passwords: list[tuple[str, str]], *, as_json: bool) -> None:
    if as_json:
        said = {
            "city": city.name,
            "region": city.region_code,
            "zone": city.zone,
            "deployment": city.deployment,
            "regions": taken.new + taken.changed + taken.unchanged,
            "founders": [{"username": user, "password": text} for user, text in passwords],
        }
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    click.echo(f"{city.name} ({city.region_code}, {city.zone}, {city.deployment})")
    click.echo(f"Regions recorded: {taken.new + taken.changed + taken.unchanged}")
    fresh = [(username, password) for username, password in passwords if password]
    if fresh:
        click.echo("Temporary passwords, shown once, to be replaced at the first sign-in:")
    for username, password in fresh:
        click.echo(f"  {username}  {password}")
