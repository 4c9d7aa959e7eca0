"""Rewriting many sheets at once for an order from above: copies with some lines brought down."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Max

from kawal.budget.actions.sheets import HEADER, copy_contents
from kawal.budget.facts import RevisionState, Step
from kawal.budget.models import Component, Revision, RevisionLine, RevisionStep
from kawal.budget.rules.trimming import trimmed
from kawal.regions.facts import Actor

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Copy:
    """A sheet to be copied: from which revision, and which one is in force."""

    sheet_id: int
    source_id: int
    head_id: int


def begin_copies(copies: Iterable[Copy], actor: Actor) -> dict[int, int]:
    """Begin a draft of each sheet as a copy, and return the revisions' ids by sheet."""
    wanted = sorted(copies, key=lambda one: one.sheet_id)
    headers = Revision.objects.in_bulk([one.source_id for one in wanted])
    numbers = dict(
        Revision.objects.filter(sheet__in=[one.sheet_id for one in wanted])
        .values_list("sheet_id")
        .annotate(Max("number"))
        .order_by("sheet_id")
    )
    rows = [
        Revision(
            sheet_id=one.sheet_id,
            number=numbers[one.sheet_id] + 1,
            based_on_id=one.head_id,
            changed_at=actor.at,
            changed_by_id=actor.person_id,
            **{name: getattr(headers[one.source_id], name) for name in HEADER},
        )
        for one in wanted
    ]
    made = Revision.objects.bulk_create(rows, batch_size=BATCH)
    _record((row.pk for row in made), Step.BEGUN, actor)
    copy_contents({one.source_id: row.pk for one, row in zip(wanted, made, strict=True)})
    return {row.sheet_id: row.pk for row in made}


def bring_down(revision_ids: Iterable[int], amounts: Mapping[int, Decimal], note: str) -> None:
    """Bring lines of drafts down to amounts in rupiah; a line at zero keeps its place, empty."""
    lines = RevisionLine.objects.filter(revision__in=list(revision_ids), line__in=list(amounts))
    line_ids = dict(lines.values_list("pk", "line_id"))
    parts: dict[int, list[Component]] = defaultdict(list)
    for one in Component.objects.filter(revision_line__in=line_ids).order_by("position", "pk"):
        parts[one.revision_line_id].append(one)
    removed: list[int] = []
    changed: list[Component] = []
    for row, components in parts.items():
        found = trimmed([(one.pk, one.amount) for one in components], amounts[line_ids[row]])
        removed += found.removed
        changed += [
            _remainder(one, found.price, note) for one in components if one.pk == found.remainder
        ]
    Component.objects.filter(pk__in=removed).delete()
    Component.objects.bulk_update(changed, REMAINDER, batch_size=BATCH)


REMAINDER = [
    *(f"volume{place}" for place in range(1, 5)),
    *(f"unit{place}" for place in range(1, 5)),
    "price",
    "tax",
    "note",
]


def _remainder(one: Component, price: Decimal, note: str) -> Component:
    one.volume1, one.unit1, one.price, one.tax = Decimal(1), "Paket", price, Decimal(0)
    one.volume2 = one.volume3 = one.volume4 = None
    one.unit2 = one.unit3 = one.unit4 = ""
    one.note = note[:300]
    return one


def leave_out(revision_ids: Iterable[int], line_ids: Iterable[int]) -> None:
    """Take lines out of drafts whole."""
    rows = RevisionLine.objects.filter(revision__in=list(revision_ids), line__in=list(line_ids))
    gone = list(rows.values_list("pk", flat=True))
    Component.objects.filter(revision_line__in=gone).delete()
    RevisionLine.objects.filter(pk__in=gone).delete()


def take_as_verified(
    revision_ids: Iterable[int], actor: Actor, verified_by: Mapping[int, int | None] | None = None
) -> None:
    """Take drafts on to where a version may seal them; their order stands for the steps' papers.

    ``verified_by`` names who verified the same content before, by revision.
    """
    ids = sorted(revision_ids)
    for state, step in (
        (RevisionState.SUBMITTED, Step.SUBMITTED),
        (RevisionState.VERIFIED, Step.VERIFIED),
    ):
        Revision.objects.filter(pk__in=ids).update(state=state.value, version=F("version") + 1)
        _record(ids, step, actor)
    for revision, person in (verified_by or {}).items():
        Revision.objects.filter(pk=revision).update(verified_by_id=person, verified_at=actor.at)


def _record(revision_ids: Iterable[int], step: Step, actor: Actor) -> None:
    RevisionStep.objects.bulk_create(
        (
            RevisionStep(revision_id=one, step=step.value, by_id=actor.person_id, at=actor.at)
            for one in revision_ids
        ),
        batch_size=BATCH,
    )
