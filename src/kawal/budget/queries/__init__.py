"""Reads of the budget."""

from kawal.budget.queries.amendments import (
    amendment,
    amendments,
    open_amendment,
    unverified,
    verified,
)
from kawal.budget.queries.cash_plans import (
    cash_plan,
    cash_plans,
    open_plan,
    plan_in_force,
    plan_lines,
    plan_steps,
    planned_to,
    unit_plans,
)
from kawal.budget.queries.ceiling_codes import ceiling_drafts
from kawal.budget.queries.ceilings import (
    ceilings,
    last_round,
    room,
)
from kawal.budget.queries.comparing import compare, compare_accounts, compare_agencies
from kawal.budget.queries.dpa import (
    dpa,
    dpas,
    last_ratified,
    owing,
)
from kawal.budget.queries.execution import (
    execution,
    month_of,
    months_of_year,
    unit_execution,
)
from kawal.budget.queries.findings import (
    findings,
    new_items,
)
from kawal.budget.queries.funds import (
    agency_funds,
    differences,
    funded_lines,
    funds_left,
    movement,
    sheet_funds,
    unit_funds,
)
from kawal.budget.queries.funds_views import (
    line_left,
    lines_left,
    movements,
    sheets_left,
    year_of_line,
)
from kawal.budget.queries.held import (
    version_totals,
)
from kawal.budget.queries.law import (
    law,
)
from kawal.budget.queries.locks import (
    lock,
    lock_reasons,
    locks,
)
from kawal.budget.queries.moved import last_movement
from kawal.budget.queries.orders import (
    cuts,
    held_lines,
    interim,
    interim_amounts,
    order,
    orders,
)
from kawal.budget.queries.plans import (
    plan,
    replaced,
)
from kawal.budget.queries.prices import (
    find_prices,
    price,
    price_history,
    price_item,
    price_page,
    price_proposals,
    standard_prices,
)
from kawal.budget.queries.records import (
    hand_overs,
)
from kawal.budget.queries.rka import (
    component,
    content,
    notes,
    steps,
)
from kawal.budget.queries.rka_rows import draft_versions, price_items_by_code, workbook_rows
from kawal.budget.queries.sheets import (
    head_revision,
    open_revision,
    revision,
    revisions,
    sheet,
    sheets,
)
from kawal.budget.queries.shifts import (
    desks,
    held_by_shifts,
    held_reasons,
    shift,
    shift_lines,
    shift_of,
    shifts,
    shifts_under_way,
    standings,
)
from kawal.budget.queries.spd import (
    agency_units,
    releasable,
    spd,
    spd_lines,
    spd_withdrawals,
    spds,
    stage,
)
from kawal.budget.queries.totals import (
    account_totals,
    balance,
)
from kawal.budget.queries.trees import activity_tree, totals_by_unit, tree
from kawal.budget.queries.verifying import verified_counts, version_faults
from kawal.budget.queries.versions import (
    amounts,
    enacted,
    head,
    version,
    versions,
)
from kawal.budget.queries.years import (
    standing,
    year,
    years,
)

__all__ = [
    "account_totals",
    "activity_tree",
    "agency_funds",
    "agency_units",
    "amendment",
    "amendments",
    "amounts",
    "balance",
    "cash_plan",
    "cash_plans",
    "ceiling_drafts",
    "ceilings",
    "compare",
    "compare_accounts",
    "compare_agencies",
    "component",
    "content",
    "cuts",
    "desks",
    "differences",
    "dpa",
    "dpas",
    "draft_versions",
    "enacted",
    "execution",
    "find_prices",
    "findings",
    "funded_lines",
    "funds_left",
    "hand_overs",
    "head",
    "head_revision",
    "held_by_shifts",
    "held_lines",
    "held_reasons",
    "interim",
    "interim_amounts",
    "last_movement",
    "last_ratified",
    "last_round",
    "law",
    "line_left",
    "lines_left",
    "lock",
    "lock_reasons",
    "locks",
    "month_of",
    "months_of_year",
    "movement",
    "movements",
    "new_items",
    "notes",
    "open_amendment",
    "open_plan",
    "open_revision",
    "order",
    "orders",
    "owing",
    "plan",
    "plan_in_force",
    "plan_lines",
    "plan_steps",
    "planned_to",
    "price",
    "price_history",
    "price_item",
    "price_items_by_code",
    "price_page",
    "price_proposals",
    "releasable",
    "replaced",
    "revision",
    "revisions",
    "room",
    "sheet",
    "sheet_funds",
    "sheets",
    "sheets_left",
    "shift",
    "shift_lines",
    "shift_of",
    "shifts",
    "shifts_under_way",
    "spd",
    "spd_lines",
    "spd_withdrawals",
    "spds",
    "stage",
    "standard_prices",
    "standing",
    "standings",
    "steps",
    "totals_by_unit",
    "tree",
    "unit_execution",
    "unit_funds",
    "unit_plans",
    "unverified",
    "verified",
    "verified_counts",
    "version",
    "version_faults",
    "version_totals",
    "versions",
    "workbook_rows",
    "year",
    "year_of_line",
    "years",
]
