"""The module's tables, one aggregate a file."""

from kawal.budget.models.ceilings import Ceiling
from kawal.budget.models.funds import FundEntry, Funds
from kawal.budget.models.notes import HandOver, LineNote, RevisionStep
from kawal.budget.models.prices import Price, PriceAccount, PriceItem
from kawal.budget.models.revisions import Component, Indicator, Revision, RevisionLine
from kawal.budget.models.sheets import Line, Sheet
from kawal.budget.models.versions import Version, VersionSheet
from kawal.budget.models.years import FiscalYear

__all__ = [
    "Ceiling",
    "Component",
    "FiscalYear",
    "FundEntry",
    "Funds",
    "HandOver",
    "Indicator",
    "Line",
    "LineNote",
    "Price",
    "PriceAccount",
    "PriceItem",
    "Revision",
    "RevisionLine",
    "RevisionStep",
    "Sheet",
    "Version",
    "VersionSheet",
]
