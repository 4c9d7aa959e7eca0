"""A reading of the law as a condition on lines: what ``rules/selections.py`` says, in SQL."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from kawal.budget.facts.mandatory import Clause, Condition, Selection, Trait
from kawal.budget.rules.selections import ANY_BIDANG, activity_pattern

ACCOUNT, ACTIVITY, FUND = "line__account__code", "line__sheet__activity__code", "line__fund__code"
NEVER = Q(pk=0)  # no row has this id; an empty set would take the sum out of the statement


@dataclass(frozen=True, slots=True)
class Known:
    """What a condition needs beside the lines: bidang by function, units by their kind."""

    functions: Mapping[str, Sequence[str]]
    units: Mapping[str, Sequence[int]]


def lines_that(wanted: Selection, known: Known) -> Q:
    """Return the condition that a line of a revision counts."""
    counted = _any(wanted.any_of, known)
    return counted & ~_any(wanted.none_of, known) if wanted.none_of else counted


def _any(clauses: Iterable[Clause], known: Known) -> Q:
    found = NEVER
    for clause in clauses:
        every = Q()
        for condition in clause:
            every &= _holds(condition, known)
        found |= every
    return found


def _holds(condition: Condition, known: Known) -> Q:
    values = condition.values
    match condition.trait:
        case Trait.ACCOUNT:
            return _below(ACCOUNT, values)
        case Trait.ACTIVITY:
            return _below(ACTIVITY, values)
        case Trait.FUND:
            return _below(FUND, values)
        case Trait.FUNCTION:
            return _below(ACTIVITY, [b for value in values for b in known.functions.get(value, ())])
        case Trait.LABEL:
            return Q(revision__labels__overlap=list(values))
        case Trait.UNIT:
            units = [unit for value in values for unit in known.units.get(value, ())]
            return Q(line__sheet__unit__in=units)


def _below(column: str, uppers: Sequence[str]) -> Q:
    found = NEVER
    for upper in uppers:
        if upper.startswith(ANY_BIDANG):
            found |= Q(**{f"{column}__regex": activity_pattern(upper)})
        else:
            found |= Q(**{column: upper}) | Q(**{f"{column}__startswith": f"{upper}."})
    return found
