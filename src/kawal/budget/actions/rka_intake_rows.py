"""The rows of many drafts: revisions, indicators, lines, components, a few statements each."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from kawal.budget.actions.rka_lines import BATCH, component
from kawal.budget.facts import SheetDraft, Step
from kawal.budget.models import (
    Component,
    Indicator,
    Line,
    Revision,
    RevisionLine,
    RevisionStep,
    Sheet,
)

LineKey = tuple[int, int, int]


def write_revisions(
    sheets: Sequence[Sheet], drafts: Sequence[SheetDraft], person: int, at: datetime
) -> list[Revision]:
    """Begin a draft of each sheet with its header, and keep the step."""
    numbers: dict[int, int] = {}
    for row in Revision.objects.filter(sheet__in=[one.pk for one in sheets]).only("sheet_id"):
        numbers[row.sheet_id] = numbers.get(row.sheet_id, 0) + 1
    made = Revision.objects.bulk_create(
        (
            Revision(
                sheet=sheet,
                number=numbers.get(sheet.pk, 0) + 1,
                changed_at=at,
                changed_by_id=person,
                **_header(draft),
            )
            for sheet, draft in zip(sheets, drafts, strict=True)
        ),
        batch_size=BATCH,
    )
    RevisionStep.objects.bulk_create(
        RevisionStep(revision=row, step=Step.BEGUN.value, by_id=person, at=at) for row in made
    )
    return made


def _header(draft: SheetDraft) -> dict[str, Any]:
    header = draft.header
    return {
        "places": list(header.places),
        "place_text": header.place_text.strip(),
        "first_month": header.first_month,
        "last_month": header.last_month,
        "target_group": header.target_group.strip(),
        "last_year": header.last_year,
        "next_year": header.next_year,
        "labels": list(header.labels),
    }


def write_headers(revisions: Sequence[Revision], drafts: Sequence[SheetDraft]) -> None:
    """Write the indicators of drafts that have none yet."""
    Indicator.objects.bulk_create(
        (
            Indicator(
                revision=row,
                kind=one.kind.value,
                measure=one.measure.strip(),
                target=one.target,
                unit=one.unit.strip(),
            )
            for row, draft in zip(revisions, drafts, strict=True)
            for one in draft.header.indicators
        ),
        batch_size=BATCH,
    )


def write_lines(
    sheets: Sequence[Sheet], revisions: Sequence[Revision], drafts: Sequence[SheetDraft]
) -> None:
    """Write the lines and components of drafts that have none yet."""
    lines = _lines(sheets, drafts)
    wanted = [
        (row.pk, lines[sheet.pk, line.account_id, line.fund_id], line)
        for sheet, row, draft in zip(sheets, revisions, drafts, strict=True)
        for line in draft.lines
    ]
    made = RevisionLine.objects.bulk_create(
        (RevisionLine(revision_id=revision, line_id=line) for revision, line, _ in wanted),
        batch_size=BATCH,
    )
    parts = [draft for _, _, draft in wanted]
    Component.objects.bulk_create(_components(made, parts), batch_size=BATCH)


def _components(rows: Sequence[RevisionLine], drafts: Sequence[Any]) -> Iterator[Component]:
    for row, draft in zip(rows, drafts, strict=True):
        for position, one in enumerate(draft.components, 1):
            yield component(one, row.pk, position)


def _lines(sheets: Sequence[Sheet], drafts: Sequence[SheetDraft]) -> dict[LineKey, int]:
    """Return the sheets' lines by account and fund; those not there yet are made."""
    rows = Line.objects.filter(sheet__in=[one.pk for one in sheets])
    known: dict[LineKey, int] = {
        (sheet, account, fund): line
        for line, sheet, account, fund in rows.values_list("pk", "sheet_id", "account", "fund")
    }
    missing = [
        Line(
            sheet=sheet,
            account_id=one.account_id,
            fund_id=one.fund_id,
            previous_id=one.previous_id,
            rkpd_item=one.rkpd_item,
        )
        for sheet, draft in zip(sheets, drafts, strict=True)
        for one in draft.lines
        if (sheet.pk, one.account_id, one.fund_id) not in known
    ]
    for line in Line.objects.bulk_create(missing, batch_size=BATCH):
        known[line.sheet_id, line.account_id, line.fund_id] = line.pk
    return known
