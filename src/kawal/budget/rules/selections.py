"""Which lines count, as an officer writes it: read, said again, and asked of one line; pure.

``rekening 5 dan fungsi 8 atau label pendidikan kecuali rekening 5.4``: conditions joined by *dan*
must all hold, clauses joined by *atau* need one, and what follows *kecuali* is left out. A code
counts with all below it; ``X.XX`` in an activity stands for any bidang.
"""

import re
from collections.abc import Mapping, Sequence

from kawal.budget.facts.mandatory import Clause, Condition, CountedLine, Selection, Trait

WITHOUT, OR, AND = re.compile(r"\s+kecuali\s+"), re.compile(r"\s+atau\s+"), re.compile(r"\s+dan\s+")
CODE = re.compile(r"(X\.XX|\d{1,2})(\.\d{1,4})*")
CODED = frozenset({Trait.ACCOUNT, Trait.ACTIVITY, Trait.FUNCTION, Trait.FUND})
ANY_BIDANG = "X.XX"


class Unreadable(ValueError):
    """A selection that cannot be read; the message is the part that is not understood."""


def selection(text: str) -> Selection:
    """Read a selection.

    :raises Unreadable: when a part of it is not understood.
    """
    counted, *excluded = WITHOUT.split(text.strip())
    if len(excluded) > 1:
        raise Unreadable(text)
    return Selection(_clauses(counted), _clauses(excluded[0]) if excluded else ())


def counts(wanted: Selection, line: CountedLine, functions: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a line counts; ``functions`` are the bidang of each function."""
    if any(_all(clause, line, functions) for clause in wanted.none_of):
        return False
    return any(_all(clause, line, functions) for clause in wanted.any_of)


def activity_pattern(code: str) -> str:
    """Return the regular expression of an activity code in which ``X.XX`` stands for any bidang."""
    bidang, rest = r"\d{1,2}\.\d{2}", code.removeprefix(ANY_BIDANG)
    return f"^{bidang}{re.escape(rest)}(\\.|$)"


def _clauses(text: str) -> tuple[Clause, ...]:
    return tuple(tuple(_condition(part) for part in AND.split(one)) for one in OR.split(text))


def _condition(text: str) -> Condition:
    word, _, rest = text.strip().partition(" ")
    values = tuple(value.strip() for value in rest.split(",") if value.strip())
    if word not in set(Trait) or not values:
        raise Unreadable(text)
    trait = Trait(word)
    if trait in CODED and not all(CODE.fullmatch(value) for value in values):
        raise Unreadable(text)
    return Condition(trait, values)


def _all(clause: Clause, line: CountedLine, functions: Mapping[str, Sequence[str]]) -> bool:
    return all(_holds(condition, line, functions) for condition in clause)


def _holds(condition: Condition, line: CountedLine, functions: Mapping[str, Sequence[str]]) -> bool:
    values = condition.values
    match condition.trait:
        case Trait.ACCOUNT:
            return _below(line.account, values)
        case Trait.ACTIVITY:
            return _below(line.activity, values)
        case Trait.FUND:
            return _below(line.fund, values)
        case Trait.FUNCTION:
            return any(_below(line.activity, functions.get(value, ())) for value in values)
        case Trait.LABEL:
            return bool(line.labels & set(values))
        case Trait.UNIT:
            return line.unit_kind in values


def _below(code: str, uppers: Sequence[str]) -> bool:
    return any(
        re.match(activity_pattern(upper), code) is not None
        if upper.startswith(ANY_BIDANG)
        else code == upper or code.startswith(f"{upper}.")
        for upper in uppers
    )
