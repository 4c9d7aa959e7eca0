"""Codes of a list, judged together and written set by set: parents first, amended decrees known."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.nomenclature.actions.decrees import newest, record_decrees
from kawal.nomenclature.actions.functions import record_functions
from kawal.nomenclature.facts import CodeDraft, CodeKind
from kawal.nomenclature.models import Decree
from kawal.nomenclature.queries.resolution import MODELS

Key = tuple[int, str]


@dataclass(slots=True)
class Taken:
    """What became of the drafts, by their lines."""

    new: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    unchanged: set[int] = field(default_factory=set)
    refused: dict[int, Reason] = field(default_factory=dict)


def record_codes(kind: CodeKind, drafts: Iterable[CodeDraft]) -> Taken:
    """Write codes that differ from what stands; a code without its parent is refused.

    Drafts have distinct (decree, code). The parent is looked for under the code's own decree,
    then under those that it amends, then under those that amend it.
    """
    by_depth: dict[int, list[CodeDraft]] = defaultdict(list)
    for draft in drafts:
        by_depth[draft.code.count(".")].append(draft)
    decrees = {draft.decree for some in by_depth.values() for draft in some}
    chain = record_decrees(newest(decrees))
    chain |= _others(chain)
    intake = _Intake(MODELS[kind], chain)
    taken = Taken()
    for depth in sorted(by_depth):
        intake.write(by_depth[depth], taken)
    if kind is CodeKind.ACTIVITY and by_depth:
        record_functions()
    return taken


def _others(chain: dict[str, int]) -> dict[str, int]:
    """Return the other decrees on record, for parents that only a later one names."""
    known = Decree.objects.exclude(code__in=chain).order_by("valid_from", "pk")
    return dict(known.values_list("code", "pk"))


class _Intake:
    """The table as it stands, and the writing of one depth of the tree after another."""

    def __init__(self, model: Any, chain: dict[str, int]) -> None:
        self.model = model
        self.chain = chain
        self.order = list(chain.values())
        rows = model.objects.filter(decree_id__in=self.order)
        self.rows: dict[Key, Any] = {(row.decree_id, row.code): row for row in rows}

    def write(self, drafts: Sequence[CodeDraft], taken: Taken) -> None:
        """Write the drafts of one depth; those above them are written already."""
        fresh: list[Any] = []
        changed: list[Any] = []
        for draft in drafts:
            parent = self._parent(draft)
            if draft.parent and parent is None:
                taken.refused[draft.line] = _no_parent(draft)
                continue
            self._judge(draft, parent, fresh, changed, taken)
        self.model.objects.bulk_create(fresh, batch_size=2000)
        if changed:
            self.model.objects.bulk_update(changed, self._columns(drafts), batch_size=1000)

    def _judge(
        self, draft: CodeDraft, parent: Any, fresh: list[Any], changed: list[Any], taken: Taken
    ) -> None:
        key = (self.chain[draft.decree], draft.code)
        values = {"name": draft.name, "is_active": draft.is_active, **draft.values}
        values["parent_id"] = parent.pk if parent else None
        row = self.rows.get(key)
        if row is None:
            row = self.model(decree_id=key[0], code=draft.code, **values)
            self.rows[key] = row
            fresh.append(row)
            taken.new.add(draft.line)
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
            taken.changed.add(draft.line)
        else:
            taken.unchanged.add(draft.line)

    def _parent(self, draft: CodeDraft) -> Any:
        at = self.order.index(self.chain[draft.decree])
        looked = [*self.order[at:], *reversed(self.order[:at])]
        found = (self.rows.get((decree, draft.parent)) for decree in looked)
        return next((row for row in found if row is not None), None)

    def _columns(self, drafts: Sequence[CodeDraft]) -> list[str]:
        return ["name", "is_active", "parent_id", *sorted(drafts[0].values)]


def _no_parent(draft: CodeDraft) -> Reason:
    return Reason(
        "nomenclature.no_parent",
        N_("Kode induk %(parent)s tidak ada di berkas ini maupun di peraturan yang diubahnya."),
        at=N_("Kode"),
        mend=N_("Impor dahulu daftar yang memuat induknya."),
        values={"parent": draft.parent},
    )
