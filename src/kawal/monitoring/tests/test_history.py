"""History from another tool counts as it was seen, once, and ends where it ends."""

import csv
import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kawal.identity import actions as identity
from kawal.identity.facts import PersonDraft
from kawal.kernel.importing.run import Options, run
from kawal.monitoring import queries
from kawal.monitoring.imports.checks import ChecksImport
from kawal.monitoring.models import Application, Check, Transition, Watcher
from kawal.regions.facts import Acting, Actor, AppointmentFacts, Role
from kawal.regions.models import Agency, AgencyVersion, City, Region

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
CODE = "2.16.0.00.0.00.01.0000"
HEADER = "waktu,situs,status,kode_http,response_ms\n"


@pytest.fixture
def operator(db: None) -> Actor:
    """An operator of the command centre, in a city with one agency."""
    person = identity.register_person(PersonDraft(name="Tiur Simbolon"), at=NOON).id
    City.objects.create(
        region=Region.objects.create(recorded_at=NOON), zone="Asia/Jakarta", deployment="rehearsal",
        started_at=NOON,
    )  # fmt: skip
    agency = Agency.objects.create(recorded_at=NOON)
    AgencyVersion.objects.create(
        agency=agency, code=CODE, name="Dinas Komunikasi", short="Diskominfo", kind="skpd",
        status="active", valid_from=date(2026, 1, 1), legal_basis="Perda 4/2016", recorded_at=NOON,
    )  # fmt: skip
    held = AppointmentFacts(
        1, person, Role.OPERATOR_PUSAT_KENDALI, None, Acting.DEFINITIVE, date(2026, 1, 1), None
    )
    return Actor(person, None, (held,), NOON)


def taken(path: Path, operator: Actor):
    return run(ChecksImport(agency=CODE, actor=operator), path, Options(), lambda *_: None)


def a_file(folder: Path, *rows: str) -> Path:
    path = folder / "history.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n")
    return path


ROWS = (
    "2026-11-01T00:00:00+00:00,Portal,up,200,51.0",
    "2026-11-01T06:00:00+00:00,Portal,down,503,",
    "2026-11-01T07:30:00+00:00,Portal,up,200,80",
    "2026-11-01T12:00:00+00:00,Portal,up,200,75",
)


def test_the_time_between_the_rows_counts_as_it_was_seen(operator: Actor, tmp_path: Path):
    summary = taken(a_file(tmp_path, *ROWS), operator)
    assert (summary.read, summary.new, summary.unchanged, summary.rejected) == (4, 4, 0, 0)
    start = datetime(2026, 11, 1, tzinfo=UTC)
    Watcher.objects.create(name="prober", started_at=NOON, alive_at=NOON, watermark=NOON)
    (found,) = queries.uptimes(start, start + timedelta(days=2), at=NOON)
    assert (found.name, found.up, found.down, found.unknown) == ("Portal", 37_800, 5_400, 0)


def test_history_is_no_news(operator: Actor, tmp_path: Path):
    taken(a_file(tmp_path, *ROWS), operator)
    assert queries.latest_events(20) == []


def test_a_second_run_changes_nothing(operator: Actor, tmp_path: Path):
    taken(a_file(tmp_path, *ROWS), operator)
    before = list(Transition.objects.values_list("at", "new"))
    summary = taken(a_file(tmp_path, *ROWS), operator)
    assert (summary.new, summary.unchanged, summary.rejected) == (0, 4, 0)
    assert list(Transition.objects.values_list("at", "new")) == before
    assert Application.objects.count() == 1
    assert Check.objects.count() == 1


def test_longer_history_goes_on_where_the_first_ended(operator: Actor, tmp_path: Path):
    taken(a_file(tmp_path, *ROWS[:2]), operator)
    summary = taken(a_file(tmp_path, *ROWS), operator)
    assert (summary.new, summary.unchanged) == (2, 2)
    assert list(Transition.objects.order_by("at").values_list("new", flat=True)) == [1, 3, 1]


def test_every_bad_row_is_told_and_the_good_ones_stay(operator: Actor, tmp_path: Path):
    bad = (
        "2026-11-01T13:00:00+00:00,Portal,rusak,200,1",
        "kemarin,Portal,up,200,1",
        "2026-11-01T06:30:00+00:00,Portal,up,200,1",
        "2031-01-01T00:00:00+00:00,Portal,up,200,1",
        "2026-11-01T13:00:00+00:00,Portal,up,999,-1",
    )
    summary = taken(a_file(tmp_path, *ROWS, *bad), operator)
    assert (summary.read, summary.new, summary.rejected) == (9, 4, 5)
    assert summary.rejects_file is not None
    with summary.rejects_file.open(encoding="utf-8-sig") as file:
        rejects = list(csv.reader(file))
    why = {row[0]: " ".join(row[1:]) for row in rejects[1:]}
    assert sorted(why, key=int) == ["6", "7", "8", "9", "10"]
    assert "Kode HTTP harus antara 100 dan 599." in why["10"]
    assert "Milidetik tidak boleh negatif." in why["10"]


@pytest.mark.real_data
def test_a_real_history_counts_every_second_of_its_outages(operator: Actor, tmp_path: Path):
    folder = Path(os.environ["KAWAL_TEST_DATA"]) / "uptime_manticore"
    path = tmp_path / "checks.csv"
    path.write_bytes((folder / "manticore_checks.csv").read_bytes())
    summary = taken(path, operator)
    assert summary.read == 314
    Watcher.objects.create(name="prober", started_at=NOON, alive_at=NOON, watermark=NOON)
    start = datetime(2026, 8, 1, tzinfo=UTC)
    ours = {one.name: one for one in queries.uptimes(start, NOON, at=NOON)}
    for site in json.loads((folder / "manticore_summary.json").read_text()):
        mine = ours[site["name"]]
        assert mine.down == naive(folder / "manticore_checks.csv", site["name"]), site["name"]
        # Its own summary counts only the outages that it opened an issue for.
        assert mine.down / 60 >= sum(site["dailyMinutesDown"].values()) - 2, site["name"]


def naive(path: Path, name: str) -> int:
    """Return the seconds from each "down" to the next row that says otherwise."""
    down, since = timedelta(), None
    with path.open() as file:
        for row in csv.DictReader(file):
            if row["situs"] == name:
                at = datetime.fromisoformat(row["waktu"])
                if since and row["status"] != "down":
                    down, since = down + (at - since), None
                elif not since and row["status"] == "down":
                    since = at
    return round(down.total_seconds())
