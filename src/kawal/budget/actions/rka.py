"""Writing an RKA sheet: its header, its components, or all of its lines at once.

Each action locks the revision's row, then (where the unit has a ceiling) the unit's ceiling; it
writes, lets the database add up, and asks the rules about the sum: refused, nothing was written.
``read`` is the version that the writer saw.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from kawal.budget.actions import rka_checks as checks
from kawal.budget.actions import rka_lines as rows
from kawal.budget.actions.rka_guard import refuse, to_write, written
from kawal.budget.facts import (
    ComponentDraft,
    HeaderDraft,
    LineDraft,
    RevisionFacts,
    Saved,
    SheetFacts,
)
from kawal.budget.models import Component, Indicator, Revision, RevisionLine
from kawal.budget.permissions import DRAFT_RKA
from kawal.budget.rules import rka as rules
from kawal.kernel.refusals import NotThere, Reason
from kawal.kernel.words import N_
from kawal.regions.facts import Actor
from kawal.regions.queries import city, regions_below, today


@transaction.atomic
def save_header(revision_id: int, draft: HeaderDraft, *, read: int, actor: Actor) -> int:
    """Save the head of a sheet with its indicators, and return the new version.

    :raises NotThere, Refused, StaleDraft: nothing is saved then.
    """
    revision, _ = to_write(revision_id, DRAFT_RKA, actor, read=read)
    refuse(rules.header_reasons(draft) + unknown_places(draft.places, actor))
    Revision.objects.filter(pk=revision_id).update(
        places=list(draft.places),
        place_text=draft.place_text.strip(),
        first_month=draft.first_month,
        last_month=draft.last_month,
        target_group=draft.target_group.strip(),
        last_year=draft.last_year,
        next_year=draft.next_year,
        labels=list(draft.labels),
    )
    Indicator.objects.filter(revision=revision_id).delete()
    Indicator.objects.bulk_create(
        Indicator(
            revision_id=revision_id,
            kind=one.kind.value,
            measure=one.measure.strip(),
            target=one.target,
            unit=one.unit.strip(),
        )
        for one in draft.indicators
    )
    return written(revision, actor)


@transaction.atomic
def put_component(
    revision_id: int,
    draft: ComponentDraft,
    *,
    account_id: int,
    fund_id: int,
    component_id: int | None = None,
    read: int,
    actor: Actor,
) -> Saved:
    """Add a component to the line of an account and fund, or rewrite the one named.

    Rewritten with another account or fund it moves there; a line left empty is taken away.

    :raises NotThere, Refused, StaleDraft: nothing is saved then.
    """
    revision, sheet = to_write(revision_id, DRAFT_RKA, actor, read=read)
    old = _component(revision_id, component_id) if component_id is not None else None
    on = today(actor.at)
    refuse(checks.component_reasons(draft, account_id, fund_id, sheet, on))
    before = _before(revision, sheet)
    line = rows.lines_of(sheet, [LineDraft(account_id, fund_id)])[account_id, fund_id]
    row = rows.put_line(revision_id, line.pk)
    kept = _moved(old, draft, row) if old else _added(draft, row)
    checks.refuse_over_ceiling(revision_id, sheet, before, actor)
    return Saved(written(revision, actor), line.pk, kept)


@transaction.atomic
def remove_component(revision_id: int, component_id: int, *, read: int, actor: Actor) -> Saved:
    """Take a component away, and its line when that was the last one.

    :raises NotThere, Refused, StaleDraft: nothing is taken away then.
    """
    revision, _ = to_write(revision_id, DRAFT_RKA, actor, read=read)
    row = _component(revision_id, component_id)
    row.delete()
    _without_empty(row.revision_line_id)
    return Saved(written(revision, actor))


@transaction.atomic
def replace_lines(
    revision_id: int, drafts: Sequence[LineDraft], *, read: int, actor: Actor
) -> Saved:
    """Let a revision hold just these lines: a paste, an import, a whole sheet at once.

    :raises NotThere, Refused, StaleDraft: with every reason of every row (``lines.3.components.0.
        price``); nothing is changed then.
    """
    revision, sheet = to_write(revision_id, DRAFT_RKA, actor, read=read)
    refuse(checks.line_reasons(drafts, sheet, today(actor.at)))
    before = _before(revision, sheet)
    rows.replace(revision_id, rows.lines_of(sheet, drafts), drafts)
    checks.refuse_over_ceiling(revision_id, sheet, before, actor)
    return Saved(written(revision, actor))


def _before(revision: RevisionFacts, sheet: SheetFacts) -> Decimal:
    """Take the locks of the ceilings, then return what the sheet adds up to, in rupiah."""
    checks.hold_ceilings(sheet)
    return sum(checks.fund_sums(revision.id).values(), Decimal("0.00"))


def _component(revision_id: int, component_id: int) -> Component:
    row = Component.objects.filter(pk=component_id, revision_line__revision=revision_id).first()
    if row is None:
        raise NotThere(f"component {component_id}")
    return row


def _added(draft: ComponentDraft, row: RevisionLine) -> int:
    last = Component.objects.filter(revision_line=row).aggregate(last=Max("position"))["last"]
    made = rows.component(draft, row.pk, (last or 0) + 1)
    made.save(force_insert=True)
    return made.pk


def _moved(old: Component, draft: ComponentDraft, row: RevisionLine) -> int:
    left = old.revision_line_id
    Component.objects.filter(pk=old.pk).update(revision_line=row, **rows.columns(draft))
    if left != row.pk:
        _without_empty(left)
    return old.pk


def _without_empty(row_id: int) -> None:
    if not Component.objects.filter(revision_line=row_id).exists():
        RevisionLine.objects.filter(pk=row_id).delete()


def unknown_places(places: Iterable[str], actor: Actor) -> list[Reason]:
    """Return a reason when one of some places, by region code, is no part of the city."""
    said = set(places)
    if not said:
        return []
    own = city().region_code
    known = {own, *(one.code for one in regions_below(own, today(actor.at)))}
    if said <= known:
        return []
    return [Reason("budget.place_unknown", N_("Lokasi ini bukan bagian dari daerah."), "places")]
