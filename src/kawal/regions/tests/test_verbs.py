"""``kawal init`` and ``kawal region``, as they are typed, and the job of each minute."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from kawal.identity import queries as identity
from kawal.identity.actions import open_login
from kawal.regions import actions, queries
from kawal.regions.facts import CityFacts, Role
from kawal.regions.jobs import expire_break_glass
from kawal.regions.management import init, lists
from kawal.regions.models import Appointment, City, Region
from kawal.regions.tests.conftest import BINJAI, NOON, TODAY, acting, told

pytestmark = pytest.mark.django_db
SK = ("--sk-number", "188.45/1/2026", "--sk-date", "2026-01-02")
TWO = ("--founder", "ani:Ani Lubis:ani@binjai.example", "--founder", "tono:Tono Sembiring")
NAMED = ("--region", "12.75", "--name", "Kota Binjai", "--province", "Sumatera Utara")


@pytest.fixture(autouse=True)
def _rehearsal(settings: Any) -> None:
    settings.DEPLOYMENT = "rehearsal"


def typed(command: click.Command, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(command, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_an_empty_city_has_two_administrators_and_nothing_else(tmp_path: Path):
    code, out, _ = typed(init.command, *NAMED, *SK, *TWO, "--json")
    said = json.loads(out)
    assert (code, said["city"], said["zone"], said["regions"]) == (
        0,
        "Kota Binjai",
        "Asia/Jakarta",
        2,
    )
    first, second = (identity.login_named(name) for name in ("ani", "tono"))
    assert first is not None
    assert second is not None
    assert first.must_change_password
    keepers = queries.holders(Role.PENGELOLA_SISTEM, None, TODAY)
    assert keepers == [first.person_id, second.person_id]
    assert told("city.founded")[0]["founders"] == ["Ani Lubis", "Tono Sembiring"]
    passwords = [one["password"] for one in said["founders"]]
    assert len(set(passwords)) == 2
    assert queries.agencies(TODAY) == []


def test_a_city_from_a_file_of_its_regions(tmp_path: Path):
    path = tmp_path / "wilayah.csv"
    path.write_text("kode,nama\n" + "".join(f"{code},{name}\n" for code, name in BINJAI))
    code, out, _ = typed(init.command, "--region", "12.75", "--regions", str(path), *SK, *TWO)
    assert (code, out.splitlines()[:2]) == (
        0,
        ["Kota Binjai (12.75, Asia/Jakarta, rehearsal)", "Regions recorded: 6"],
    )


def test_founders_may_have_their_logins_already(ani: int, tono: int):
    for person, username in ((ani, "ani"), (tono, "tono")):
        open_login(person, username, at=NOON)
    two = ("--founder", "ani", "--founder", "tono")
    code, out, _ = typed(init.command, *NAMED, *SK, *two)
    assert (code, "passwords" in out) == (0, False)
    assert queries.holders(Role.PENGELOLA_SISTEM, None, TODAY) == [ani, tono]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((*NAMED, *SK, *TWO[:2]), "give two"),
        ((*NAMED, *SK, *TWO[:2], *TWO[:2]), "sudah"),
        (("--region", "12.75", *SK, *TWO), "tidak tercatat pada tanggal SK"),
        ((*NAMED, *SK, *TWO[:2], "--founder", "hantu"), "no login hantu"),
        ((*NAMED, *SK, *TWO[:2], "--founder", ":x"), "is not USERNAME"),
    ],
)
def test_an_empty_city_that_cannot_be(words: tuple[str, ...], sentence: str):
    code, _, err = typed(init.command, *words)
    assert code != 0
    assert sentence in err
    assert not City.objects.exists()
    assert not Region.objects.exists()
    assert not Appointment.objects.exists()


def test_a_demo_city_is_not_begun_by_hand(settings: Any):
    settings.DEPLOYMENT = "demo"
    code, _, err = typed(init.command, *NAMED, *SK, *TWO)
    assert (code, "kawal run fills a demo city" in err) == (2, True)
    assert not City.objects.exists()


def test_there_is_one_beginning(city: CityFacts):
    code, _, err = typed(init.command, *NAMED, *SK, *TWO)
    assert (code, "sudah didirikan" in err) == (1, True)
    assert identity.login_named("ani") is None


@pytest.mark.parametrize(
    ("region", "zone"),
    [("12.75", "WIB"), ("31.71", "WIB"), ("62.71", "WIB"), ("64.72", "WITA"), ("51.71", "WITA"),
     ("73.71", "WITA"), ("81.71", "WIT"), ("94.71", "WIT")],
)  # fmt: skip
def test_the_clock_of_a_province(region: str, zone: str):
    assert init.zone_of(region) == zone


def test_lists_as_text_and_json(city: CityFacts, ani: int):
    code, out, _ = typed(lists.regions, "--within", "12.75.01")
    assert (code, out) == (0, "12.75.01.1001\tPahlawan\tkelurahan\n")
    posts = json.loads(typed(lists.posts, "--json")[1])
    assert [(p["person"], p["role"], p["sk_number"]) for p in posts] == [
        ("Tono Sembiring", "PENGELOLA_SISTEM", "188.45/1/2026"),
        ("Ani Lubis", "PENGELOLA_SISTEM", "188.45/1/2026"),
    ]
    assert typed(lists.agencies, "--json") == (0, "[]\n", "")


def test_without_a_city_a_list_says_so():
    assert typed(lists.regions) == (1, "", "Error: not on record: city\n")


def test_each_minute_what_is_over_is_made_public(city: CityFacts, ani: int, tono: int, siti: int):
    request = actions.ask_break_glass(
        person_id=siti,
        role=Role.OPERATOR_PUSAT_KENDALI,
        reason="Banjir besar di Binjai Kota",
        length=timedelta(hours=1),
        actor=acting(ani),
    )
    actions.grant_break_glass(request.id, actor=acting(tono))
    due = int((NOON + timedelta(hours=1)).timestamp())
    assert expire_break_glass(timestamp=due - 60) == 0
    assert expire_break_glass(timestamp=due) == 1
    assert told("emergency.ended")[0]["ended_at"] == datetime.fromtimestamp(due, UTC).strftime(
        "%Y-%m-%dT%H:%M:%S.%fZ"
    )
