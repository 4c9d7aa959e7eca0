"""A version as it would be: its sheets, sums, locks and law, for the rules to judge."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef

from kawal.budget.facts import Candidate, Instrument, RevisionState, Totals, VersionKind
from kawal.budget.models import Revision, Version, VersionSheet
from kawal.budget.queries.held import sums
from kawal.budget.queries.locks import locked
from kawal.budget.queries.shifts import held_by_shifts
from kawal.budget.queries.years import standing
from kawal.budget.rules.versions import Plan
from kawal.nomenclature.queries import parameter
from kawal.regions.facts import Actor
from kawal.regions.queries import today

PENDING = (RevisionState.DRAFT.value, RevisionState.SUBMITTED.value)
DESKS = frozenset({VersionKind.SHIFT, VersionKind.EFFICIENCY, VersionKind.INTERIM})


def plan(
    year: int,
    kind: VersionKind,
    *,
    title: str,
    instrument: Instrument,
    number: str,
    date: datetime.date | None,
    revision_ids: Sequence[int] | None,
    actor: Actor,
) -> Plan:
    """Return the version that would be made now; none named: of all verified revisions."""
    history = list(Version.objects.filter(year=year).order_by("number").values_list("pk", "kind"))
    head = history[-1][0] if history else None
    found = candidates(year, head, revision_ids)
    replaced = [one.revision_id for one in found]
    after, funds = sums(head, replaced)
    day = today(actor.at)
    return Plan(
        year,
        kind,
        title,
        instrument,
        number,
        date,
        day,
        [VersionKind(one) for _, one in history],
        found,
        after,
        before=sums(head)[0] if head else Totals(),
        earmarked=[one for one in funds if one.is_earmarked],
        locked=locked(year, [(one.sheet_id, one.unit_id) for one in found]),
        missing=sorted(set(revision_ids or ()) - set(replaced)),
        pending=_pending(year) if revision_ids is None else 0,
        maker=None if kind in DESKS else actor.person_id,
        changes_a_year=int(parameter("budget.perubahan_a_year", day).number or 0),
        extraordinary=parameter("budget.perubahan_extraordinary", day).number or Decimal(0),
    )


def candidates(
    year: int, head_id: int | None, revision_ids: Sequence[int] | None
) -> list[Candidate]:
    """Return the revisions named, or all verified ones of the year, in the order of their ids.

    Those of open shifts are not among all: their desks let them take force.
    """
    rows = Revision.objects.filter(sheet__year=year).order_by("pk")
    rows = (
        rows.filter(state=RevisionState.VERIFIED).exclude(pk__in=held_by_shifts(year))
        if revision_ids is None
        else rows.filter(pk__in=revision_ids)
    )
    held = dict(VersionSheet.objects.filter(version=head_id).values_list("sheet", "revision"))
    units = standing(year)
    return [_candidate(row, held, units) for row in rows.select_related("sheet__activity")]


def _candidate(row: Revision, held: dict[int, int], units: dict[int, Any]) -> Candidate:
    sheet = row.sheet
    unit = units[sheet.unit_id].name if sheet.unit_id in units else str(sheet.unit_id)
    code = f"{sheet.activity.code} " if sheet.activity else ""
    return Candidate(
        row.pk,
        sheet.pk,
        sheet.unit_id,
        RevisionState(row.state),
        row.based_on_id,
        held.get(sheet.pk),
        row.verified_by_id,
        f"{code}{unit}",
    )


def _pending(year: int) -> int:
    rows = Revision.objects.filter(sheet__year=year, state__in=PENDING)
    return rows.exclude(pk__in=held_by_shifts(year)).count()


def replaced(version_id: int) -> list[int]:
    """Return the sheets that a version holds otherwise than its parent, new ones too."""
    parent = Version.objects.values_list("parent", flat=True).get(pk=version_id)
    before = VersionSheet.objects.filter(version=parent, sheet=OuterRef("sheet"))
    kept = before.filter(revision=OuterRef("revision"))
    rows = VersionSheet.objects.filter(~Exists(kept), version=version_id)
    return list(rows.order_by("sheet").values_list("sheet", flat=True))
