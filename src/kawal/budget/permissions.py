"""Who may see and do what with the budget: PP 12/2019 as a table; refused otherwise."""

from collections.abc import Mapping

from kawal.regions.facts import ROLES, Reach, Role
from kawal.regions.permissions import city, grant, own

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


_READERS = own(*_OWN) | city(*_CITY)
_TREASURY = city(Role.KUASA_BUD)
_CASH = own(*_OWN) | city(
    Role.KUASA_BUD,
    Role.BUD,
    Role.PPKD,
    Role.APIP,
    Role.BPK,
    Role.AUDITOR,
    Role.KEPALA_DAERAH,
    Role.SEKDA,
)
_CALENDAR = own(*(role for role in Role if not ROLES[role].of_city)) | city(
    *_CITY, Role.KUASA_BUD, Role.OPERATOR_PUSAT_KENDALI
)
_EVERYBODY = city(*Role)

GRANTS: Mapping[str, Mapping[Role, Reach]] = {
    SEE_HOME: _READERS | _TREASURY,
    SEE_RKA: _READERS,
    DRAFT_RKA: own(Role.PPTK),
    SUBMIT_RKA: own(Role.PA, Role.KPA),
    VERIFY_RKA: city(Role.TAPD),
    OPEN_YEAR: city(Role.PPKD),
    SEE_CEILINGS: _READERS,
    SET_CEILINGS: city(Role.TAPD, Role.PPKD),
    SEE_VERSIONS: _READERS | _TREASURY,
    MAKE_VERSION: city(Role.PPKD),
    LOCK: city(Role.TAPD, Role.PPKD),
    HAND_OVER: city(Role.PPKD),
    SEE_DPA: _READERS | _TREASURY,
    DRAFT_DPA: own(Role.PPTK),
    SIGN_DPA: own(Role.PA),
    VERIFY_DPA: city(Role.TAPD),
    APPROVE_DPA: city(Role.SEKDA),
    RATIFY_DPA: city(Role.PPKD),
    SEE_CASH_PLAN: _CASH,
    DRAFT_CASH_PLAN: own(Role.PPTK),
    VALIDATE_CASH_PLAN_PA: own(Role.PA),
    VALIDATE_CASH_PLAN_SEKDA: city(Role.SEKDA),
    VALIDATE_CASH_PLAN_BUD: city(Role.BUD),
    SEE_SPD: _CASH,
    DRAFT_SPD: city(Role.KUASA_BUD),
    SIGN_SPD: city(Role.BUD),
    DRAFT_SHIFT: own(Role.PPTK),
    SUBMIT_SHIFT: own(Role.PA, Role.KPA),
    APPROVE_SHIFT_PA: own(Role.PA),
    APPROVE_SHIFT_PPKD: city(Role.PPKD),
    APPROVE_SHIFT_SEKDA: city(Role.SEKDA),
    APPROVE_SHIFT_HEAD: city(Role.KEPALA_DAERAH),  # Perkada first, in an emergency
    SEE_SHIFTS: _READERS | _TREASURY,
    ORDER_EFFICIENCY: city(Role.PPKD),
    OPEN_AMENDMENT: city(Role.TAPD, Role.SEKDA),
    DRAFT_INTERIM: city(Role.TAPD, Role.SEKDA),
    SEE_PRICES: _EVERYBODY,
    PROPOSE_PRICE: own(Role.PPTK, Role.PA, Role.KPA),
    CHECK_PRICE: city(Role.PPKD),
    APPROVE_PRICE: city(Role.TAPD),
    SEE_FUNDS: _READERS | _TREASURY,
    SEE_MANDATORY: _READERS,
    SEE_CALENDAR: _CALENDAR,
    FULFIL: own(Role.PA)
    | city(Role.TAPD, Role.PPKD, Role.BUD, Role.SEKDA, Role.KEPALA_DAERAH, Role.PERENCANA),
}


def register() -> None:
    """Grant this module's acts; called once, at start-up."""
    for act, reaches in GRANTS.items():
        grant(act, reaches)
