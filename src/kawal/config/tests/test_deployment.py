"""A database is of one kind, and becomes the real one only when everything is ready."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator

from kawal.config import deployment
from kawal.config.backup import archive
from kawal.config.environment import Misconfigured
from kawal.identity import actions as identity
from kawal.identity.facts import PersonDraft
from kawal.kernel.refusals import Refused
from kawal.regions import actions, queries
from kawal.trail import queries as trail
from kawal.trail.models import Leaf

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
DECREE = {"decree": "188.45/12/2026", "decree_date": date(2026, 11, 24)}


def login(name: str, *, second_factor: bool) -> int:
    """Enter a person with a login; return the person's id."""
    person = identity.register_person(PersonDraft(name=name), at=NOON).id
    opened = identity.open_login(person, name.split()[0].lower(), at=NOON)
    if second_factor:
        Authenticator.objects.create(user_id=opened.id, type="totp", data={})
    return person


@pytest.fixture
def rehearsal(db: None) -> tuple[int, int]:
    """A founded city in rehearsal; return its two administrators."""
    founders = login("Ani Lubis", second_factor=True), login("Tono Sembiring", second_factor=True)
    rows = [("12", "Sumatera Utara"), ("12.75", "Kota Binjai")]
    actions.record_regions(rows, valid_from=date(2026, 1, 1), legal_basis="Kepmen", at=NOON)
    actions.found_city(
        "12.75",
        zone="Asia/Jakarta",
        deployment="rehearsal",
        founders=founders,
        sk_number="800/1/2026",
        sk_date=date(2026, 1, 5),
        at=NOON,
    )
    return founders


def backup_of(home: Path, made_at: datetime) -> Path:
    file = home / "kawal.tar"
    file.write_bytes(b"an archive")
    note = {"file": str(file), "made_at": made_at.isoformat(), "sha256": archive.digest(file)}
    (home / "last-backup.json").write_text(json.dumps(note))
    return file


def codes(
    home: Path, *, configured: str = "live", address: str = "https://kawal.go.id"
) -> set[str]:
    ready = deployment.readiness(configured=configured, address=address, home=home, at=NOON)
    return {reason.code for reason in deployment.refusals(ready)}


def test_a_database_is_not_served_as_another_kind(rehearsal: tuple[int, int]):
    deployment.see_kind("rehearsal")
    for other in ("demo", "live"):
        with pytest.raises(Misconfigured, match=r"belongs to a rehearsal deployment"):
            deployment.see_kind(other)


@pytest.mark.django_db
def test_before_there_is_a_city_any_kind_may_start():
    deployment.see_kind("live")


def test_nothing_is_missing_when_all_is_there(rehearsal: tuple[int, int], tmp_path: Path):
    backup_of(tmp_path, NOON - timedelta(hours=2))
    assert codes(tmp_path) == set()


@pytest.mark.django_db
def test_every_reason_is_said_at_once(rehearsal: tuple[int, int], tmp_path: Path):
    Authenticator.objects.filter(user__person_id=rehearsal[0]).delete()
    demo = identity.register_person(PersonDraft(name="Dewi"), at=NOON)
    identity.open_login(demo.id, "dewi", at=NOON, is_demo=True)
    assert codes(tmp_path, configured="rehearsal", address="http://localhost:8000") == {
        "live.not_configured",
        "live.no_https",
        "live.demo_logins",
        "live.one_administrator",
        "live.no_backup",
    }


def test_a_backup_must_be_of_today_and_whole(rehearsal: tuple[int, int], tmp_path: Path):
    backup_of(tmp_path, NOON - timedelta(hours=25))
    assert codes(tmp_path) == {"live.stale_backup"}
    backup_of(tmp_path, NOON - timedelta(hours=1)).write_bytes(b"something else")
    assert codes(tmp_path) == {"live.damaged_backup"}


def test_going_live_starts_a_new_log_that_says_so(rehearsal: tuple[int, int]):
    city = actions.go_live(**DECREE, at=NOON)  # type: ignore[arg-type]
    assert (city.deployment, queries.city().deployment) == ("live", "live")
    log = trail.open_log()
    assert log is not None and log.origin == "kawal.live/12.75"
    assert any(b"188.45/12/2026" in bytes(leaf.canonical) for leaf in Leaf.objects.all())


def test_twice_or_without_a_decree_is_refused_and_changes_nothing(rehearsal: tuple[int, int]):
    with pytest.raises(Refused, match="nomor keputusannya"):
        actions.go_live(decree=" ", decree_date=date(2026, 11, 24), at=NOON)
    assert queries.city().deployment == "rehearsal"
    actions.go_live(**DECREE, at=NOON)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="sudah berjalan"):
        actions.go_live(**DECREE, at=NOON)  # type: ignore[arg-type]
