"""The paper of an SPD: as it stood when it was signed, and no longer counting once withdrawn."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings

from kawal.budget import actions
from kawal.budget.facts.papers import ReleaseSheet, Subject
from kawal.budget.jobs.papers import issue_papers
from kawal.budget.presenters.papers import drawn
from kawal.budget.queries import papers
from kawal.budget.queries.issued import issued_paper
from kawal.budget.tests.cash_steps import YEAR, enact, evenly, plan_in_force
from kawal.budget.tests.test_papers import WIB
from kawal.documents import queries as documents

JANUARY = datetime(2027, 1, 4, 2, tzinfo=UTC)
APRIL = datetime(2027, 4, 1, 2, tzinfo=UTC)
LATER = int(datetime(2027, 4, 1, 3, tzinfo=UTC).timestamp())
ON = date(2027, 4, 1)


@pytest.fixture
def first(world: Any, lines: list[int], tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return Disdik's SPD of the first quarter: 300 on each of three lines of 1,200."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    agency = world.government.agencies["Disdik"]
    enact(dict.fromkeys(lines, Decimal(1200)))
    plan_in_force(world, agency, dict.fromkeys(lines, evenly("100")))
    made: int = actions.draft_spd(YEAR, agency, 1, 3, actor=world.actor("budi"))
    actions.sign_spd(made, actor=world.actor("ppkd", JANUARY))
    return made


def test_it_stays_as_it_was_when_the_next_one_is_signed(world: Any, first: int) -> None:
    before = papers.spd_paper(first, ON)
    (sheet,) = before.sheets
    assert isinstance(sheet, ReleaseSheet)
    assert not before.is_draft
    total = sheet.total
    assert [total.ceiling, total.released, total.now] == [Decimal(3600), Decimal(0), Decimal(900)]
    assert (sheet.signers[0].place, sheet.signers[0].day) == ("Binjai", date(2027, 1, 4))
    agency = world.government.agencies["Disdik"]
    second = actions.draft_spd(YEAR, agency, 4, 6, actor=world.actor("budi"))
    actions.sign_spd(second, actor=world.actor("ppkd", APRIL))
    assert papers.spd_paper(first, ON) == before
    assert drawn(papers.spd_paper(first, ON), WIB) == drawn(before, WIB)
    (later,) = papers.spd_paper(second, ON).sheets
    assert isinstance(later, ReleaseSheet)
    total = later.total
    assert [total.released, total.now, total.left] == [Decimal(900), Decimal(900), Decimal(1800)]


def test_a_withdrawn_one_no_longer_counts(world: Any, first: int) -> None:
    assert issue_papers(LATER) == 1
    issued = issued_paper(Subject.SPD, first)
    assert issued is not None
    assert documents.issued(issued.code).withdrawn_at is None
    actions.withdraw_spd(first, reason="Keliru bulan", actor=world.actor("ppkd", APRIL))
    assert issue_papers(LATER + 60) == 0
    told = documents.issued(issued.code)
    assert told.withdrawn_because == "Keliru bulan"
    assert issue_papers(LATER + 120) == 0
