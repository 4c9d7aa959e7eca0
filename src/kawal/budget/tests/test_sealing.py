"""The database's own promises about revisions: sums, seals, versions that never change."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connection, transaction

from kawal.budget.models import Component, FiscalYear, Line, Revision, RevisionLine, Sheet
from kawal.nomenclature.models import Account, Activity, Decree, Fund

AT = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)


@pytest.fixture
def line(world: Any) -> RevisionLine:
    """Return an empty line of a draft: stationery of the education agency, from DAU."""
    decree = Decree.objects.create(code="uji", title="Uji", valid_from=date(2026, 1, 1))
    coded: dict[str, Any] = {"decree": decree, "name": "Uji"}
    year = FiscalYear.objects.create(
        year=2027, accounts=decree, activities=decree, funds=decree, opened_at=AT
    )
    activity = Activity.objects.create(code="1.01.02.2.01.0001", level="sub_kegiatan", **coded)
    account = Account.objects.create(code="5.1.02.01.01.0024", level=6, **coded)
    fund = Fund.objects.create(code="1.2.01", level=3, **coded)
    sheet = Sheet.objects.create(
        year=year,
        unit_id=world.government.agencies["Disdik"],
        kind="spending",
        activity=activity,
        opened_at=AT,
    )
    revision = Revision.objects.create(sheet=sheet, number=1, changed_at=AT)
    kept = Line.objects.create(sheet=sheet, account=account, fund=fund)
    return RevisionLine.objects.create(revision=revision, line=kept)


def _component(line: RevisionLine, **values: Any) -> Component:
    given = {"position": 1, "name": "Kertas", "volume1": 3, "unit1": "Rim", "price": "0.15"}
    return Component.objects.create(revision_line=line, **given | values)


def _amount(line: RevisionLine) -> Decimal:
    line.refresh_from_db()
    return line.amount


def _seal(line: RevisionLine) -> None:
    for state in ("submitted", "verified"):
        Revision.objects.filter(pk=line.revision_id).update(state=state)
    Revision.objects.filter(pk=line.revision_id).update(
        state="sealed", total=_amount(line), digest="0" * 64
    )


def _refused(sql: str, *values: Any) -> str:
    with pytest.raises(Error) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(caught.value)


def test_the_database_multiplies_and_rounds_to_the_sen(line: RevisionLine) -> None:
    whole = _component(line, volume2=2, unit2="Kali", volume3=4, price="333.33", tax="11")
    whole.refresh_from_db()
    assert whole.amount == Decimal("8879.91")  # 3 x 2 x 4 x 333.33 x 1.11 = 8,879.9112


def test_a_line_is_the_sum_of_its_components_whatever_happens_to_them(line: RevisionLine) -> None:
    first, second = _component(line), _component(line, price="1000000000000.01")
    assert _amount(line) == Decimal("3000000000000.48")
    Component.objects.filter(pk=first.pk).update(volume1=5)
    assert _amount(line) == Decimal("3000000000000.78")
    Component.objects.filter(pk=second.pk).delete()
    assert _amount(line) == Decimal("0.75")
    Component.objects.all().delete()
    assert _amount(line) == 0


def test_nobody_writes_a_lines_amount_himself(line: RevisionLine) -> None:
    _component(line)
    broken = _refused("UPDATE budget_revisionline SET amount = 7 WHERE id = %s", line.pk)
    assert "take their sums themselves" in broken
    assert _amount(line) == Decimal("0.45")


def test_a_line_cannot_be_born_with_an_amount(line: RevisionLine) -> None:
    other = Line.objects.create(
        sheet=line.line.sheet,
        account=Account.objects.create(
            code="5.1.02.01.01.0025", level=6, name="Uji", decree=line.line.account.decree
        ),
        fund=line.line.fund,
    )
    assert _amount(RevisionLine.objects.create(revision=line.revision, line=other, amount=9)) == 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE budget_component SET price = 1",
        "DELETE FROM budget_component",
        "UPDATE budget_revisionline SET line_id = line_id",
        "UPDATE budget_revision SET total = 1",
        "UPDATE budget_revision SET state = 'draft'",
        "DELETE FROM budget_revision",
        "INSERT INTO budget_indicator (revision_id, kind, measure, unit)"
        " SELECT id, 'output', 'x', '' FROM budget_revision",
        "INSERT INTO budget_component (revision_line_id, position, name, volume1, unit1, price,"
        ' tax, specification, "group", note, unit2, unit3, unit4)'
        " SELECT id, 1, 'x', 1, 'x', 1, 0, '', '', '', '', '', '' FROM budget_revisionline",
    ],
)
def test_a_sealed_revision_never_changes(line: RevisionLine, sql: str) -> None:
    _component(line)
    _seal(line)
    _refused(sql)
    assert _amount(line) == Decimal("0.45")
    assert Component.objects.count() == 1


def test_a_sheet_has_one_open_revision(line: RevisionLine) -> None:
    with pytest.raises(Error), transaction.atomic():
        Revision.objects.create(sheet=line.revision.sheet, number=2, changed_at=AT)
    _seal(line)
    Revision.objects.create(sheet=line.revision.sheet, number=2, changed_at=AT)


def test_a_revision_cannot_skip_its_checks(line: RevisionLine) -> None:
    assert "do not take such a step" in _refused("UPDATE budget_revision SET state = 'verified'")


def _read_of_components() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables"
            " WHERE relname = 'budget_component'"
        )
        return int(cursor.fetchone()[0])


def test_a_line_is_summed_without_reading_the_other_lines(line: RevisionLine) -> None:
    crowd = {"position": 1, "name": "Kertas", "volume1": 1, "unit1": "Rim", "price": 1}
    Component.objects.bulk_create(Component(revision_line=line, **crowd) for _ in range(3_000))
    other = Line.objects.create(
        sheet=line.line.sheet,
        account=line.line.account,
        fund=Fund.objects.create(code="1.2.02", level=3, name="Uji", decree=line.line.fund.decree),
    )
    quiet = RevisionLine.objects.create(revision=line.revision, line=other)
    before = _read_of_components()
    _component(quiet)
    assert (_read_of_components() - before, _amount(quiet)) == (1, Decimal("0.45"))


def _rewritten_lines() -> tuple[int, int]:
    """Return how many lines were updated, and how many of them with no index written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables"
            " WHERE relname = 'budget_revisionline'"
        )
        updated, within = cursor.fetchone()
        return updated, within


def test_summing_a_line_writes_no_index_again(line: RevisionLine) -> None:
    codes: dict[str, Any] = {"level": 6, "name": "Uji", "decree": line.line.account.decree}
    accounts = Account.objects.bulk_create(
        Account(code=f"5.1.02.01.02.{place:04}", **codes) for place in range(500)
    )
    kept = Line.objects.bulk_create(
        Line(sheet=line.line.sheet, account=one, fund=line.line.fund) for one in accounts
    )
    rows = RevisionLine.objects.bulk_create(
        RevisionLine(revision=line.revision, line=one) for one in kept
    )
    part = {"position": 1, "name": "Kertas", "volume1": 1, "unit1": "Rim", "price": 1}
    before = _rewritten_lines()
    Component.objects.bulk_create(Component(revision_line=one, **part) for one in rows)
    after = _rewritten_lines()
    assert (after[0] - before[0], after[1] - before[1]) == (500, 500)
