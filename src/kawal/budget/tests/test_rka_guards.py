"""What the database itself refuses of sheets, notes and hand-overs, tried with raw SQL."""

from typing import Any

import pytest
from django.db import Error, connection, transaction

from kawal.budget import actions, queries
from kawal.budget.models import HandOver, LineNote
from kawal.budget.tests.rka_world import component, header


def refused(sql: str, *values: Any) -> str:
    with pytest.raises(Error) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(caught.value)


@pytest.fixture
def submitted(plan: Any) -> int:
    """Return a revision that Siti submitted, with one note of the TAPD."""
    revision: int = plan.complete()
    actions.submit(revision, actor=plan.world.actor("siti"))
    actions.write_note(revision, "Mengapa?", actor=plan.world.actor("tapd"))
    return revision


CONTENT = (
    "UPDATE budget_component SET price = 1",
    "DELETE FROM budget_component",
    "DELETE FROM budget_revisionline",
    "DELETE FROM budget_indicator",
    "UPDATE budget_revision SET place_text = 'lain'",
    "UPDATE budget_revision SET changed_by_id = NULL",
    "INSERT INTO budget_indicator (revision_id, kind, measure, unit)"
    " SELECT id, 'output', 'x', '' FROM budget_revision",
)
APPEND_ONLY = (
    "UPDATE budget_revisionstep SET step = 'verified'",
    "DELETE FROM budget_revisionstep",
    "UPDATE budget_linenote SET text = 'lain'",
    "UPDATE budget_linenote SET line_id = NULL, author_id = author_id + 1",
    "DELETE FROM budget_linenote",
    "UPDATE budget_ceiling SET amount = 1",
    "DELETE FROM budget_ceiling",
    "UPDATE budget_sheet SET kind = 'revenue'",
    "TRUNCATE budget_linenote CASCADE",
    "DELETE FROM budget_fiscalyear",
)


def test_what_was_submitted_is_changed_by_no_statement(plan: Any, submitted: int) -> None:
    before = queries.content(submitted)
    for sql in (*CONTENT, *APPEND_ONLY):
        refused(sql)
    assert queries.content(submitted) == before


def test_one_person_in_two_places_is_refused_by_the_database(plan: Any, submitted: int) -> None:
    siti = plan.world.actor("siti").person_id
    pptk = plan.world.actor("pptk").person_id
    for person in (siti, pptk):
        sql = "UPDATE budget_revision SET state = 'verified', verified_by_id = %s"
        assert "budget_revision_three_persons" in refused(sql, person)
    sql = "UPDATE budget_revision SET submitted_by_id = changed_by_id"
    assert "budget_revision_three_persons" in refused(sql)


def test_a_note_is_answered_once_and_whole(plan: Any, submitted: int) -> None:
    assert "budget_note_answered_whole" in refused("UPDATE budget_linenote SET answer = 'x'")
    note = queries.notes(submitted)[0]
    actions.answer_note(note.id, "Harga pasar", actor=plan.world.actor("pptk"))
    refused("UPDATE budget_linenote SET answer = 'lain'")
    refused("UPDATE budget_linenote SET answer = NULL, answered_by_id = NULL, answered_at = NULL")
    assert LineNote.objects.get().answer == "Harga pasar"


def test_hand_overs_stay_and_say_why(plan: Any) -> None:
    from kawal.budget.facts import Record

    revision = plan.draft()
    plan.put(revision, component())
    actions.save_header(revision, header(), read=2, actor=plan.world.actor("pptk"))
    ppkd = plan.world.actor("ppkd")
    actions.hand_over(revision, Record.FALLBACK, "SIPD mati", actor=ppkd)
    for sql in ("UPDATE budget_handover SET reason = 'x'", "DELETE FROM budget_handover"):
        refused(sql)
    copied = (
        "INSERT INTO budget_handover (document_kind, document_id, from_record, to_record, source,"
        " external_id, reason, by_id, at) SELECT document_kind, document_id, %s, %s, '', '', %s,"
        " by_id, at FROM budget_handover"
    )
    assert "budget_handover_records" in refused(copied, "here", "here", "Sebab")
    assert "budget_handover_says_why" in refused(copied, "here", "fallback", "")
    assert HandOver.objects.count() == 1
