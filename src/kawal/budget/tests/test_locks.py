"""A lock holds an agency with its units, or one sheet, until it is released with a reason."""

from functools import partial
from typing import Any

import pytest

from kawal.budget import actions, queries
from kawal.budget.tests.small_budget import AT, YEAR, Small, make_small_budget
from kawal.budget.tests.test_compile_version import codes


@pytest.fixture
def small(world: Any) -> Small:
    """Return the small budget, verified."""
    return make_small_budget(world)


def _reasons(small: Small) -> dict[str, list[str]]:
    return {
        name: [reason.code for reason in queries.lock_reasons(sheet.pk)]
        for name, sheet in small.sheets.items()
    }


def test_a_lock_on_an_agency_holds_its_units(small: Small) -> None:
    tapd = small.world.actor("tapd", AT)
    made = actions.lock(YEAR, "Reviu", agency_id=small.unit("Binjai Utara"), actor=tapd)
    sheet = small.sheets["pembiayaan"].pk
    actions.lock(YEAR, "Diperiksa", sheet_id=sheet, actor=tapd)
    assert _reasons(small) == {
        "pendapatan": [],
        "pembiayaan": ["lock.sheet"],
        "sekolah": [],
        "kelurahan": ["lock.agency"],
    }
    (reason,) = queries.lock_reasons(sheet)
    assert reason.values == {"reason": "Diperiksa"}
    actions.unlock(made, "Selesai", actor=tapd)
    assert _reasons(small)["kelurahan"] == []
    kept = queries.lock(made)
    assert (kept.reason, kept.release_reason, kept.is_open) == ("Reviu", "Selesai", False)
    assert kept.released_by == tapd.person_id


def test_a_lock_says_why_and_is_set_once(small: Small) -> None:
    tapd, agency = small.world.actor("tapd", AT), small.unit("Disdik")
    lock = partial(actions.lock, YEAR, actor=tapd)
    assert codes(partial(lock, " ")) == ["lock.reason", "lock.one_thing"]
    assert codes(partial(lock, "x", agency_id=agency, sheet_id=1)) == ["lock.one_thing"]
    made = lock("Reviu", agency_id=agency)
    assert codes(partial(lock, "Lagi", agency_id=agency)) == ["lock.locked_already"]
    assert codes(partial(actions.unlock, made, "", actor=tapd)) == ["lock.reason"]
    actions.unlock(made, "Selesai", actor=tapd)
    assert codes(partial(actions.unlock, made, "Lagi", actor=tapd)) == ["lock.released_already"]
    assert lock("Lagi", agency_id=agency) > made


@pytest.mark.parametrize("person", ["siti", "pptk", "joko", "budi", "sekda"])
def test_only_tapd_and_ppkd_lock(small: Small, person: str) -> None:
    act = partial(actions.lock, YEAR, "x", agency_id=small.unit("Disdik"))
    actor = small.world.actor(person, AT)
    assert codes(partial(act, actor=actor)) == ["regions.not_permitted"]
    assert queries.locks(YEAR) == []
