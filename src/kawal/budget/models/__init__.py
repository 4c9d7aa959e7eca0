"""The module's tables, one aggregate a file."""

from kawal.budget.models.amendments import Amendment
from kawal.budget.models.cash_plans import CashPlan, CashPlanLine, CashPlanStep
from kawal.budget.models.ceilings import Ceiling
from kawal.budget.models.dpa import Dpa
from kawal.budget.models.funds import FundEntry, Funds
from kawal.budget.models.locks import Lock
from kawal.budget.models.notes import HandOver, LineNote, RevisionStep
from kawal.budget.models.obligations import ObligationMark
from kawal.budget.models.orders import (
    EfficiencyCut,
    EfficiencyOrder,
    EfficiencyReview,
    EfficiencyTarget,
    InterimBudget,
)
from kawal.budget.models.papers import IssuedPaper
from kawal.budget.models.prices import Price, PriceAccount, PriceItem
from kawal.budget.models.published import PublishedAmount, PublishedBudget, PublishedFinding
from kawal.budget.models.revisions import Component, Indicator, Revision, RevisionLine
from kawal.budget.models.sheets import Line, Sheet
from kawal.budget.models.shifts import Shift, ShiftSheet, ShiftStepTaken
from kawal.budget.models.spd import Spd, SpdLine, SpdWithdrawal, SpdWithdrawalLine
from kawal.budget.models.versions import Version, VersionSheet
from kawal.budget.models.years import FiscalYear

__all__ = [
    "Amendment",
    "CashPlan",
    "CashPlanLine",
    "CashPlanStep",
    "Ceiling",
    "Component",
    "Dpa",
    "EfficiencyCut",
    "EfficiencyOrder",
    "EfficiencyReview",
    "EfficiencyTarget",
    "FiscalYear",
    "FundEntry",
    "Funds",
    "HandOver",
    "Indicator",
    "InterimBudget",
    "IssuedPaper",
    "Line",
    "LineNote",
    "Lock",
    "ObligationMark",
    "Price",
    "PriceAccount",
    "PriceItem",
    "PublishedAmount",
    "PublishedBudget",
    "PublishedFinding",
    "Revision",
    "RevisionLine",
    "RevisionStep",
    "Sheet",
    "Shift",
    "ShiftSheet",
    "ShiftStepTaken",
    "Spd",
    "SpdLine",
    "SpdWithdrawal",
    "SpdWithdrawalLine",
    "Version",
    "VersionSheet",
]
