"""Many sheets at once: an agency's whole RKA drafted from a list, in a few statements.

What one sheet may not hold, none of many may: the rules are those of ``rka``. Locks: the sheets by
id, then the ceilings of their units.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from kawal.budget.actions import rka_checks as checks
from kawal.budget.actions.ceilings import known_ids
from kawal.budget.actions.rka import unknown_places
from kawal.budget.actions.rka_guard import person, refuse
from kawal.budget.actions.rka_intake_rows import (
    write_headers,
    write_lines,
    write_revisions,
)
from kawal.budget.actions.sizes import after_many
from kawal.budget.facts import CeilingFacts, Law, SheetDraft, SheetFacts, StandardPrice
from kawal.budget.models import (
    Component,
    FiscalYear,
    Indicator,
    Line,
    Revision,
    RevisionLine,
    Sheet,
)
from kawal.budget.models.revisions import OPEN
from kawal.budget.permissions import DRAFT_RKA
from kawal.budget.queries.ceilings import ceilings
from kawal.budget.queries.findings import standards_of
from kawal.budget.queries.law import law
from kawal.budget.queries.locks import locked
from kawal.budget.queries.sheets import sheet_facts
from kawal.budget.queries.years import above, standing
from kawal.budget.rules import components as component_rules
from kawal.budget.rules import lines as line_rules
from kawal.budget.rules import rka as rules
from kawal.budget.rules import steps
from kawal.budget.rules.rka_many import exceeded_reasons
from kawal.kernel.refusals import NotThere, Reason
from kawal.nomenclature.facts import CodeKind
from kawal.regions.actions import locks
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.regions.queries import today

Key = tuple[int, str, int | None]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the rules are asked with, read once for all sheets."""

    codes: checks.Known
    law: Law
    standards: Mapping[int, StandardPrice]


@transaction.atomic
def draft_sheets(year: int, drafts: Sequence[SheetDraft], *, actor: Actor) -> list[int]:
    """Open sheets, each with a draft that holds its header and lines; return the drafts' ids.

    :raises NotThere: when nobody opened the year.
    :raises Refused: with every reason of every sheet (``sheets.3.lines.0.account``); also where
        a sheet is being written or was sealed already. Nothing is opened then.
    """
    opened = FiscalYear.objects.filter(year=year).first()
    if opened is None:
        raise NotThere(f"budget year {year}")
    for unit in {draft.unit_id for draft in drafts}:
        require(actor, DRAFT_RKA, unit)
    refuse(_activity_reasons(opened, drafts))
    if not drafts:
        return []
    rows = _sheets(opened, drafts, actor)
    refuse(_held_reasons(rows))
    units = standing(year)
    sheets = [sheet_facts(row, units) for row in rows]
    refuse(_content_reasons(drafts, sheets, actor))
    revisions = write_revisions(rows, drafts, person(actor), actor.at)
    write_headers(revisions, drafts)
    write_lines(rows, revisions, drafts)
    parts = sum(len(line.components) for draft in drafts for line in draft.lines)
    after_many(parts, Sheet, Line, Revision, Indicator, RevisionLine, Component)
    refuse(_ceiling_reasons(year, sheets))
    return [one.pk for one in revisions]


def key_of(draft: SheetDraft) -> Key:
    """Return what names a sheet in its year."""
    return draft.unit_id, draft.kind.value, draft.activity_id


def _activity_reasons(opened: FiscalYear, drafts: Sequence[SheetDraft]) -> list[Reason]:
    wanted = {one.activity_id for one in drafts if one.activity_id is not None}
    known = known_ids(CodeKind.ACTIVITY, wanted, opened.activities_id)
    found: list[Reason] = []
    for place, one in enumerate(drafts):
        fits = one.activity_id is None or one.activity_id in known
        reasons = steps.sheet_reasons(
            one.kind, has_activity=one.activity_id is not None, activity_fits=fits
        )
        found += _at(place, reasons)
    times = Counter(map(key_of, drafts))
    twice = [place for place, one in enumerate(drafts) if times[key_of(one)] > 1]
    return found + [reason for place in twice for reason in _at(place, [steps.already_open()])]


def _sheets(opened: FiscalYear, drafts: Sequence[SheetDraft], actor: Actor) -> list[Sheet]:
    """Return the drafts' sheets in their order, made where nobody opened them, and held.

    Nobody else sees those just made before this ends, so they need no lock.
    """
    rows = Sheet.objects.filter(year=opened, unit__in={one.unit_id for one in drafts})
    known: dict[Key, Sheet] = {(row.unit_id, row.kind, row.activity_id): row for row in rows}
    missing = [key for key in map(key_of, drafts) if key not in known]
    made = Sheet.objects.bulk_create(
        Sheet(year=opened, unit_id=unit, kind=kind, activity_id=activity, opened_at=actor.at)
        for unit, kind, activity in missing
    )
    wanted = set(map(key_of, drafts))
    for sheet in sorted(row.pk for key, row in known.items() if key in wanted):
        locks.hold(f"budget.sheet.{sheet}")
    known |= dict(zip(missing, made, strict=True))
    return [known[key_of(one)] for one in drafts]


def _held_reasons(rows: Sequence[Sheet]) -> list[Reason]:
    states: dict[int, set[str]] = {row.pk: set() for row in rows}
    revisions = Revision.objects.filter(sheet__in=[row.pk for row in rows])
    for sheet, state in revisions.values_list("sheet_id", "state"):
        states[sheet].add(state)
    found: list[Reason] = []
    for place, row in enumerate(rows):
        held = states[row.pk]
        reasons = steps.may_open(has_open=bool(held & set(OPEN)), has_sealed="sealed" in held)
        found += _at(place, reasons)
    return found


def _content_reasons(
    drafts: Sequence[SheetDraft], sheets: Sequence[SheetFacts], actor: Actor
) -> list[Reason]:
    on = today(actor.at)
    keys = {(line.account_id, line.fund_id) for one in drafts for line in one.lines}
    parts = (part for one in drafts for line in one.lines for part in line.components)
    year = sheets[0].year
    asked = _Asked(checks.known(year, sorted(keys)), law(on), standards_of(parts, year, on))
    found = locked(year, [(one.id, one.unit_id) for one in sheets])
    for place, (draft, sheet) in enumerate(zip(drafts, sheets, strict=True)):
        reasons = rules.header_reasons(draft.header) + _line_reasons(draft, sheet, asked)
        found += _at(place, reasons)
    return found + unknown_places([code for one in drafts for code in one.header.places], actor)


def _line_reasons(draft: SheetDraft, sheet: SheetFacts, asked: _Asked) -> list[Reason]:
    keys = [(line.account_id, line.fund_id) for line in draft.lines]
    found = line_rules.repeated_lines(keys) + checks.previous_reasons(draft.lines, sheet)
    placed = []
    for place, line in enumerate(draft.lines):
        here = f"lines.{place}."
        codes = (line.account_id, line.fund_id, asked.codes, sheet, asked.law)
        found += checks.code_reasons(*codes, here)
        for number, part in enumerate(line.components):
            at = f"{here}components.{number}."
            found += component_rules.component_reasons(part, at)
            placed.append((at, line.account_id, part))
    return found + component_rules.price_reasons(placed, asked.standards)


def _ceiling_reasons(year: int, sheets: Iterable[SheetFacts]) -> list[Reason]:
    return exceeded_reasons(hold_ceilings(year, sheets))


def hold_ceilings(year: int, sheets: Iterable[SheetFacts]) -> list[CeilingFacts]:
    """Let other saves of these units wait, as ``rka_checks`` does; return the units' ceilings.

    Those of the agencies above them, which count them too, are among them.
    """
    chains = standing(year)
    units = {one.unit_id for one in sheets}
    chain = sorted({one for unit in units for one in above(unit, chains)})
    for one in chain:
        locks.hold(f"budget.ceiling.{year}.{one}")
    return ceilings(year, unit_ids=chain)


def _at(place: int, reasons: Iterable[Reason]) -> list[Reason]:
    return [
        Reason(one.code, one.text, f"sheets.{place}.{one.at}".rstrip("."), one.mend, one.values)
        for one in reasons
    ]
