"""What a revision says: header, indicators, lines, components; its notes and its steps."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from kawal.budget.facts import (
    ComponentDraft,
    ComponentFacts,
    Content,
    HeaderDraft,
    IndicatorDraft,
    IndicatorKind,
    LineFacts,
    NoteFacts,
    Step,
    StepFacts,
    Volume,
)
from kawal.budget.facts.rka import MOST_VOLUMES
from kawal.budget.models import (
    Component,
    Indicator,
    LineNote,
    Revision,
    RevisionLine,
    RevisionStep,
)
from kawal.budget.queries.sheets import revision_facts
from kawal.kernel.refusals import NotThere


def content(revision_id: int) -> Content:
    """Return all that a revision says, its lines by account and fund, in four queries.

    :raises NotThere: when there is no such revision.
    """
    row = Revision.objects.filter(pk=revision_id).first()
    if row is None:
        raise NotThere(f"revision {revision_id}")
    lines = _lines(revision_id)
    total = sum((line.amount for line in lines), Decimal("0.00"))
    return Content(revision_facts(row), header_draft(row, _indicators(row.pk)), lines, total)


def component(component_id: int) -> tuple[int, ComponentFacts]:
    """Return the id of a component's revision, and the component.

    :raises NotThere: when there is none.
    """
    row = Component.objects.select_related("revision_line").filter(pk=component_id).first()
    if row is None:
        raise NotThere(f"component {component_id}")
    return row.revision_line.revision_id, component_facts(row)


def notes(revision_id: int) -> list[NoteFacts]:
    """Return the verifiers' notes on a revision, in the order in which they were written."""
    return [note_facts(row) for row in LineNote.objects.filter(revision=revision_id).order_by("pk")]


def steps(revision_id: int) -> list[StepFacts]:
    """Return the steps of a revision, the first one first."""
    rows = RevisionStep.objects.filter(revision=revision_id).order_by("pk")
    return [StepFacts(Step(row.step), row.by_id, row.at, row.reason) for row in rows]


def note_facts(row: LineNote) -> NoteFacts:
    """Return a note's row as facts."""
    return NoteFacts(
        row.pk,
        row.revision_id,
        row.line_id,
        row.text,
        row.author_id,
        row.at,
        row.answer or "",
        row.answered_by_id,
        row.answered_at,
    )


def component_facts(row: Component) -> ComponentFacts:
    """Return a component's row as facts."""
    draft = ComponentDraft(
        row.name,
        row.price,
        _volumes(row),
        row.tax,
        row.specification,
        row.group,
        row.note,
        row.price_item_id,
    )
    return ComponentFacts(row.pk, row.position, draft, row.amount)


def _volumes(row: Component) -> tuple[Volume, ...]:
    every = ((getattr(row, f"volume{n}"), getattr(row, f"unit{n}")) for n in _places())
    return tuple(Volume(amount, unit) for amount, unit in every if amount is not None)


def _places() -> range:
    return range(1, MOST_VOLUMES + 1)


def _indicators(revision_id: int) -> Iterable[Indicator]:
    return Indicator.objects.filter(revision=revision_id).order_by("pk")


def header_draft(row: Revision, indicators: Iterable[Indicator]) -> HeaderDraft:
    """Return a revision's header, as it was drafted."""
    return HeaderDraft(
        tuple(row.places),
        row.place_text,
        row.first_month,
        row.last_month,
        row.target_group,
        row.last_year,
        row.next_year,
        tuple(row.labels),
        tuple(
            IndicatorDraft(IndicatorKind(one.kind), one.measure, one.target, one.unit)
            for one in indicators
        ),
    )


def _lines(revision_id: int) -> tuple[LineFacts, ...]:
    rows = RevisionLine.objects.filter(revision=revision_id)
    rows = rows.select_related("line__account", "line__fund")
    parts: dict[int, list[ComponentFacts]] = {}
    for one in Component.objects.filter(revision_line__revision=revision_id).order_by(
        "position", "pk"
    ):
        parts.setdefault(one.revision_line_id, []).append(component_facts(one))
    found = [line_facts(row, parts.get(row.pk, ())) for row in rows]
    return tuple(sorted(found, key=lambda line: (line.account_code, line.fund_code)))


def line_facts(row: Any, components: Sequence[ComponentFacts]) -> LineFacts:
    """Return a line of a revision as facts, with its components."""
    line = row.line
    return LineFacts(
        line.pk,
        line.account_id,
        line.account.code,
        line.account.name,
        line.fund_id,
        line.fund.code,
        line.fund.name,
        row.amount,
        frozenset(line.account.flags),
        line.account.level,
        line.previous_id,
        line.rkpd_item,
        tuple(components),
    )
