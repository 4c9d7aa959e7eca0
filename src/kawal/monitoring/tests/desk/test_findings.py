"""What other modules find late: opened once, told, raised, closed when they find it no more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kawal.messages.facts import Channel
from kawal.messages.models import Delivery
from kawal.monitoring import findings, queries
from kawal.monitoring.actions.findings import Looked, look
from kawal.monitoring.facts import Severity
from kawal.monitoring.findings import FindingDraft, Source
from kawal.monitoring.models import Finding
from kawal.monitoring.overviews import NeedKind
from kawal.monitoring.tests.desk.conftest import NOON
from kawal.regions.facts import Role, Scope
from kawal.ui.jinja import said

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


class Late:
    """A source whose answer the test sets."""

    def __init__(self) -> None:
        self.drafts: list[FindingDraft] = []
        self.breaks = False

    def ask(self, at: datetime) -> list[FindingDraft]:
        if self.breaks:
            raise RuntimeError("the module above is broken")
        return self.drafts


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> Iterator[Late]:
    monkeypatch.setattr(findings, "_sources", {})
    source = Late()
    findings.register(Source("trial", source.ask))
    yield source


def draft(agency_id: int | None, key: str = "2027:rka", **changes: Any) -> FindingDraft:
    plain = FindingDraft(
        key=key,
        agency_id=agency_id,
        role=Role.PA,
        severity=Severity.HIGH,
        text="RKA %(year)s belum diajukan",
        instruction="Ajukan RKA",
        values={"year": 2027},
        about="APBD",
        since=NOON,
        due=date(2026, 11, 23),
        link="/office/anggaran/2027/kalender/",
        escalate_to=Role.SEKDA,
        escalate_on=date(2026, 11, 27),
    )
    return replace(plain, **changes)


def test_a_finding_is_opened_once_shown_and_closed_when_it_is_over(late, pendidikan, pendapatan):
    late.drafts = [draft(pendidikan.pk)]
    assert look(NOON) == Looked(opened=1)
    assert look(NOON + timedelta(minutes=5)) == Looked()
    (need,) = queries.needs_decision(NOON)
    assert (need.kind, need.agency_id, need.link) == (
        NeedKind.LATE,
        pendidikan.pk,
        "/office/anggaran/2027/kalender/",
    )
    assert said(need.what) == "APBD: RKA 2027 belum diajukan"
    assert said(need.next) == "PA: Ajukan RKA (jatuh tempo 23 November 2026)"
    others = Scope(agency_ids=frozenset({pendapatan.pk}))
    assert queries.needs_decision(NOON, scope=others) == []
    late.drafts = []
    assert look(LATER) == Looked(closed=1)
    assert queries.needs_decision(LATER) == []
    assert Finding.objects.get().closed_at == LATER


def test_the_owner_is_told_and_the_one_above_when_it_lasts(late, pendidikan, appoint):
    siti, hasan = appoint("Siti", Role.PA, pendidikan), appoint("Hasan", Role.SEKDA)
    operator = appoint("Operator", Role.OPERATOR_PUSAT_KENDALI)
    late.drafts = [draft(pendidikan.pk)]
    look(NOON)
    look(LATER - timedelta(days=1))
    assert told("finding.opened") == [siti.person_id]
    assert told("finding.escalated") == []
    assert look(LATER) == Looked(escalated=1)
    assert look(LATER + timedelta(minutes=5)) == Looked()
    assert told("finding.escalated") == sorted([hasan.person_id, operator.person_id])
    (need,) = queries.needs_decision(LATER)
    assert "sudah dinaikkan" in said(need.next)


def test_what_the_source_says_anew_is_taken_over(late, pendidikan):
    late.drafts = [draft(pendidikan.pk)]
    look(NOON)
    late.drafts = [draft(pendidikan.pk, due=date(2026, 11, 30), severity=Severity.LOW)]
    assert look(NOON + timedelta(minutes=5)) == Looked()
    row = Finding.objects.get()
    assert (row.due, row.severity) == (date(2026, 11, 30), Severity.LOW)


def test_a_broken_source_hinders_no_other_and_leaves_its_findings(late, pendidikan):
    other = Late()
    other.drafts = [draft(None, "city")]
    findings.register(Source("other", other.ask))
    late.drafts = [draft(pendidikan.pk)]
    look(NOON)
    late.breaks, other.drafts = True, []
    assert look(LATER) == Looked(closed=1, failed=1)
    assert [row.source for row in Finding.objects.filter(closed_at=None)] == ["trial"]


def test_what_concerns_the_whole_city_is_not_shown_to_one_agency_s_readers(late, pendidikan):
    late.drafts = [draft(None)]
    look(NOON)
    assert len(queries.open_findings(Scope(everything=True))) == 1
    assert queries.open_findings(Scope(agency_ids=frozenset({pendidikan.pk}))) == []


def test_the_database_keeps_one_open_and_rewrites_none(late, pendidikan):
    late.drafts = [draft(pendidikan.pk)]
    look(NOON)
    row = Finding.objects.get()
    again = {"source": "trial", "key": row.key, "opened_at": NOON, "since": NOON, "due": row.due}
    with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
        Finding.objects.create(role="PA", severity=2, **again)
    for change in ("role = 'KPA'", "opened_at = now()"):
        with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
            connection.cursor().execute(f"UPDATE monitoring_finding SET {change}")
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("DELETE FROM monitoring_finding")


def told(topic: str) -> list[int]:
    rows = Delivery.objects.filter(message__topic=topic, channel=Channel.APP)
    return sorted(rows.values_list("person_id", flat=True))
