"""Shifts as they stand: lines before and after, whose desk, whether their base is in force."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from kawal.budget.declared_shifts import desk_key
from kawal.budget.facts import Instrument, RevisionState
from kawal.budget.facts.shifts import (
    SHIFT_OPEN,
    Desk,
    SheetStanding,
    ShiftFacts,
    ShiftGround,
    ShiftLevel,
    ShiftLine,
    ShiftSheetFacts,
    ShiftState,
    StepTaken,
)
from kawal.budget.models import (
    Revision,
    Sheet,
    Shift,
    ShiftSheet,
    ShiftStepTaken,
    VersionSheet,
)
from kawal.budget.models.revisions import OPEN
from kawal.budget.queries.rka_sql import select
from kawal.budget.queries.years import above, standing
from kawal.budget.rules.shift_steps import in_shift
from kawal.kernel.refusals import NotThere, Reason
from kawal.nomenclature.queries import parameters
from kawal.regions.facts import AgencyFacts

# Headers are compared once a sheet, and lines found by the index: OFFSET 0 and MATERIALIZED leave
# the planner, who knows nothing of tables filled just now, no other way.
CHANGED = """
WITH pairs AS MATERIALIZED (
    SELECT s.sheet_id, n.id AS new, o.id AS old,
        (n.places, n.place_text, n.first_month, n.last_month, n.target_group, n.labels)
        IS DISTINCT FROM
        (o.places, o.place_text, o.first_month, o.last_month, o.target_group, o.labels)
        OR (SELECT array_agg((i.kind, i.measure, i.target, i.unit)::text ORDER BY i.id)
            FROM budget_indicator i WHERE i.revision_id = n.id)
        IS DISTINCT FROM
        (SELECT array_agg((i.kind, i.measure, i.target, i.unit)::text ORDER BY i.id)
            FROM budget_indicator i WHERE i.revision_id = o.id) AS header
    FROM budget_shiftsheet s
    JOIN budget_revision n ON n.id = s.revision_id
    LEFT JOIN budget_revision o ON o.id = n.based_on_id
    WHERE s.shift_id = %(shift)s
), written AS (
    SELECT p.sheet_id, p.header, l.line_id, one.is_new, l.amount,
        (SELECT md5(string_agg((to_jsonb(c) - 'id' - 'revision_line_id' - 'position')::text, ','
            ORDER BY c.position, c.id))
        FROM budget_component c WHERE c.revision_line_id = l.id) AS words
    FROM pairs p CROSS JOIN LATERAL (VALUES (p.new, true), (p.old, false)) AS one (id, is_new)
    CROSS JOIN LATERAL (
        SELECT * FROM budget_revisionline k WHERE k.revision_id = one.id OFFSET 0
    ) l
), lines AS MATERIALIZED (
    SELECT sheet_id, header, line_id,
        coalesce(sum(amount) FILTER (WHERE NOT is_new), 0.00) AS before,
        coalesce(sum(amount) FILTER (WHERE is_new), 0.00) AS after,
        max(words) FILTER (WHERE NOT is_new)
            IS DISTINCT FROM max(words) FILTER (WHERE is_new) AS rewritten,
        row_number() OVER (PARTITION BY sheet_id ORDER BY line_id) = 1 AS first
    FROM written GROUP BY sheet_id, header, line_id
)
SELECT c.line_id, c.sheet_id, s.unit_id, coalesce(v.code, ''), a.code, a.name, f.code,
    c.before, c.after, c.rewritten OR (c.header AND c.first)
FROM lines c
JOIN budget_sheet s ON s.id = c.sheet_id
JOIN budget_line l ON l.id = c.line_id
JOIN nomenclature_account a ON a.id = l.account_id
JOIN nomenclature_fund f ON f.id = l.fund_id
LEFT JOIN nomenclature_activity v ON v.id = s.activity_id
WHERE c.before <> c.after OR c.rewritten OR (c.header AND c.first)
ORDER BY s.unit_id, v.code, a.code, f.code
"""
SHEETS = """
SELECT t.sheet_id, t.revision_id, t.seen, r.version, r.state, s.unit_id, coalesce(v.code, ''),
    coalesce(v.name, ''), r.changed_by_id,
    r.based_on_id IS NOT DISTINCT FROM (
        SELECT h.revision_id FROM budget_versionsheet h JOIN budget_version w ON w.id = h.version_id
        WHERE h.sheet_id = t.sheet_id ORDER BY w.number DESC LIMIT 1
    )
FROM budget_shiftsheet t
JOIN budget_revision r ON r.id = t.revision_id
JOIN budget_sheet s ON s.id = t.sheet_id
LEFT JOIN nomenclature_activity v ON v.id = s.activity_id
WHERE t.shift_id = %(shift)s
ORDER BY s.unit_id, v.code, t.sheet_id
"""


def shift(shift_id: int) -> ShiftFacts:
    """Return a shift with its sheets and steps.

    :raises NotThere: when there is none.
    """
    row = Shift.objects.filter(pk=shift_id).first()
    if row is None:
        raise NotThere(f"shift {shift_id}")
    return _facts(row, steps_of([shift_id]).get(shift_id, ()), shift_sheets(row))


def shifts(year: int, *, agency_ids: Collection[int] | None = None) -> list[ShiftFacts]:
    """Return a year's shifts (that touch some agencies or units), the newest first.

    Without their sheets.
    """
    rows = Shift.objects.filter(year=year).order_by("-pk")
    if agency_ids is not None:
        own = list(agency_ids)
        mine = ShiftSheet.objects.filter(sheet__unit__in=own).values("shift")
        rows = rows.filter(Q(agency__in=own) | Q(pk__in=mine))
    found = list(rows)
    steps = steps_of(row.pk for row in found)
    return [_facts(row, steps.get(row.pk, ())) for row in found]


def shift_lines(shift_id: int) -> tuple[ShiftLine, ...]:
    """Return each line that a shift changes, in money or in words, against what it began at.

    :raises NotThere: when there is no such shift.
    """
    row = Shift.objects.filter(pk=shift_id).first()
    if row is None:
        raise NotThere(f"shift {shift_id}")
    units = standing(row.year_id)
    return tuple(_line(found, units) for found in select(CHANGED, {"shift": shift_id}))


def desks(on: date) -> dict[ShiftLevel, Desk]:
    """Return who decides on each level on a day, by the parameters of the law."""
    known = {one.value: one for one in Instrument}
    found = {}
    parameters_now = {one.key: one for one in parameters(on)}
    for level in ShiftLevel:
        said = parameters_now[desk_key(level)]
        instrument = known.get(said.text.strip().lower(), Instrument.NONE)
        found[level] = Desk(level, instrument, said.legal_basis)
    return found


def shifts_under_way(year: int) -> list[int]:
    """Return the numbers of a year's shifts that were handed in and are not decided yet."""
    waiting = [ShiftState.SUBMITTED.value, ShiftState.APPROVED.value]
    return list(Shift.objects.filter(year=year, state__in=waiting).values_list("pk", flat=True))


def held_by_shifts(year: int) -> dict[int, int]:
    """Return the shift of each revision that an open shift of a year holds: nobody else's."""
    rows = ShiftSheet.objects.filter(shift__year=year, shift__state__in=list(SHIFT_OPEN))
    return dict(rows.values_list("revision_id", "shift_id"))


def held_reasons(revision_ids: Iterable[int]) -> list[Reason]:
    """Return a reason for each revision that an open shift holds: its steps are the shift's."""
    rows = ShiftSheet.objects.filter(revision__in=list(revision_ids))
    rows = rows.filter(shift__state__in=list(SHIFT_OPEN)).order_by("shift", "revision")
    return [in_shift(one) for one in rows.values_list("shift_id", flat=True)]


def shift_of(revision_id: int) -> int | None:
    """Return the open shift that holds a revision, if any."""
    rows = ShiftSheet.objects.filter(revision=revision_id, shift__state__in=list(SHIFT_OPEN))
    return rows.values_list("shift_id", flat=True).first()


def standings(year: int, agency_id: int, sheet_ids: Collection[int]) -> list[SheetStanding]:
    """Return whose each sheet is and whether it is free; one that is not there is left out."""
    units = standing(year)
    held = held_by_shifts(year)
    rows = Sheet.objects.filter(pk__in=list(sheet_ids), year=year).select_related("activity")
    opened = {
        one.sheet_id: one
        for one in Revision.objects.filter(sheet__in=list(sheet_ids), state__in=OPEN)
    }
    sealed = set(
        VersionSheet.objects.filter(sheet__in=list(sheet_ids)).values_list("sheet_id", flat=True)
    )
    found = []
    for row in rows.order_by("unit", "activity__code", "pk"):
        words = (_unit_name(row.unit_id, units), *_activity(row))
        revision = opened.get(row.pk)
        found.append(
            SheetStanding(
                row.pk,
                " ".join(word for word in words if word),
                row.unit_id,
                agency_id in above(row.unit_id, units),
                row.pk in sealed,
                revision.pk if revision else None,
                RevisionState(revision.state) if revision else None,
                held.get(revision.pk) if revision else None,
            )
        )
    return found


def _activity(row: Sheet) -> tuple[str, ...]:
    return (row.activity.code, row.activity.name) if row.activity else ()


def steps_of(shift_ids: Iterable[int]) -> dict[int, tuple[StepTaken, ...]]:
    """Return the steps of shifts, the first one first."""
    found: dict[int, tuple[StepTaken, ...]] = {}
    for row in ShiftStepTaken.objects.filter(shift__in=list(shift_ids)).order_by("pk"):
        step = StepTaken(row.step, row.person_id, row.at, row.reason)
        found[row.shift_id] = (*found.get(row.shift_id, ()), step)
    return found


def shift_sheets(row: Shift) -> tuple[ShiftSheetFacts, ...]:
    """Return a shift's sheets, and whether each still begins at what is in force."""
    units = standing(row.year_id)
    found = []
    for sheet, revision, seen, version, state, unit, code, name, by, current in select(
        SHEETS, {"shift": row.pk}
    ):
        words = " ".join(word for word in (_unit_name(unit, units), code, name) if word)
        state = RevisionState(state)
        found.append(
            ShiftSheetFacts(sheet, revision, seen, version, state, words, current, unit, by)
        )
    return tuple(found)


def _unit_name(unit: int, units: dict[int, AgencyFacts]) -> str:
    return units[unit].short or units[unit].name if unit in units else ""


def _line(row: tuple[Any, ...], units: dict[int, AgencyFacts]) -> ShiftLine:
    line, sheet, unit, activity, account, account_name, fund, before, after, rewritten = row
    codes = [units[one].code if one in units else str(one) for one in above(unit, units)]
    parts = activity.split(".")
    return ShiftLine(
        line,
        codes[-1],
        codes[0],
        ".".join(parts[:3]),
        ".".join(parts[:5]),
        activity,
        account,
        fund,
        before,
        after,
        rewritten,
        sheet,
        account_name,
    )


def _facts(
    row: Shift, steps: tuple[StepTaken, ...], sheets: tuple[ShiftSheetFacts, ...] = ()
) -> ShiftFacts:
    return ShiftFacts(
        id=row.pk,
        year=row.year_id,
        agency_id=row.agency_id,
        ground=ShiftGround(row.ground),
        emergency=row.emergency,
        explanation=row.explanation,
        state=ShiftState(row.state),
        level=ShiftLevel(row.level) if row.level else None,
        desk=Instrument(row.desk),
        base_id=row.base_id,
        version_id=row.version_id,
        approval_number=row.approval_number,
        approval_date=row.approval_date,
        drafted_by=row.drafted_by_id,
        submitted_by=row.submitted_by_id,
        approved_by=row.approved_by_id,
        enacted_by=row.enacted_by_id,
        since=steps[-1].at if steps else row.drafted_at,
        reason=row.reason,
        sheets=sheets,
        steps=steps,
    )
