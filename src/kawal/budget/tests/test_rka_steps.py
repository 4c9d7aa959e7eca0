"""The steps of a sheet: submitted, sent back, verified, each by another person; copies of it."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from kawal.budget import actions, queries
from kawal.budget.facts import Record, RevisionState, Step, VersionKind
from kawal.budget.models import HandOver, LineNote, RevisionStep
from kawal.budget.tests.rka_world import ACTIVITIES, AT, YEAR, component, header
from kawal.kernel.refusals import NotThere, Refused, StaleDraft
from kawal.regions.facts import Actor


def codes(caught: Any) -> list[str]:
    return [reason.code for reason in caught.value.reasons]


def test_a_sheet_goes_from_the_pptk_by_the_pa_to_the_tapd(plan: Any) -> None:
    revision = plan.complete()
    actions.submit(revision, actor=plan.world.actor("siti"))
    actions.verify(revision, actor=plan.world.actor("tapd"))
    said = queries.revision(revision)
    persons = plan.world.government.persons
    assert said.state is RevisionState.VERIFIED
    assert (said.changed_by, said.submitted_by, said.verified_by) == (
        persons["pptk"],
        persons["siti"],
        persons["tapd"],
    )
    assert [(step.step, step.by) for step in queries.steps(revision)] == [
        (Step.BEGUN, persons["pptk"]),
        (Step.SUBMITTED, persons["siti"]),
        (Step.VERIFIED, persons["tapd"]),
    ]


def test_a_bad_submit_names_everything_and_keeps_all_that_was_typed(plan: Any) -> None:
    revision = plan.draft()
    works = plan.line(component("9"), account="5.2.03.01.01.0001")
    plan.write(revision, [works])
    before = queries.content(revision)
    with pytest.raises(Refused) as caught:
        actions.submit(revision, actor=plan.world.actor("siti"))
    assert codes(caught) == [
        "budget.indicator_missing",
        "budget.indicator_missing",
        "budget.indicator_missing",
        "budget.works_without_place",
        "budget.no_ceiling",
    ]
    assert queries.content(revision) == before
    assert RevisionStep.objects.filter(step="submitted").count() == 0
    today = plan.world.today
    assert queries.findings(revision, None, today) == list(caught.value.reasons)


@pytest.mark.parametrize("who", ["pptk", "joko", "rina", "tapd", "lurah", "ppkd"])
def test_only_the_pa_of_the_agency_submits(plan: Any, who: str) -> None:
    revision = plan.complete()
    with pytest.raises(Refused) as caught:
        actions.submit(revision, actor=plan.world.actor(who))
    assert codes(caught) == ["regions.not_permitted"]
    assert queries.revision(revision).state is RevisionState.DRAFT


@pytest.mark.parametrize("who", ["pptk", "siti", "joko", "ppkd", "sekda"])
def test_only_the_tapd_verifies_sends_back_and_notes(plan: Any, who: str) -> None:
    revision = plan.complete()
    actions.submit(revision, actor=plan.world.actor("siti"))
    actor = plan.world.actor(who)
    for step in (
        lambda: actions.verify(revision, actor=actor),
        lambda: actions.send_back(revision, "Salah", actor=actor),
        lambda: actions.write_note(revision, "Salah", actor=actor),
    ):
        with pytest.raises(Refused) as caught:
            step()
        assert codes(caught) == ["regions.not_permitted"]
    assert queries.revision(revision).state is RevisionState.SUBMITTED
    assert queries.notes(revision) == []


def _also(world: Any, who: str, *others: str) -> Actor:
    """Return a person who holds the posts of others too."""
    mine = world.actor(who)
    posts = [post for other in others for post in world.actor(other).appointments]
    return Actor(mine.person_id, mine.login_id, (*mine.appointments, *posts), mine.at)


def test_one_person_never_takes_two_steps(plan: Any) -> None:
    revision = plan.complete()
    everything = _also(plan.world, "pptk", "siti", "tapd")
    with pytest.raises(Refused) as caught:
        actions.submit(revision, actor=everything)
    assert codes(caught) == ["budget.same_person"]
    actions.submit(revision, actor=plan.world.actor("siti"))
    for who in ("pptk", "siti"):
        with pytest.raises(Refused) as caught:
            actions.verify(revision, actor=_also(plan.world, who, "tapd"))
        assert codes(caught) == ["budget.same_person"]
    assert queries.revision(revision).state is RevisionState.SUBMITTED


def test_nobody_writes_what_was_submitted(plan: Any) -> None:
    revision = plan.complete()
    actions.submit(revision, actor=plan.world.actor("siti"))
    with pytest.raises(Refused) as caught:
        plan.put(revision, component())
    assert codes(caught) == ["budget.revision_state"]
    with pytest.raises(Refused) as caught:
        actions.drop(revision, "Batal", actor=plan.world.actor("siti"))
    assert codes(caught) == ["budget.revision_state"]


def test_sent_back_it_may_be_written_and_goes_the_same_way_again(plan: Any) -> None:
    revision = plan.verified()
    with pytest.raises(Refused) as caught:
        actions.send_back(revision, "", actor=plan.world.actor("tapd"))
    assert codes(caught) == ["budget.say_why"]
    actions.send_back(revision, "Harga salah", actor=plan.world.actor("tapd"))
    said = queries.revision(revision)
    assert (said.state, said.submitted_by, said.verified_by) == (RevisionState.DRAFT, None, None)
    assert queries.steps(revision)[-1].reason == "Harga salah"
    plan.write(revision, [plan.line(component("900000"))])
    actions.submit(revision, actor=plan.world.actor("siti"))
    actions.verify(revision, actor=plan.world.actor("tapd"))
    assert queries.content(revision).total == Decimal("900000.00")


def test_while_a_note_is_open_nobody_verifies(plan: Any) -> None:
    revision = plan.complete()
    tapd, pptk = plan.world.actor("tapd"), plan.world.actor("pptk")
    with pytest.raises(Refused) as caught:
        actions.write_note(revision, "Terlalu awal", actor=tapd)
    assert codes(caught) == ["budget.revision_state"]
    actions.submit(revision, actor=plan.world.actor("siti"))
    line = queries.content(revision).lines[0].line_id
    note = actions.write_note(revision, "Mengapa semahal ini?", line_id=line, actor=tapd)
    own = actions.write_note(revision, "Keliru", actor=tapd)
    with pytest.raises(Refused) as caught:
        actions.verify(revision, actor=tapd)
    assert codes(caught) == ["budget.notes_open"]
    assert caught.value.reasons[0].values == {"count": 2}
    assert [row.open_notes for row in queries.sheets(YEAR)] == [2]
    actions.answer_note(note.id, "Harga pasar", actor=pptk)
    actions.answer_note(own.id, "Dicabut", actor=tapd)
    with pytest.raises(Refused) as caught:
        actions.answer_note(note.id, "Lagi", actor=pptk)
    assert codes(caught) == ["budget.note_answered"]
    actions.verify(revision, actor=tapd)
    assert [(one.line_id, one.answer) for one in queries.notes(revision)] == [
        (line, "Harga pasar"),
        (None, "Dicabut"),
    ]


def test_a_note_needs_a_line_of_the_sheet_and_words(plan: Any) -> None:
    revision = plan.complete()
    other = plan.draft(ACTIVITIES[1])
    made = plan.put(other, component())
    actions.submit(revision, actor=plan.world.actor("siti"))
    tapd = plan.world.actor("tapd")
    with pytest.raises(NotThere):
        actions.write_note(revision, "Apa?", line_id=made.line_id, actor=tapd)
    with pytest.raises(Refused) as caught:
        actions.write_note(revision, "  ", actor=tapd)
    assert codes(caught) == ["budget.say_why"]
    note = actions.write_note(revision, "Apa?", actor=tapd)
    with pytest.raises(Refused):
        actions.answer_note(note.id, "Itu", actor=plan.world.actor("joko"))
    assert LineNote.objects.get().answer is None


def test_who_submits_or_verifies_may_say_which_version_he_read(plan: Any) -> None:
    revision = plan.complete()
    siti = plan.world.actor("siti")
    with pytest.raises(StaleDraft):
        actions.submit(revision, actor=siti, read=1)
    actions.submit(revision, actor=siti, read=plan.version(revision))


def test_a_revision_begins_as_a_copy_of_what_was_sealed(
    plan: Any, django_assert_max_num_queries: Any
) -> None:
    revision = plan.complete()
    plan.write(
        revision,
        [
            plan.line(component("1.15", "2", tax=Decimal("11.5"), note="Catatan"), component("3")),
            plan.line(component("4"), account="5.1.02.01.01.0025", fund="1.1.01"),
        ],
    )
    actions.submit(revision, actor=plan.world.actor("siti"))
    actions.verify(revision, actor=plan.world.actor("tapd"))
    before = queries.content(revision)
    sheet = before.revision.sheet_id
    pptk = plan.world.actor("pptk")
    with pytest.raises(Refused) as caught:
        actions.begin_revision(sheet, actor=pptk)
    assert codes(caught) == ["budget.revision_open"]
    ppkd = plan.world.actor("ppkd")
    actions.compile_version(YEAR, VersionKind.RKA, title="RKA 2027", actor=ppkd)
    head = queries.head_revision(sheet)
    assert head and head.id == revision
    with pytest.raises(Refused) as caught:
        plan.sheet()
    assert codes(caught) == ["budget.sheet_sealed"]
    with django_assert_max_num_queries(16):
        begun = actions.begin_revision(sheet, actor=pptk)
    after = queries.content(begun)
    assert (after.header, after.total) == (before.header, before.total)
    drafts = [[one.draft for one in line.components] for line in after.lines]
    assert drafts == [[one.draft for one in line.components] for line in before.lines]
    assert [line.line_id for line in after.lines] == [line.line_id for line in before.lines]
    assert (after.revision.number, after.revision.based_on_id) == (2, revision)
    plan.write(begun, [])
    assert queries.content(revision).total == before.total


def test_nothing_begins_where_nothing_was_sealed(plan: Any) -> None:
    sheet = plan.sheet()
    revision = queries.open_revision(sheet)
    assert revision
    pptk = plan.world.actor("pptk")
    actions.drop(revision.id, "Batal", actor=pptk)
    with pytest.raises(Refused) as caught:
        actions.begin_revision(sheet, actor=pptk)
    assert codes(caught) == ["budget.nothing_sealed"]
    with pytest.raises(Refused) as caught:
        actions.begin_revision(sheet, actor=plan.world.actor("joko"))
    assert codes(caught) == ["regions.not_permitted"]


def test_a_document_of_sipd_is_not_written_here_until_it_is_handed_over(plan: Any) -> None:
    revision = plan.draft()
    ppkd, as_of = plan.world.actor("ppkd"), datetime(2026, 11, 20, tzinfo=UTC)
    with pytest.raises(Refused) as caught:
        actions.hand_over(revision, Record.SIPD, "Entri di SIPD", actor=ppkd)
    assert codes(caught) == ["budget.record_incomplete"]
    actions.hand_over(
        revision, Record.SIPD, "Entri di SIPD", actor=ppkd, source="SIPD-RI", as_of=as_of
    )
    for save in (
        lambda: plan.put(revision, component()),
        lambda: actions.submit(revision, actor=plan.world.actor("siti")),
    ):
        with pytest.raises(Refused) as caught:
            save()
        assert "budget.record_elsewhere" in codes(caught)
    actions.hand_over(revision, Record.FALLBACK, "SIPD mati sejak kemarin", actor=ppkd)
    plan.put(revision, component())
    said = queries.hand_overs("revision", revision)
    assert [(one.from_record, one.to_record, one.reason, one.by) for one in said] == [
        (Record.HERE, Record.SIPD, "Entri di SIPD", ppkd.person_id),
        (Record.SIPD, Record.FALLBACK, "SIPD mati sejak kemarin", ppkd.person_id),
    ]
    for who in ("siti", "pptk", "tapd", "joko"):
        with pytest.raises(Refused) as caught:
            actions.hand_over(revision, Record.HERE, "Saya mau", actor=plan.world.actor(who))
        assert codes(caught) == ["regions.not_permitted"]
    assert HandOver.objects.count() == 2


def test_a_sheet_of_a_kelurahan_is_submitted_by_its_kpa(plan: Any) -> None:
    world = plan.world
    unit = plan.unit("Kel. Pahlawan")
    post = next(one for one in world.actor("pptk").appointments)
    from dataclasses import replace

    officer = replace(post, agency_id=unit, covers=frozenset({unit}))
    pptk = Actor(world.actor("pptk").person_id, None, (officer,), AT)
    plan.set(plan.ceiling("50000", short="Kel. Pahlawan"))
    from kawal.budget.facts import SheetKind

    sheet = actions.open_sheet(
        YEAR, unit, SheetKind.SPENDING, plan.activities[ACTIVITIES[0]], actor=pptk
    )
    revision = queries.open_revision(sheet)
    assert revision
    plan.put(revision.id, component(), actor=pptk)
    actions.save_header(revision.id, header(), read=2, actor=pptk)
    with pytest.raises(Refused):
        actions.submit(revision.id, actor=world.actor("siti"))
    actions.submit(revision.id, actor=world.actor("lurah"))
    assert queries.revision(revision.id).submitted_by == world.actor("lurah").person_id
    assert queries.sheet(sheet).top_code == world.agency("Binjai Utara").code
