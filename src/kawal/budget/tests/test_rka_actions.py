"""Writing sheets: every save whole or not at all, versions read, the right desk, three persons."""

from decimal import Decimal
from typing import Any

import pytest

from kawal.budget import actions, queries
from kawal.budget.facts import RevisionState, SheetKind, Step, Volume
from kawal.budget.models import Component, Line, RevisionLine
from kawal.budget.tests.rka_world import ACTIVITIES, AT, YEAR, component, header
from kawal.kernel.refusals import NotThere, Refused, StaleDraft


def codes(caught: Any) -> list[str]:
    return [reason.code for reason in caught.value.reasons]


def test_a_sheet_opens_with_an_empty_draft(plan: Any) -> None:
    sheet = plan.sheet()
    said = queries.sheet(sheet)
    assert (said.year, said.kind, said.activity_code) == (YEAR, SheetKind.SPENDING, ACTIVITIES[0])
    assert said.unit_name == "Dinas Pendidikan"
    assert said.top_code == "1.01.0.00.0.00.01.0000"
    revision = queries.open_revision(sheet)
    assert revision and (revision.number, revision.version) == (1, 1)
    assert queries.content(revision.id).lines == ()
    assert [step.step for step in queries.steps(revision.id)] == [Step.BEGUN]


def test_a_sheet_is_not_opened_twice(plan: Any) -> None:
    plan.sheet()
    with pytest.raises(Refused) as caught:
        plan.sheet()
    assert codes(caught) == ["budget.revision_open"]


def test_a_spending_sheet_needs_a_sub_kegiatan_and_others_none(plan: Any) -> None:
    pptk = plan.world.actor("pptk")
    activity = plan.activities[ACTIVITIES[0]]
    for kind, given in ((SheetKind.SPENDING, None), (SheetKind.REVENUE, activity)):
        with pytest.raises(Refused) as caught:
            actions.open_sheet(YEAR, plan.unit(), kind, given, actor=pptk)
        assert codes(caught) == ["budget.sheet_activity"]
    assert queries.sheets(YEAR) == []


def test_a_component_is_added_rewritten_moved_and_taken_away(plan: Any) -> None:
    revision = plan.draft()
    made = plan.put(revision, component("1000.55", "3", tax=Decimal(11)))
    assert made.version == 2
    content = queries.content(revision)
    assert content.total == Decimal("3331.83")  # 3 x 1,000.55 x 1.11 = 3,331.8315
    assert content.lines[0].line_id == made.line_id
    assert content.lines[0].components[0].draft == component("1000.55", "3", tax=Decimal(11))
    other = plan.accounts["5.1.02.01.01.0025"]
    moved = plan.put(revision, component("10"), component_id=made.component_id, account_id=other)
    content = queries.content(revision)
    assert [line.account_code for line in content.lines] == ["5.1.02.01.01.0025"]
    assert (content.total, moved.component_id) == (Decimal("10.00"), made.component_id)
    pptk = plan.world.actor("pptk")
    actions.remove_component(revision, moved.component_id, read=3, actor=pptk)
    assert queries.content(revision).lines == ()
    assert Line.objects.count() == 2  # identities stay


def test_all_reasons_of_a_component_come_at_once_and_nothing_is_kept(plan: Any) -> None:
    revision = plan.draft()
    bad = component("-1", name=" ", volumes=(Volume(Decimal("-1"), ""),), tax=Decimal(101))
    with pytest.raises(Refused) as caught:
        plan.put(revision, bad, account_id=plan.accounts["4.1.01.15.01.0001"], fund_id=0)
    assert {(reason.code, reason.at) for reason in caught.value.reasons} == {
        ("budget.account_kind", "account"),
        ("budget.code_not_of_year", "fund"),
        ("budget.component_unnamed", "name"),
        ("budget.volume", "volume1"),
        ("budget.unit", "unit1"),
        ("budget.rupiah", "price"),
        ("budget.tax", "tax"),
    }
    assert Line.objects.count() == RevisionLine.objects.count() == 0
    assert plan.version(revision) == 1


def test_lines_are_replaced_whole_and_keep_their_identity(plan: Any) -> None:
    revision = plan.draft()
    first = plan.line(component("10"), component("20"))
    second = plan.line(component("5"), account="5.1.02.01.01.0025")
    plan.write(revision, [first, second])
    before = {line.account_code: line.line_id for line in queries.content(revision).lines}
    plan.write(revision, [plan.line(component("7"), account="5.1.02.01.01.0025")])
    content = queries.content(revision)
    assert [(line.line_id, line.amount) for line in content.lines] == [
        (before["5.1.02.01.01.0025"], Decimal("7.00"))
    ]
    plan.write(revision, [first])
    assert queries.content(revision).lines[0].line_id == before["5.1.02.01.01.0024"]
    assert [c.position for c in queries.content(revision).components()] == [1, 2]


def test_a_bad_paste_changes_nothing_and_names_every_row(plan: Any) -> None:
    revision = plan.draft()
    plan.write(revision, [plan.line(component("10"))])
    rows = [
        plan.line(component("1")),
        plan.line(component("1")),
        plan.line(component("0.001"), account="5.1.02.01.01"),
        plan.line(component("1"), account="5.1.02.01.01.0025", previous=77),
    ]
    with pytest.raises(Refused) as caught:
        plan.write(revision, rows)
    assert [(reason.code, reason.at) for reason in caught.value.reasons] == [
        ("budget.line_twice", "lines.1.account"),
        ("budget.previous_line", "lines.3.previous"),
        ("budget.account_level", "lines.2.account"),
        ("budget.rupiah", "lines.2.components.0.price"),
    ]
    assert queries.content(revision).total == Decimal("10.00")
    assert plan.version(revision) == 2


def test_replacing_a_thousand_lines_takes_no_more_statements_than_one(
    plan: Any, django_assert_max_num_queries: Any
) -> None:
    from kawal.nomenclature.models import Account, Decree

    decree = Decree.objects.get(code="uji-2026")
    made = Account.objects.bulk_create(
        Account(code=f"5.1.02.02.01.{n:04}", level=6, decree=decree, name="Uji")
        for n in range(1000)
    )
    plan.accounts.update({row.code: row.pk for row in made})
    revision = plan.draft()
    rows = [plan.line(component("1"), component("2"), account=row.code) for row in made]
    actor = plan.world.actor("pptk")
    with django_assert_max_num_queries(40):
        actions.replace_lines(revision, rows, read=1, actor=actor)
    assert queries.content(revision).total == Decimal("3000.00")


def test_who_read_an_older_version_is_told_who_saved_since(plan: Any) -> None:
    revision = plan.draft()
    plan.put(revision, component())
    with pytest.raises(StaleDraft) as caught:
        plan.put(revision, component(), read=1)
    assert (caught.value.read, caught.value.current) == (1, 2)
    assert str(caught.value.theirs["changed_by"]).startswith(plan.world.person("pptk").name)
    for save in (
        lambda actor: actions.save_header(revision, header(), read=1, actor=actor),
        lambda actor: actions.replace_lines(revision, [], read=1, actor=actor),
        lambda actor: actions.remove_component(revision, 1, read=1, actor=actor),
    ):
        with pytest.raises(StaleDraft):
            save(plan.world.actor("pptk"))
    assert Component.objects.count() == 1


def test_header_keeps_what_was_typed_and_refuses_what_cannot_be(plan: Any) -> None:
    revision = plan.draft()
    pptk = plan.world.actor("pptk")
    good = header(places=("12.75",), first_month=3, last_month=9, labels=("SPM",))
    assert actions.save_header(revision, good, read=1, actor=pptk) == 2
    assert queries.content(revision).header == good
    bad = header(places=("99.99",), first_month=9, last_month=3, next_year=Decimal("-1"))
    with pytest.raises(Refused) as caught:
        actions.save_header(revision, bad, read=2, actor=pptk)
    assert codes(caught) == ["budget.months", "budget.rupiah", "budget.place_unknown"]
    assert queries.content(revision).header == good


@pytest.mark.parametrize("who", ["joko", "siti", "rina", "tapd", "lurah", "budi", "dewi"])
def test_only_the_pptk_of_the_agency_drafts(plan: Any, who: str) -> None:
    revision = plan.draft()
    with pytest.raises(Refused) as caught:
        plan.put(revision, component(), actor=plan.world.actor(who))
    assert codes(caught) == ["regions.not_permitted"]
    with pytest.raises(Refused):
        plan.sheet(ACTIVITIES[1], by=who)
    assert Component.objects.count() == 0


def test_the_pptk_of_one_agency_writes_nothing_of_another(plan: Any) -> None:
    with pytest.raises(Refused) as caught:
        plan.sheet(ACTIVITIES[3], short="Dishub")
    assert codes(caught) == ["regions.not_permitted"]


def test_a_component_of_another_revision_is_not_there(plan: Any) -> None:
    one, other = plan.draft(), plan.draft(ACTIVITIES[1])
    made = plan.put(one, component())
    with pytest.raises(NotThere):
        plan.put(other, component(), component_id=made.component_id)
    pptk = plan.world.actor("pptk")
    with pytest.raises(NotThere):
        actions.remove_component(other, made.component_id, read=1, actor=pptk)
    assert queries.content(one).total == Decimal("50000.00")


def test_a_dropped_draft_leaves_the_sheet_to_begin_again(plan: Any) -> None:
    sheet = plan.sheet()
    first = queries.open_revision(sheet)
    assert first
    pptk = plan.world.actor("pptk")
    with pytest.raises(Refused) as caught:
        actions.drop(first.id, " ", actor=pptk)
    assert codes(caught) == ["budget.say_why"]
    actions.drop(first.id, "Salah sub kegiatan", actor=pptk)
    assert queries.open_revision(sheet) is None
    assert plan.sheet() == sheet
    again = queries.open_revision(sheet)
    assert again and (again.number, again.state) == (2, RevisionState.DRAFT)
    assert again.changed_at == AT


def test_a_locked_sheet_is_neither_written_nor_opened(plan: Any) -> None:
    revision = plan.draft()
    tapd = plan.world.actor("tapd")
    lock = actions.lock(YEAR, "Penyusunan ditutup", agency_id=plan.unit(), actor=tapd)
    for write in (
        lambda: plan.put(revision, component()),
        lambda: plan.sheet(ACTIVITIES[1]),
        lambda: actions.submit(revision, actor=plan.world.actor("siti")),
    ):
        with pytest.raises(Refused) as caught:
            write()
        assert "lock.agency" in codes(caught)
    assert len(queries.sheets(YEAR)) == 1
    actions.unlock(lock, "Dibuka lagi", actor=tapd)
    plan.put(revision, component())
