"""How codes and parameters are said."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from kawal.nomenclature.facts import (
    ACCOUNT_LEVEL_LABELS,
    ACTIVITY_LEVEL_LABELS,
    AccountFacts,
    ActivityFacts,
    FundFacts,
    ParameterFacts,
)
from kawal.nomenclature.flags import FLAG_LABELS


def level_words(facts: AccountFacts | ActivityFacts | FundFacts) -> str:
    """Return what the rung of a code is called."""
    if isinstance(facts, ActivityFacts):
        return _(ACTIVITY_LEVEL_LABELS[facts.level])
    if isinstance(facts, AccountFacts):
        return _(ACCOUNT_LEVEL_LABELS[facts.level])
    return _("Tingkat %(level)s") % {"level": facts.level}


def flag_words(flags: Iterable[str]) -> list[str]:
    """Return how lines of an account behave, in words, sorted."""
    return sorted(_(FLAG_LABELS[flag]) for flag in flags)


def value_words(facts: ParameterFacts) -> str:
    """Return a value with its unit; a number with a decimal comma, without idle zeros."""
    said = facts.text
    if facts.number is not None:
        plain = f"{facts.number.normalize() if facts.number else Decimal(0):f}"
        said = plain.replace(".", ",")
    return f"{said} {facts.unit}".strip()
