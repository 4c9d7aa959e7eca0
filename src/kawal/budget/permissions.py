"""Who may see and do what with the budget: PP 12/2019 as a table; refused otherwise."""

from collections.abc import Mapping

from kawal.regions.facts import ROLES, Reach, Role
from kawal.regions.permissions import grant

SEE_HOME = "budget.see_home"
SEE_RKA = "budget.see_rka"
DRAFT_RKA = "budget.draft_rka"
SUBMIT_RKA = "budget.submit_rka"
VERIFY_RKA = "budget.verify_rka"
OPEN_YEAR = "budget.open_year"
SEE_CEILINGS = "budget.see_ceilings"
SET_CEILINGS = "budget.set_ceilings"
SEE_VERSIONS = "budget.see_versions"
MAKE_VERSION = "budget.make_version"
LOCK = "budget.lock_sheets"
HAND_OVER = "budget.hand_over"
SEE_DPA = "budget.see_dpa"
DRAFT_DPA = "budget.draft_dpa"
SIGN_DPA = "budget.sign_dpa"
VERIFY_DPA = "budget.verify_dpa"
APPROVE_DPA = "budget.approve_dpa"
RATIFY_DPA = "budget.ratify_dpa"
SEE_CASH_PLAN = "budget.see_cash_plan"
DRAFT_CASH_PLAN = "budget.draft_cash_plan"
VALIDATE_CASH_PLAN_PA = "budget.validate_cash_plan_as_pa"
VALIDATE_CASH_PLAN_SEKDA = "budget.validate_cash_plan_as_sekda"
VALIDATE_CASH_PLAN_BUD = "budget.validate_cash_plan_as_bud"
SEE_SPD = "budget.see_spd"
DRAFT_SPD = "budget.draft_spd"
SIGN_SPD = "budget.sign_spd"
DRAFT_SHIFT = "budget.draft_shift"
SUBMIT_SHIFT = "budget.submit_shift"
APPROVE_SHIFT_PA = "budget.approve_shift_as_pa"
APPROVE_SHIFT_PPKD = "budget.approve_shift_as_ppkd"
APPROVE_SHIFT_SEKDA = "budget.approve_shift_as_sekda"
APPROVE_SHIFT_HEAD = "budget.approve_shift_as_head"
SEE_SHIFTS = "budget.see_shifts"
ORDER_EFFICIENCY = "budget.order_efficiency"
OPEN_AMENDMENT = "budget.open_amendment"
DRAFT_INTERIM = "budget.draft_interim"
SEE_PRICES = "budget.see_prices"
PROPOSE_PRICE = "budget.propose_price"
CHECK_PRICE = "budget.check_price"
APPROVE_PRICE = "budget.approve_price"
SEE_FUNDS = "budget.see_funds"
SEE_MANDATORY = "budget.see_mandatory"
SEE_CALENDAR = "budget.see_calendar"
FULFIL = "budget.fulfil_obligation"

_OWN = (
    Role.PPTK,
    Role.BENDAHARA_PENGELUARAN,
    Role.BENDAHARA_PENGELUARAN_PEMBANTU,
    Role.PPK_SKPD,
    Role.PPK_UNIT,
    Role.PA,
    Role.KPA,
)
_CITY = (
    Role.TAPD,
    Role.PPKD,
    Role.BUD,
    Role.PERENCANA,
    Role.APIP,
    Role.BPK,
    Role.AUDITOR,
    Role.DPRD,
    Role.KEPALA_DAERAH,
    Role.SEKDA,
)


def _own(*roles: Role) -> dict[Role, Reach]:
    return dict.fromkeys(roles, Reach.OWN)


def _city(*roles: Role) -> dict[Role, Reach]:
    return dict.fromkeys(roles, Reach.ALL)


_READERS = _own(*_OWN) | _city(*_CITY)
_TREASURY = _city(Role.KUASA_BUD)
_CASH = _own(*_OWN) | _city(
    Role.KUASA_BUD,
    Role.BUD,
    Role.PPKD,
    Role.APIP,
    Role.BPK,
    Role.AUDITOR,
    Role.KEPALA_DAERAH,
    Role.SEKDA,
)
_CALENDAR = _own(*(role for role in Role if not ROLES[role].of_city)) | _city(
    *_CITY, Role.KUASA_BUD, Role.OPERATOR_PUSAT_KENDALI
)
_EVERYBODY = dict.fromkeys(Role, Reach.ALL)

GRANTS: Mapping[str, Mapping[Role, Reach]] = {
    SEE_HOME: _READERS | _TREASURY,
    SEE_RKA: _READERS,
    DRAFT_RKA: _own(Role.PPTK),
    SUBMIT_RKA: _own(Role.PA, Role.KPA),
    VERIFY_RKA: _city(Role.TAPD),
    OPEN_YEAR: _city(Role.PPKD),
    SEE_CEILINGS: _READERS,
    SET_CEILINGS: _city(Role.TAPD, Role.PPKD),
    SEE_VERSIONS: _READERS | _TREASURY,
    MAKE_VERSION: _city(Role.PPKD),
    LOCK: _city(Role.TAPD, Role.PPKD),
    HAND_OVER: _city(Role.PPKD),
    SEE_DPA: _READERS | _TREASURY,
    DRAFT_DPA: _own(Role.PPTK),
    SIGN_DPA: _own(Role.PA),
    VERIFY_DPA: _city(Role.TAPD),
    APPROVE_DPA: _city(Role.SEKDA),
    RATIFY_DPA: _city(Role.PPKD),
    SEE_CASH_PLAN: _CASH,
    DRAFT_CASH_PLAN: _own(Role.PPTK),
    VALIDATE_CASH_PLAN_PA: _own(Role.PA),
    VALIDATE_CASH_PLAN_SEKDA: _city(Role.SEKDA),
    VALIDATE_CASH_PLAN_BUD: _city(Role.BUD),
    SEE_SPD: _CASH,
    DRAFT_SPD: _city(Role.KUASA_BUD),
    SIGN_SPD: _city(Role.BUD),
    DRAFT_SHIFT: _own(Role.PPTK),
    SUBMIT_SHIFT: _own(Role.PA, Role.KPA),
    APPROVE_SHIFT_PA: _own(Role.PA),
    APPROVE_SHIFT_PPKD: _city(Role.PPKD),
    APPROVE_SHIFT_SEKDA: _city(Role.SEKDA),
    APPROVE_SHIFT_HEAD: _city(Role.KEPALA_DAERAH),  # Perkada first, in an emergency
    SEE_SHIFTS: _READERS | _TREASURY,
    ORDER_EFFICIENCY: _city(Role.PPKD),
    OPEN_AMENDMENT: _city(Role.TAPD, Role.SEKDA),
    DRAFT_INTERIM: _city(Role.TAPD, Role.SEKDA),
    SEE_PRICES: _EVERYBODY,
    PROPOSE_PRICE: _own(Role.PPTK, Role.PA, Role.KPA),
    CHECK_PRICE: _city(Role.PPKD),
    APPROVE_PRICE: _city(Role.TAPD),
    SEE_FUNDS: _READERS | _TREASURY,
    SEE_MANDATORY: _READERS,
    SEE_CALENDAR: _CALENDAR,
    FULFIL: _own(Role.PA)
    | _city(Role.TAPD, Role.PPKD, Role.BUD, Role.SEKDA, Role.KEPALA_DAERAH, Role.PERENCANA),
}


def register() -> None:
    """Grant this module's acts; called once, at start-up."""
    for act, reaches in GRANTS.items():
        grant(act, reaches)
