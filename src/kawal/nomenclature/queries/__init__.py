"""Reads of this module, as frozen facts."""

from kawal.nomenclature.queries.codes import (
    AnyCode,
    account,
    accounts,
    activities,
    activity,
    by_codes,
    by_ids,
    children,
    fund,
    funds,
    recorded,
    search,
    search_page,
    speakers,
    versions,
)
from kawal.nomenclature.queries.crosswalks import Bridge, earlier_codes, later_codes
from kawal.nomenclature.queries.functions import functions
from kawal.nomenclature.queries.parameters import parameter, parameters, proposals
from kawal.nomenclature.queries.resolution import (
    chain,
    chain_of,
    decree,
    decree_by_code,
    decrees,
)

__all__ = [
    "AnyCode",
    "Bridge",
    "account",
    "accounts",
    "activities",
    "activity",
    "by_codes",
    "by_ids",
    "chain",
    "chain_of",
    "children",
    "decree",
    "decree_by_code",
    "decrees",
    "earlier_codes",
    "functions",
    "fund",
    "funds",
    "later_codes",
    "parameter",
    "parameters",
    "proposals",
    "recorded",
    "search",
    "search_page",
    "speakers",
    "versions",
]
