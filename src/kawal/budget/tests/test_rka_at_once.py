"""Two and more at once: one draft, one ceiling, one sheet; nothing is lost, nothing is passed."""

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from kawal.budget import actions, queries
from kawal.budget.facts import SheetKind
from kawal.budget.models import Revision
from kawal.budget.tests.rka_world import ACTIVITIES, YEAR, component, make_plan
from kawal.kernel.refusals import Refused, StaleDraft

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run each act in a thread of its own, all from one moment; return how each ended."""
    ends = ["" for _ in acts]
    ready = threading.Barrier(len(acts))

    def session(place: int) -> None:
        try:
            connection.ensure_connection()
            ready.wait()
            acts[place]()
            ends[place] = "done"
        except (Refused, StaleDraft) as refused:
            ends[place] = type(refused).__name__
        except BaseException as broken:
            ends[place] = repr(broken)
            ready.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=session, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


@pytest.fixture
def city(world: Any) -> Any:
    """Return a plan in a database of its own."""
    return make_plan(world)


def test_of_eight_who_save_what_they_read_one_saves(city: Any) -> None:
    revision = city.draft()
    ends = at_once(*(lambda: city.put(revision, component("10"), read=1) for _ in range(8)))
    assert ends == ["StaleDraft"] * 7 + ["done"]
    assert queries.content(revision).total == Decimal("10.00")
    assert city.version(revision) == 2


def test_sheets_that_share_a_ceiling_never_exceed_it_together(city: Any) -> None:
    city.set(city.ceiling("100", None))
    drafts = [city.draft(activity) for activity in ACTIVITIES[:3]]
    given = {"account_id": city.accounts["5.1.02.01.01.0025"], "read": 1}
    ends = at_once(*(lambda one=one: city.put(one, component("60"), **given) for one in drafts))
    assert ends == ["Refused", "Refused", "done"]
    assert queries.ceilings(YEAR)[0].planned == Decimal("60.00")


def test_a_sheet_opened_by_six_at_once_has_one_draft(city: Any) -> None:
    actor = city.world.actor("pptk")
    unit, activity = city.unit(), city.activities[ACTIVITIES[0]]

    def open_it() -> int:
        return actions.open_sheet(YEAR, unit, SheetKind.SPENDING, activity, actor=actor)

    assert at_once(*[open_it] * 6) == ["Refused"] * 5 + ["done"]
    assert Revision.objects.count() == 1


def test_what_is_submitted_is_what_was_written_or_it_is_not_submitted(city: Any) -> None:
    revision = city.complete()
    siti = city.world.actor("siti")
    read = city.version(revision)
    before = queries.content(revision).total
    ends = at_once(
        lambda: actions.submit(revision, actor=siti, read=read),
        lambda: actions.remove_component(
            revision,
            next(queries.content(revision).components()).id,
            read=read,
            actor=city.world.actor("pptk"),
        ),
    )
    said = queries.content(revision)
    assert ends in (["Refused", "done"], ["StaleDraft", "done"])
    assert (said.revision.state.value, said.total) in (("submitted", before), ("draft", Decimal(0)))
