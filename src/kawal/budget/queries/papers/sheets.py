"""The sheets that RKA and DPA share: summary, revenue, spending, each sub kegiatan, financing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kawal.budget.facts import SheetKind
from kawal.budget.facts.papers import (
    AnySheet,
    DetailSheet,
    Form,
    Head,
    RecapSheet,
    Signer,
    TreeSheet,
)
from kawal.budget.queries.papers import held as sums
from kawal.budget.queries.papers.held import Held
from kawal.budget.queries.papers.names import (
    Chain,
    account_names,
    activity_names,
    knowledge,
    organisation,
    place_names,
    rungs,
)
from kawal.budget.queries.rka import content
from kawal.budget.rules.papers import recap, tree
from kawal.regions.queries import region_names

SUMMARY_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Forms:
    """Which form each sheet of a set is printed on."""

    summary: Form
    revenue: Form
    spending: Form
    detail: Form
    financing: Form


RKA = Forms(
    Form.RKA_SUMMARY, Form.RKA_REVENUE, Form.RKA_SPENDING, Form.RKA_DETAIL, Form.RKA_FINANCING
)
DPA = Forms(
    Form.DPA_SUMMARY, Form.DPA_REVENUE, Form.DPA_SPENDING, Form.DPA_DETAIL, Form.DPA_FINANCING
)


@dataclass(frozen=True, slots=True)
class Making:
    """What all sheets of a set share; ``before`` is what an earlier version held, to compare."""

    year: int
    forms: Forms
    head: Head
    on: date
    signers: tuple[Signer, ...]
    team: tuple[Signer, ...] = ()
    before: Sequence[Held] | None = None
    months: Mapping[int, tuple[Decimal, ...]] = field(default_factory=dict)

    @property
    def compares(self) -> bool:
        """Tell whether it stands beside what was before."""
        return self.before is not None

    def before_of(self, kind: SheetKind) -> list[Held] | None:
        """Return what was before of one kind."""
        return None if self.before is None else sums.of_kind(self.before, kind)


def whole_set(making: Making, now: Sequence[Held]) -> tuple[AnySheet, ...]:
    """Return the set of an agency: its summary, then each form that it has content for."""
    accounts, activities = account_names(making.year), activity_names(making.year)
    found: list[AnySheet] = [summary(making, now, accounts)]
    spending = sums.of_kind(now, SheetKind.SPENDING)
    if sums.of_kind(now, SheetKind.REVENUE):
        found.append(one_sided(making, now, SheetKind.REVENUE, accounts))
    if spending:
        found.append(recapitulation(making, spending, activities))
    found += [detail(making, one, accounts, activities) for one in _shown(making, spending)]
    if sums.of_kind(now, SheetKind.FINANCING):
        found.append(one_sided(making, now, SheetKind.FINANCING, accounts))
    return tuple(found)


def _shown(making: Making, spending: Sequence[Held]) -> list[Held]:
    """Return the sub kegiatan to print; a comparison prints those that changed."""
    if making.before is None:
        return list(spending)
    same = {one.revision_id for one in making.before}
    return [one for one in spending if one.revision_id not in same]


def summary(making: Making, now: Sequence[Held], accounts: Mapping[str, str]) -> TreeSheet:
    """Return the summary by jenis."""
    leaves = sums.leaves(now, making.before, deepest=SUMMARY_DEPTH)
    return TreeSheet(
        making.forms.summary,
        making.head,
        knowledge(making.forms.summary, making.on),
        making.signers,
        making.team,
        rows=tree(leaves, accounts, deepest=SUMMARY_DEPTH),
        compares=making.compares,
        months=sums.added_up(making.months.values()),
    )


def one_sided(
    making: Making, now: Sequence[Held], kind: SheetKind, accounts: Mapping[str, str]
) -> TreeSheet:
    """Return revenue or financing to the lowest account."""
    is_revenue = kind is SheetKind.REVENUE
    form = making.forms.revenue if is_revenue else making.forms.financing
    own = sums.of_kind(now, kind)
    names = {**accounts, **_leaf_names(own)}
    return TreeSheet(
        form,
        making.head,
        knowledge(form, making.on),
        making.signers,
        making.team,
        rows=tree(sums.leaves(own, making.before_of(kind)), names),
        compares=making.compares,
    )


def _leaf_names(now: Sequence[Held]) -> dict[str, str]:
    lines = (line for one in now for line in content(one.revision_id).lines)
    return {line.account_code: line.account_name for line in lines}


def recapitulation(
    making: Making, spending: Sequence[Held], activities: Mapping[str, str]
) -> RecapSheet:
    """Return all sub kegiatan, one row each."""
    rows = sums.recap_rows(spending, making.before_of(SheetKind.SPENDING), making.on)
    return RecapSheet(
        making.forms.spending,
        making.head,
        knowledge(making.forms.spending, making.on),
        making.signers,
        making.team,
        rows=recap(rows, activities),
        compares=making.compares,
    )


def detail(
    making: Making, one: Held, accounts: Mapping[str, str], activities: Mapping[str, str]
) -> DetailSheet:
    """Return a sub kegiatan to the component."""
    said = content(one.revision_id)
    before = _before(making, one)
    return DetailSheet(
        making.forms.detail,
        with_chain(making, rungs(one.code, one.name, activities), one.unit_id),
        knowledge(making.forms.detail, making.on),
        making.signers,
        making.team,
        header=said.header,
        places=place_names(said.header.places, region_names(said.header.places, making.on)),
        lines=said.lines,
        names=accounts,
        before=before,
        before_names=_before_names(making, one),
        months=making.months.get(one.sheet_id, ()),
    )


def _old(making: Making, one: Held) -> Held | None:
    return next((old for old in making.before or () if old.sheet_id == one.sheet_id), None)


def _before(making: Making, one: Held) -> dict[sums.Key, Decimal] | None:
    if making.before is None:
        return None
    old = _old(making, one)
    return sums.sums([old]).get(old.revision_id, {}) if old else {}


def _before_names(making: Making, one: Held) -> dict[sums.Key, str]:
    old = _old(making, one)
    lines = content(old.revision_id).lines if old else ()
    named = {(ln.account_code, ln.fund_code): ln for ln in lines}
    return {key: f"{line.account_name} — {line.fund_name}" for key, line in named.items()}


def with_chain(making: Making, chain: Chain, unit_id: int) -> Head:
    """Return the head of a set with the codes of one sheet."""
    head = making.head
    own = chain + organisation(making.year, unit_id)
    return Head(head.government, head.year, head.number, head.stage, own)
