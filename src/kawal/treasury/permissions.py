"""Who may see and do what in the treasury: N.3 and A.3 as a table; refused otherwise."""

from collections.abc import Mapping

from kawal.regions.facts import Reach, Role
from kawal.regions.permissions import city, grant, own

SEE_PAYMENTS = "treasury.see_payments"
SEE_PAYEES = "treasury.see_payees"
READ_PAYEE_NUMBERS = "treasury.read_payee_numbers"
REGISTER_PAYEE = "treasury.register_payee"
PREPARE_LS = "treasury.prepare_ls"
DRAFT_SPP = "treasury.draft_spp"
SUBMIT_SPP = "treasury.submit_spp"
VERIFY_SPP = "treasury.verify_spp"
DRAFT_SPM = "treasury.draft_spm"
SIGN_SPM_UP_GU = "treasury.sign_spm_up_gu"
SIGN_SPM_TU_LS = "treasury.sign_spm_tu_ls"
ISSUE_SP2D = "treasury.issue_sp2d"
SEE_BANK = "treasury.see_bank"
PAY_BY_BANK = "treasury.pay_by_bank"
MATCH_BANK = "treasury.match_bank"
SEE_CASH_BOOKS = "treasury.see_cash_books"
REQUEST_NPD = "treasury.request_npd"
APPROVE_NPD = "treasury.approve_npd"
PAY_NPD = "treasury.pay_npd"
DRAFT_LPJ = "treasury.draft_lpj"
VERIFY_LPJ = "treasury.verify_lpj"
APPROVE_LPJ = "treasury.approve_lpj"
SET_UP = "treasury.set_up"
REQUEST_TU = "treasury.request_tu"
APPROVE_TU = "treasury.approve_tu"
COUNT_CASH = "treasury.count_cash"
SEE_CONTRACTS = "treasury.see_contracts"
DRAFT_CONTRACT = "treasury.draft_contract"
SIGN_CONTRACT = "treasury.sign_contract"
RECORD_PROGRESS = "treasury.record_progress"
ACCEPT_WORKS = "treasury.accept_works"
SEE_REVENUE = "treasury.see_revenue"
ASSESS_REVENUE = "treasury.assess_revenue"
RECEIVE_REVENUE = "treasury.receive_revenue"
RECEIVE_PPKD_REVENUE = "treasury.receive_revenue_of_ppkd"
SEE_FINDINGS = "treasury.see_findings"
ANSWER_FINDING = "treasury.answer_finding"
CORRECT_PAYMENT = "treasury.correct_payment"

_SPENDERS = (
    Role.PPTK,
    Role.BENDAHARA_PENGELUARAN,
    Role.BENDAHARA_PENGELUARAN_PEMBANTU,
    Role.PPK_SKPD,
    Role.PPK_UNIT,
    Role.PA,
    Role.KPA,
)
_TREASURERS = (Role.BENDAHARA_PENGELUARAN, Role.BENDAHARA_PENGELUARAN_PEMBANTU)
_RECEIVERS = (Role.BENDAHARA_PENERIMAAN, Role.BENDAHARA_PENERIMAAN_PEMBANTU)
_VERIFIERS = (Role.PPK_SKPD, Role.PPK_UNIT)
_WATCHERS = (
    Role.KUASA_BUD,
    Role.BUD,
    Role.PPKD,
    Role.APIP,
    Role.BPK,
    Role.AUDITOR,
    Role.KEPALA_DAERAH,
    Role.SEKDA,
)


_READERS = own(*_SPENDERS) | city(*_WATCHERS)

GRANTS: Mapping[str, Mapping[Role, Reach]] = {
    SEE_PAYMENTS: _READERS,
    SEE_PAYEES: own(*_SPENDERS, *_RECEIVERS) | city(Role.KUASA_BUD, Role.BUD, Role.PPKD),
    READ_PAYEE_NUMBERS: own(*_TREASURERS, *_VERIFIERS) | city(Role.KUASA_BUD, Role.APIP, Role.BPK),
    REGISTER_PAYEE: own(*_TREASURERS, Role.PPTK),
    PREPARE_LS: own(Role.PPTK),
    DRAFT_SPP: own(*_TREASURERS, Role.PPTK),
    SUBMIT_SPP: own(*_TREASURERS),
    VERIFY_SPP: own(*_VERIFIERS),
    DRAFT_SPM: own(*_VERIFIERS),
    SIGN_SPM_UP_GU: own(Role.PA),  # a KPA may not (PP 12/2019 Ps 11)
    SIGN_SPM_TU_LS: own(Role.PA, Role.KPA),
    ISSUE_SP2D: city(Role.KUASA_BUD),
    SEE_BANK: city(*_WATCHERS),
    PAY_BY_BANK: city(Role.KUASA_BUD),
    MATCH_BANK: city(Role.KUASA_BUD),
    SEE_CASH_BOOKS: _READERS | own(*_RECEIVERS),
    REQUEST_NPD: own(Role.PPTK),
    APPROVE_NPD: own(Role.PA, Role.KPA),
    PAY_NPD: own(*_TREASURERS),
    DRAFT_LPJ: own(*_TREASURERS),
    VERIFY_LPJ: own(*_VERIFIERS),
    APPROVE_LPJ: own(Role.PA, Role.KPA),
    SET_UP: city(Role.PPKD),
    REQUEST_TU: own(Role.PA, Role.KPA),
    APPROVE_TU: city(Role.PPKD),
    COUNT_CASH: own(Role.PA, Role.KPA) | city(Role.APIP),
    SEE_CONTRACTS: _READERS | own(Role.PPKOM, Role.PEJABAT_PENGADAAN),
    DRAFT_CONTRACT: own(Role.PPKOM, Role.PPTK, Role.PEJABAT_PENGADAAN),
    SIGN_CONTRACT: own(Role.PPKOM, Role.PA, Role.KPA),
    RECORD_PROGRESS: own(Role.PPTK, Role.PPKOM),
    ACCEPT_WORKS: own(Role.PPKOM, Role.PA, Role.KPA),
    SEE_REVENUE: own(*_RECEIVERS, *_VERIFIERS, Role.PA, Role.KPA) | city(*_WATCHERS),
    ASSESS_REVENUE: own(Role.PA, Role.KPA),
    RECEIVE_REVENUE: own(*_RECEIVERS),
    RECEIVE_PPKD_REVENUE: city(Role.KUASA_BUD),  # never under a revenue treasurer's name (S10)
    SEE_FINDINGS: _READERS | own(*_RECEIVERS),
    ANSWER_FINDING: own(*_SPENDERS) | city(Role.KUASA_BUD, Role.BUD),
    CORRECT_PAYMENT: city(Role.PPKD),
}


def register() -> None:
    """Grant this module's acts; called once, at start-up."""
    for act, reaches in GRANTS.items():
        grant(act, reaches)
