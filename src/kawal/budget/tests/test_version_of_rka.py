"""From an officer's draft to money that may be spent, by the product's own actions alone."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from kawal.budget import actions, queries
from kawal.budget.facts import Instrument, RevisionState, SheetKind, VersionKind
from kawal.budget.tests.rka_world import ACTIVITIES, YEAR, Plan, component, header, make_plan
from kawal.budget.tests.test_compile_version import codes

PERDA = {"instrument": Instrument.PERDA, "number": "3 Tahun 2026", "date": date(2026, 11, 20)}
PERKADA = {"instrument": Instrument.PERKADA, "number": "9 Tahun 2026", "date": date(2026, 11, 23)}


@pytest.fixture
def plan(world: Any) -> Plan:
    """Return the year with one sheet of revenue and one of spending, both verified."""
    plan = make_plan(world)
    plan.verified(amount="1000000.07")
    sheet = actions.open_sheet(YEAR, plan.unit(), SheetKind.REVENUE, actor=plan.world.actor("pptk"))
    revision = queries.open_revision(sheet)
    assert revision
    tax = plan.line(component(price="1000000.07"), account="4.1.01.15.01.0001", fund="1.2.01")
    plan.write(revision.id, [tax])
    actions.save_header(
        revision.id,
        header(),
        read=plan.version(revision.id),
        actor=plan.world.actor("pptk"),
    )
    actions.submit(revision.id, actor=plan.world.actor("siti"))
    actions.verify(revision.id, actor=plan.world.actor("tapd"))
    return plan


def _make(plan: Plan, kind: VersionKind, **paper: Any) -> int:
    return actions.compile_version(
        YEAR, kind, title=str(kind), actor=plan.world.actor("ppkd"), **paper
    )


def test_what_was_drafted_is_enacted_and_may_be_spent(plan: Plan) -> None:
    _make(plan, VersionKind.RKA)
    _make(plan, VersionKind.RAPBD)
    _make(plan, VersionKind.APBD, **PERDA)
    version = _make(plan, VersionKind.PENJABARAN, **PERKADA)
    made = actions.make_dpa(version, plan.unit(), actor=plan.world.actor("siti"))
    actions.verify_dpa(made, actor=plan.world.actor("tapd"))
    actions.approve_dpa(made, actor=plan.world.actor("sekda"))
    assert actions.ratify_dpa(made, actor=plan.world.actor("ppkd")).endswith(f"/001/{YEAR}")
    (spent,) = [one for one in queries.sheets(YEAR) if one.kind is SheetKind.SPENDING]
    assert spent.state is RevisionState.SEALED
    assert queries.sheet_funds([spent.id])[spent.id].ceiling == Decimal("1000000.07")


def test_a_sheet_goes_on_from_the_newest_version_only(plan: Plan) -> None:
    first = _make(plan, VersionKind.RKA)
    (spent,) = [one for one in queries.sheets(YEAR) if one.kind is SheetKind.SPENDING]
    pptk = plan.world.actor("pptk")
    revision = actions.begin_revision(spent.id, actor=pptk)
    read = plan.version(revision)
    actions.replace_lines(
        revision, [plan.line(component(price="999999.99"))], read=read, actor=pptk
    )
    assert codes(partial(_make, plan, VersionKind.RKA)) == ["version.nothing", "version.pending"]
    plan.set(plan.ceiling("999999.99", ACTIVITIES[0]))
    actions.submit(revision, actor=plan.world.actor("siti"))
    actions.verify(revision, actor=plan.world.actor("tapd"))
    second = _make(plan, VersionKind.RKA)
    (changed,) = queries.compare(first, second).lines
    assert (changed.before, changed.after) == (Decimal("1000000.07"), Decimal("999999.99"))
    assert codes(partial(_make, plan, VersionKind.RAPBD)) == ["version.unbalanced"]


def test_a_locked_sheet_is_not_drafted(plan: Plan) -> None:
    _make(plan, VersionKind.RKA)
    (spent,) = [one for one in queries.sheets(YEAR) if one.kind is SheetKind.SPENDING]
    tapd, pptk = plan.world.actor("tapd"), plan.world.actor("pptk")
    held = actions.lock(YEAR, "Reviu", agency_id=plan.unit(), actor=tapd)
    begin = partial(actions.begin_revision, spent.id, actor=pptk)
    assert codes(begin) == ["lock.agency"]
    actions.unlock(held, "Selesai", actor=tapd)
    revision = begin()
    actions.lock(YEAR, "Reviu lagi", sheet_id=spent.id, actor=tapd)
    write = partial(actions.replace_lines, revision, [], read=plan.version(revision), actor=pptk)
    assert codes(write) == ["lock.sheet"]
