"""A shift on paper: what it changes by account, then each sub kegiatan before and after."""

from datetime import date

from kawal.budget.facts import SheetKind
from kawal.budget.facts.papers import AnySheet, Form, Head, Paper, Signer
from kawal.budget.facts.shifts import DESK_LABELS, SHIFT_STATE_LABELS, ShiftState
from kawal.budget.facts.versions import Instrument
from kawal.budget.models import Shift, ShiftSheet, VersionSheet
from kawal.budget.queries.papers.held import HELD, Held, held_row, of_kind
from kawal.budget.queries.papers.names import (
    account_names,
    activity_names,
    government,
    mayor,
    organisation,
    place,
)
from kawal.budget.queries.papers.sheets import Forms, Making, detail, one_sided, summary
from kawal.budget.queries.versions import head
from kawal.budget.queries.years import standing
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere

FORMS = Forms(*[Form.SHIFT] * 5)


def shift_paper(shift_id: int, on: date) -> Paper:
    """Return a shift; a draft until its desk approved it.

    :raises NotThere: when there is none of that id, or no version to shift in.
    """
    row = Shift.objects.filter(pk=shift_id).first()
    newest = head(row.year_id) if row else None
    if row is None or newest is None:
        raise NotThere(f"shift {shift_id}")
    year, name = row.year_id, standing(row.year_id)[row.agency_id].name
    now = _after(shift_id)
    stage = str(SHIFT_STATE_LABELS[ShiftState(row.state)])
    making = Making(
        year,
        FORMS,
        Head(government(), year, row.approval_number, stage, organisation(year, row.agency_id)),
        row.approval_date or on,
        _signers(row, name),
        before=_before(row.base_id or newest.id, now),
    )
    title = f"Pergeseran anggaran {name} {year}"
    is_draft = row.approved_at is None
    return Paper(title, government(), year, _sheets(making, now), is_draft, stage)


def _sheets(making: Making, now: list[Held]) -> tuple[AnySheet, ...]:
    accounts, activities = account_names(making.year), activity_names(making.year)
    found: list[AnySheet] = [summary(making, now, accounts)]
    spending = of_kind(now, SheetKind.SPENDING)
    found += [detail(making, one, accounts, activities) for one in spending]
    for kind in (SheetKind.REVENUE, SheetKind.FINANCING):
        if of_kind(now, kind):
            found.append(one_sided(making, now, kind, accounts))
    return tuple(found)


def _after(shift_id: int) -> list[Held]:
    rows = ShiftSheet.objects.filter(shift=shift_id).order_by("sheet__activity__code", "sheet")
    return [held_row(*row) for row in rows.values_list(*HELD)]


def _before(version_id: int, now: list[Held]) -> list[Held]:
    sheets = [one.sheet_id for one in now]
    rows = VersionSheet.objects.filter(version=version_id, sheet__in=sheets).order_by("sheet")
    return [held_row(*row) for row in rows.values_list(*HELD)]


def _signers(row: Shift, name: str) -> tuple[Signer, ...]:
    post = {Instrument.PA: f"Pengguna Anggaran {name}", Instrument.PERKADA: mayor()}
    desk = Instrument(row.desk)
    decides = post.get(desk, str(DESK_LABELS[desk]))
    names = identity.names(by for by in (row.submitted_by_id, row.approved_by_id) if by)
    return (
        Signer(
            f"Pengguna Anggaran {name}",
            names.get(row.submitted_by_id or 0, ""),
            "Mengusulkan,",
            acted_at=row.submitted_at,
        ),
        Signer(
            decides,
            names.get(row.approved_by_id or 0, ""),
            "Menyetujui,",
            place() if row.approval_date else "",
            row.approval_date,
            row.approved_at,
        ),
    )
