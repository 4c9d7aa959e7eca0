"""Sheets and their revisions begin: empty, or as a copy of what is in force."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from kawal.budget.actions.ceilings import known_ids
from kawal.budget.actions.rka_guard import person, record_step, refuse
from kawal.budget.actions.sizes import after_many
from kawal.budget.facts import RevisionState, SheetKind, Step
from kawal.budget.models import Component, FiscalYear, Indicator, Revision, RevisionLine, Sheet
from kawal.budget.models.revisions import OPEN
from kawal.budget.permissions import DRAFT_RKA
from kawal.budget.queries.locks import lock_reasons
from kawal.budget.queries.sheets import head_revision
from kawal.budget.rules import steps as rules
from kawal.kernel.refusals import NotThere, Reason
from kawal.nomenclature.facts import CodeKind
from kawal.regions.actions import locks
from kawal.regions.facts import Actor
from kawal.regions.permissions import require

HEADER = (
    "places",
    "place_text",
    "first_month",
    "last_month",
    "target_group",
    "last_year",
    "next_year",
    "labels",
    "record",
    "source",
    "external_id",
    "as_of",
)
# Each revision's rows are found by the index: OFFSET 0 keeps the planner from joining whole tables.
COPY = (
    """
    INSERT INTO budget_indicator (revision_id, {own})
    SELECT p.copy_id, {own} FROM unnest(%(sources)s::bigint[], %(targets)s::bigint[])
        AS p (source_id, copy_id)
    CROSS JOIN LATERAL (
        SELECT * FROM budget_indicator i WHERE i.revision_id = p.source_id OFFSET 0
    ) i ORDER BY i.id
    """,
    """
    INSERT INTO budget_revisionline (revision_id, line_id, amount)
    SELECT p.copy_id, one.line_id, 0 FROM unnest(%(sources)s::bigint[], %(targets)s::bigint[])
        AS p (source_id, copy_id)
    CROSS JOIN LATERAL (
        SELECT * FROM budget_revisionline l WHERE l.revision_id = p.source_id OFFSET 0
    ) one ORDER BY one.id
    """,
    """
    INSERT INTO budget_component (revision_line_id, {parts})
    SELECT pair.copy_id, {theirs} FROM unnest(%(sources)s::bigint[], %(targets)s::bigint[])
        AS p (source_id, copy_id)
    CROSS JOIN LATERAL (
        SELECT one.id AS source_id, mine.id AS copy_id FROM budget_revisionline one
        JOIN budget_revisionline mine ON mine.line_id = one.line_id
        WHERE one.revision_id = p.source_id AND mine.revision_id = p.copy_id OFFSET 0
    ) pair
    CROSS JOIN LATERAL (
        SELECT * FROM budget_component c WHERE c.revision_line_id = pair.source_id OFFSET 0
    ) c ORDER BY c.id
    """,
)
NOT_COPIED = {"id", "amount", "revision_id", "revision_line_id"}


@transaction.atomic
def open_sheet(
    year: int, unit_id: int, kind: SheetKind, activity_id: int | None = None, *, actor: Actor
) -> int:
    """Open a unit's sheet of a year with an empty draft, and return the sheet's id.

    A sheet whose only draft was dropped may be opened again.

    :raises NotThere: when nobody opened the year.
    :raises Refused: when it is being written, or was sealed already.
    """
    require(actor, DRAFT_RKA, unit_id)
    opened = FiscalYear.objects.filter(year=year).first()
    if opened is None:
        raise NotThere(f"budget year {year}")
    refuse(_activity_reasons(opened, kind, activity_id))
    sheet = _sheet(opened, unit_id, kind, activity_id, actor)
    states = set(Revision.objects.filter(sheet=sheet).values_list("state", flat=True))
    sealed = RevisionState.SEALED.value in states
    reasons = rules.may_open(has_open=bool(states & set(OPEN)), has_sealed=sealed)
    refuse(reasons + lock_reasons(sheet.pk))
    _begin(sheet, None, actor)
    return sheet.pk


@transaction.atomic
def begin_revision(sheet_id: int, *, actor: Actor) -> int:
    """Begin a revision as a copy of what the newest version holds, and return its id.

    :raises NotThere: when there is no such sheet.
    :raises Refused: when one is open, or nothing was sealed yet.
    """
    sheet = Sheet.objects.filter(pk=sheet_id).first()
    if sheet is None:
        raise NotThere(f"sheet {sheet_id}")
    require(actor, DRAFT_RKA, sheet.unit_id)
    _hold(sheet_id)
    head = head_revision(sheet_id)
    has_open = Revision.objects.filter(sheet=sheet, state__in=OPEN).exists()
    reasons = rules.may_begin(has_open=has_open, has_sealed=head is not None)
    refuse(reasons + lock_reasons(sheet_id))
    begun = _begin(sheet, head.id if head else None, actor)
    if head:
        copy_contents({head.id: begun})
    return begun


def copy_contents(targets: Mapping[int, int]) -> None:
    """Copy indicators, lines and components of revisions into empty drafts, in three statements.

    ``targets`` are the drafts' ids by the ids of the revisions that they are copies of.
    """
    known = {
        "own": _columns(Indicator),
        "parts": _columns(Component),
        "theirs": _columns(Component, "c."),
    }
    values = {"sources": list(targets), "targets": list(targets.values())}
    with connection.cursor() as cursor:
        for statement in COPY:
            cursor.execute(statement.format(**known), values)
        after_many(cursor.rowcount, Revision, Indicator, RevisionLine, Component)


def _columns(model: type[Indicator | Component], of: str = "") -> str:
    """Return the columns that a copy takes over, whatever a later migration adds."""
    columns = (field.column for field in model._meta.concrete_fields)
    return ", ".join(f'{of}"{column}"' for column in columns if column not in NOT_COPIED)


def _sheet(
    year: FiscalYear, unit_id: int, kind: SheetKind, activity_id: int | None, actor: Actor
) -> Sheet:
    """Return the sheet, made when nobody opened it yet, held against a second opening."""
    key: Any = {"unit_id": unit_id, "kind": kind.value, "activity_id": activity_id}
    made, _ = Sheet.objects.get_or_create(year=year, **key, defaults={"opened_at": actor.at})
    _hold(made.pk)
    return made


def _hold(sheet_id: int) -> None:
    """Let only one revision of a sheet begin at a time; its row is append-only, so not by that."""
    locks.hold(f"budget.sheet.{sheet_id}")


def _begin(sheet: Sheet, head_id: int | None, actor: Actor) -> int:
    last = Revision.objects.filter(sheet=sheet).aggregate(last=Max("number"))["last"]
    head = Revision.objects.filter(pk=head_id).values(*HEADER).first() if head_id else None
    made = Revision.objects.create(
        sheet=sheet,
        number=(last or 0) + 1,
        based_on_id=head_id,
        changed_at=actor.at,
        changed_by_id=person(actor),
        **(head or {}),
    )
    record_step(made.pk, Step.BEGUN, actor)
    return made.pk


def _activity_reasons(year: FiscalYear, kind: SheetKind, activity_id: int | None) -> list[Reason]:
    fits = activity_id is None or bool(
        known_ids(CodeKind.ACTIVITY, {activity_id}, year.activities_id)
    )
    return rules.sheet_reasons(kind, has_activity=activity_id is not None, activity_fits=fits)
