"""``kawal import checks``: what another tool saw of applications, for their uptime."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

import click
from django.utils import timezone

from kawal.kernel.importing import Column, Import, Row, Written, import_command
from kawal.kernel.importing.parsing import at_most, decimal, instant, integer, one_of
from kawal.kernel.importing.problems import problem
from kawal.kernel.refusals import NotThere, Reason
from kawal.kernel.words import N_
from kawal.monitoring.actions.history import History, Sight
from kawal.monitoring.facts import State
from kawal.regions import queries as regions
from kawal.regions.facts import Actor
from kawal.regions.imports.people import acting_as


class Seen(StrEnum):
    """What a tool said of an application."""

    UP = "up"
    WARN = "warn"
    DOWN = "down"
    UNKNOWN = "unknown"


STATES = {
    Seen.UP: State.UP,
    Seen.WARN: State.WARN,
    Seen.DOWN: State.DOWN,
    Seen.UNKNOWN: State.UNKNOWN,
}
WORDS = {
    "ok": Seen.UP,
    "operational": Seen.UP,
    "berjalan": Seen.UP,
    "aktif": Seen.UP,
    "normal": Seen.UP,
    "degraded": Seen.WARN,
    "slow": Seen.WARN,
    "lambat": Seen.WARN,
    "perlu perhatian": Seen.WARN,
    "terganggu": Seen.DOWN,
    "mati": Seen.DOWN,
    "offline": Seen.DOWN,
    "outage": Seen.DOWN,
    "tidak diketahui": Seen.UNKNOWN,
}


def _time(cell: str) -> datetime:
    """Read an instant; a time without a zone is the city's."""
    return instant(regions.zone())(cell).astimezone(UTC)


class ChecksImport(Import):
    """Sights of applications in order of time; each change of state is kept for ever."""

    columns = (
        Column("time", N_("Waktu"), ("at", "timestamp", "date", "tanggal"), _time, required=True),
        Column(
            "site",
            N_("Situs"),
            ("aplikasi", "application", "name", "nama", "monitor"),
            at_most(120),
            required=True,
        ),
        Column("status", N_("Keadaan"), ("state", "keadaan"), one_of(Seen, WORDS), required=True),
        Column(
            "code",
            N_("Kode HTTP"),
            ("http code", "kode_http", "http_code", "status code"),
            integer,
            default=0,
        ),
        Column(
            "ms",
            N_("Milidetik"),
            ("response_ms", "response time", "latency", "waktu respons"),
            decimal,
            default=None,
        ),
    )

    def __init__(self, *, agency: str, actor: Actor) -> None:
        self.agency, self.actor = agency, actor
        self.history: History | None = None

    def begin(self) -> None:
        """Find the agency that owns the applications."""
        try:
            owner = regions.agency_by_code(self.agency, regions.today(timezone.now()))
        except NotThere:
            text = N_("OPD dengan kode %(agency)s tidak ada.")
            raise problem("checks.no_agency", text, agency=self.agency) from None
        self.history = History(owner.id, actor=self.actor)

    def check(self, row: Row) -> Sequence[Reason]:
        """Refuse what cannot be: a status outside HTTP's, a negative time."""
        reasons = []
        if row["code"] and not 100 <= row["code"] < 600:
            text = N_("Kode HTTP harus antara 100 dan 599.")
            reasons.append(Reason("checks.code", text, at="Kode HTTP"))
        if isinstance(row["ms"], Decimal) and row["ms"] < 0:
            reasons.append(
                Reason("checks.ms", N_("Milidetik tidak boleh negatif."), at="Milidetik")
            )
        return reasons

    def write(self, rows: Sequence[Row]) -> Written:
        """Take a batch in."""
        assert self.history is not None
        new, rejected = 0, []
        for row in rows:
            seen = Sight(row["time"], row["site"], STATES[row["status"]], row["code"] or 0)
            is_new, reasons = self.history.take(seen)
            new += is_new
            if reasons:
                rejected.append((row.line, reasons))
        self.history.keep()
        return Written(new=new, unchanged=len(rows) - new - len(rejected), rejected=rejected)


@click.option("--by", required=True, metavar="USERNAME", help="The operator who does this.")
@click.option("--agency", required=True, help="Code of the agency that owns the applications.")
def _checks(by: str, agency: str) -> Import:
    """Import history of checks: time, site, status, HTTP code, milliseconds; oldest first.

    A site becomes an application of the agency where it is not one yet. Each change of state
    counts in the uptime; history ends with its last row and never touches what Kawal watches.

    \b
    Example:
      kawal import checks history.csv --by operator --agency 2.16.0.00.0.00.01.0000
    """
    return ChecksImport(agency=agency, actor=acting_as(by))


_checks.columns = ChecksImport.columns  # type: ignore[attr-defined]
command = import_command(_checks, name="checks")
