"""Identity gets its answers from the appointments in force."""

from datetime import timedelta

import pytest

from kawal.identity import actions, queries, registry
from kawal.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("key", "expected"),
    [("siti", True), ("budi", True), ("admin1", True), ("operator", False), ("dewi", False)],
)
def test_who_holds_power_needs_a_second_factor(world, key, expected):
    assert registry.privileged(world.person(key).id, world.at) is expected


def test_power_ends_with_the_appointment(world):
    siti = world.person("siti").id
    assert registry.privileged(siti, world.at - timedelta(days=20_000)) is False


@pytest.mark.parametrize(
    ("key", "path", "status"),
    [
        ("admin1", "orang/", 200),
        ("admin1", "orang/baru/", 200),
        ("admin1", "akses/", 403),
        ("siti", "orang/", 403),
        ("joko", "orang/", 403),
    ],
)
def test_the_pages_on_persons_are_their_keepers(world, key, path, status):
    assert world.client(key).get(f"/office/{path}").status_code == status


def test_my_data_shows_my_offices(world):
    siti = world.person("siti").id
    held = queries.held(siti, at=world.at)
    assert list(held.groups["Penunjukan"]) == ["Pengguna Anggaran"]


def test_who_holds_an_office_is_not_erased(world):
    siti = world.person("siti")
    with pytest.raises(Refused) as refused:
        actions.erase_person(siti.id, at=world.at)
    assert [reason.code for reason in refused.value.reasons] == ["regions.holds_office"]
    assert queries.person(siti.id) == siti
