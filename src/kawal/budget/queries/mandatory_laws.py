"""The rules on the APBD as they hold for a year: parameters read, selections understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kawal.budget.facts.mandatory import Law, MandatoryRule, Selection
from kawal.budget.facts.mandatory_rules import RULES
from kawal.budget.queries.selected import Known
from kawal.budget.rules.selections import Unreadable, selection
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.facts import ParameterFacts
from kawal.regions import queries as regions
from kawal.regions.facts import AgencyFacts, RegionKind


@dataclass(frozen=True, slots=True)
class Readings:
    """What holds on the year's first day; a rule whose lines cannot be read has no selections."""

    year: int
    laws: Mapping[str, Law]
    selections: Mapping[str, Mapping[str, Selection]]
    known: Known
    has_villages: bool


def readings(year: int) -> Readings:
    """Return the rules of a budget year."""
    on = date(year, 1, 1)
    held = {one.key: one for one in nomenclature.parameters(on)}
    laws = {rule.key: _law(rule, held) for rule in RULES}
    read = {rule.key: _selections(rule, laws[rule.key]) for rule in RULES}
    functions = {code: one.bidang for code, one in nomenclature.functions().items()}
    return Readings(
        year,
        laws,
        {key: parts for key, parts in read.items() if parts},
        Known(functions, _units(regions.agencies(on, with_closed=True))),
        bool(regions.regions_of_kind(RegionKind.DESA, on)),
    )


def _law(rule: MandatoryRule, held: Mapping[str, ParameterFacts]) -> Law:
    prefix = f"budget.{rule.key}."
    own = {key.removeprefix(prefix): one for key, one in held.items() if key.startswith(prefix)}
    says = own.get(rule.tiers[0].rate) or own.get("counts")
    return Law(
        {name: one.number for name, one in own.items() if one.number is not None},
        {name: one.text for name, one in own.items() if one.text},
        says.legal_basis if says else "",
        says.certainty if says else None,
    )


def _selections(rule: MandatoryRule, law: Law) -> dict[str, Selection]:
    """Return what a rule selects, by part; nothing when a part is missing or not understood."""
    parts = [part for part in ("counts", "base", rule.less) if part]
    try:
        return {part: selection(law.texts[part]) for part in parts}
    except (KeyError, Unreadable):
        return {}


def _units(agencies: list[AgencyFacts]) -> dict[str, list[int]]:
    kinds: dict[str, list[int]] = {}
    for agency in agencies:
        kinds.setdefault(agency.kind.value, []).append(agency.id)
    return kinds
