"""Many revisions read at once, with what they are measured against: a few queries in all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from kawal.budget.facts import (
    CeilingFacts,
    ComponentFacts,
    Content,
    LineFacts,
    Room,
    SheetFacts,
    SheetKind,
)
from kawal.budget.models import Component, Indicator, Revision, RevisionLine
from kawal.budget.queries.ceilings import EXACT
from kawal.budget.queries.findings import standards_of
from kawal.budget.queries.law import law
from kawal.budget.queries.rka import component_facts, header_draft, line_facts
from kawal.budget.queries.sheets import revision_facts, sheet_facts
from kawal.budget.queries.years import standing
from kawal.budget.rules import rka as rules
from kawal.kernel.refusals import Reason
from kawal.nomenclature.queries import parameter


def contents(revision_ids: Collection[int]) -> dict[int, tuple[Content, SheetFacts]]:
    """Return what revisions of one year say, each with its sheet, by id; in five queries."""
    rows = Revision.objects.filter(pk__in=revision_ids).select_related("sheet__activity")
    indicators: dict[int, list[Indicator]] = defaultdict(list)
    for one in Indicator.objects.filter(revision__in=revision_ids).order_by("pk"):
        indicators[one.revision_id].append(one)
    lines = _lines(revision_ids)
    found = {}
    units = None
    for row in rows.order_by("pk"):
        units = standing(row.sheet.year_id) if units is None else units
        said = tuple(sorted(lines[row.pk], key=lambda line: (line.account_code, line.fund_code)))
        total = sum((line.amount for line in said), Decimal("0.00"))
        header = header_draft(row, indicators[row.pk])
        content = Content(revision_facts(row), header, said, total)
        found[row.pk] = (content, sheet_facts(row.sheet, units))
    return found


def findings_of(
    said: Mapping[int, tuple[Content, SheetFacts]], on: date, held: Iterable[CeilingFacts]
) -> dict[int, list[Reason]]:
    """Return every reason of the rules of RKA against revisions of one year, by id.

    ``held`` are the ceilings of their units. A unit's own is asked of the whole, not here.
    """
    sheets = [sheet for _, sheet in said.values()]
    if not sheets:
        return {}
    rule, rooms = law(on), _rooms(sheets, on, held)
    drafts = (one.draft for content, _ in said.values() for one in content.components())
    standards = standards_of(drafts, sheets[0].year, on)
    return {
        revision: rules.submission_reasons(content, sheet, rooms[sheet.id], rule, standards)
        for revision, (content, sheet) in said.items()
    }


def _rooms(
    sheets: Collection[SheetFacts], on: date, held: Iterable[CeilingFacts]
) -> dict[int, Room]:
    own: dict[tuple[int, int | None], dict[int | None, Decimal]] = defaultdict(dict)
    for one in held:
        if one.activity_id is not None:
            own[one.unit_id, one.activity_id][one.fund_id] = one.amount
    exact = bool(parameter(EXACT, on).number)
    return {one.id: _room(one, own[one.unit_id, one.activity_id], exact) for one in sheets}


def _room(sheet: SheetFacts, own: dict[int | None, Decimal], exact: bool) -> Room:
    if sheet.kind is not SheetKind.SPENDING:
        return Room()
    funds = {fund: amount for fund, amount in own.items() if fund is not None}
    return Room(own.get(None), None, funds, exact)


def _lines(revision_ids: Collection[int]) -> dict[int, list[LineFacts]]:
    parts: dict[int, list[ComponentFacts]] = defaultdict(list)
    components = Component.objects.filter(revision_line__revision__in=revision_ids)
    for one in components.order_by("position", "pk"):
        parts[one.revision_line_id].append(component_facts(one))
    rows = RevisionLine.objects.filter(revision__in=revision_ids)
    lines: dict[int, list[LineFacts]] = defaultdict(list)
    for row in rows.select_related("line__account", "line__fund"):
        lines[row.revision_id].append(line_facts(row, parts.get(row.pk, ())))
    return lines
