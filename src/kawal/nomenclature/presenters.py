"""How codes and parameters are said."""

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


def level_words(facts: AccountFacts | ActivityFacts | FundFacts) -> str:
    """Return what the rung of a code is called."""
    if isinstance(facts, ActivityFacts):
        return _(ACTIVITY_LEVEL_LABELS[facts.level])
    if isinstance(facts, AccountFacts):
        return _(ACCOUNT_LEVEL_LABELS[facts.level])
    return _("Tingkat %(level)s") % {"level": facts.level}


def value_words(facts: ParameterFacts) -> str:
    """Return a value with its unit; a number with a decimal comma, without idle zeros."""
    said = facts.text
    if facts.number is not None:
        plain = f"{facts.number.normalize() if facts.number else Decimal(0):f}"
        said = plain.replace(".", ",")
    return f"{said} {facts.unit}".strip()
