"""How each paper of the budget goes on: its states and steps, which the triggers read too."""

from itertools import pairwise

from kawal.budget.facts.amendments import (
    AMENDMENT_STATE_LABELS,
    ORDER_STATE_LABELS,
    AmendmentState,
    OrderState,
)
from kawal.budget.facts.cash_plans import PLAN_STATE_LABELS, PlanState
from kawal.budget.facts.dpa import DPA_STATE_LABELS, DpaState
from kawal.budget.facts.prices import PRICE_STATE_LABELS, PriceState
from kawal.budget.facts.sheets import REVISION_STATE_LABELS, RevisionState
from kawal.budget.facts.shifts import SHIFT_STATE_LABELS, ShiftState
from kawal.budget.facts.spd import SPD_STATE_LABELS, SpdState
from kawal.kernel.machines import Machine, Move
from kawal.kernel.words import N_

LAW = "PP 12/2019"
_R, _P, _H, _L = RevisionState, PlanState, ShiftState, PriceState

REVISION = Machine(
    "RKA",
    REVISION_STATE_LABELS,
    _R.DRAFT,
    (
        Move(_R.DRAFT, _R.DRAFT, N_("Tulis"), "budget.draft_rka"),
        Move(_R.DRAFT, _R.SUBMITTED, N_("Ajukan"), "budget.submit_rka"),
        Move(_R.DRAFT, _R.DROPPED, N_("Batalkan"), "budget.draft_rka"),
        Move(_R.SUBMITTED, _R.SUBMITTED, N_("Catat"), "budget.verify_rka"),
        Move(_R.SUBMITTED, _R.DRAFT, N_("Kembalikan"), "budget.verify_rka"),
        Move(_R.SUBMITTED, _R.VERIFIED, N_("Verifikasi"), "budget.verify_rka"),
        Move(_R.SUBMITTED, _R.DROPPED, N_("Batalkan"), "budget.draft_rka"),
        Move(_R.VERIFIED, _R.VERIFIED, N_("Catat"), "budget.verify_rka"),
        Move(_R.VERIFIED, _R.DRAFT, N_("Kembalikan"), "budget.verify_rka"),
        Move(_R.VERIFIED, _R.SEALED, N_("Tetapkan"), "budget.make_version"),
        Move(_R.VERIFIED, _R.DROPPED, N_("Batalkan"), "budget.draft_rka"),
    ),
    LAW,
)
_SIGNED = {
    DpaState.SIGNED: (N_("Tandatangani"), "budget.sign_dpa"),
    DpaState.VERIFIED: (N_("Verifikasi"), "budget.verify_dpa"),
    DpaState.APPROVED: (N_("Setujui"), "budget.approve_dpa"),
    DpaState.RATIFIED: (N_("Sahkan"), "budget.ratify_dpa"),
}
DPA = Machine(
    "DPA",
    DPA_STATE_LABELS,
    DpaState.DRAFTED,
    tuple(Move(before, after, *_SIGNED[after]) for before, after in pairwise(DpaState)),
    LAW,
)
PLAN = Machine(
    "RAK",
    PLAN_STATE_LABELS,
    _P.DRAFT,
    (
        Move(_P.DRAFT, _P.DRAFT, N_("Tulis"), "budget.draft_cash_plan"),
        Move(_P.DRAFT, _P.SUBMITTED, N_("Ajukan"), "budget.draft_cash_plan"),
        Move(_P.DRAFT, _P.DROPPED, N_("Batalkan"), "budget.draft_cash_plan"),
        Move(_P.SUBMITTED, _P.CHECKED_PA, N_("Validasi"), "budget.validate_cash_plan_as_pa"),
        Move(_P.SUBMITTED, _P.DRAFT, N_("Kembalikan"), "budget.validate_cash_plan_as_pa"),
        Move(_P.CHECKED_PA, _P.CHECKED_SEKDA, N_("Validasi"), "budget.validate_cash_plan_as_sekda"),
        Move(_P.CHECKED_PA, _P.DRAFT, N_("Kembalikan"), "budget.validate_cash_plan_as_sekda"),
        Move(_P.CHECKED_SEKDA, _P.VALIDATED, N_("Validasi"), "budget.validate_cash_plan_as_bud"),
        Move(_P.CHECKED_SEKDA, _P.DRAFT, N_("Kembalikan"), "budget.validate_cash_plan_as_bud"),
    ),
    "Permendagri 77/2020",
)
SPD = Machine(
    "SPD",
    SPD_STATE_LABELS,
    SpdState.DRAFT,
    (
        Move(SpdState.DRAFT, SpdState.DRAFT, N_("Tulis"), "budget.draft_spd"),
        Move(SpdState.DRAFT, SpdState.SIGNED, N_("Tandatangani"), "budget.sign_spd"),
        Move(SpdState.DRAFT, SpdState.DROPPED, N_("Batalkan"), "budget.draft_spd"),
    ),
    LAW,
)
SHIFT = Machine(
    "Pergeseran",
    SHIFT_STATE_LABELS,
    _H.DRAFT,
    (
        Move(_H.DRAFT, _H.DRAFT, N_("Tulis"), "budget.draft_shift"),
        Move(_H.DRAFT, _H.SUBMITTED, N_("Ajukan"), "budget.submit_shift"),
        Move(_H.DRAFT, _H.WITHDRAWN, N_("Tarik kembali"), "budget.draft_shift"),
        Move(_H.SUBMITTED, _H.DRAFT, N_("Kembalikan")),
        Move(_H.SUBMITTED, _H.APPROVED, N_("Setujui")),
        Move(_H.SUBMITTED, _H.REFUSED, N_("Tolak")),
        Move(_H.SUBMITTED, _H.WITHDRAWN, N_("Tarik kembali"), "budget.submit_shift"),
        Move(_H.APPROVED, _H.ENACTED, N_("Tetapkan")),
        Move(_H.APPROVED, _H.REFUSED, N_("Tolak")),
        Move(_H.APPROVED, _H.WITHDRAWN, N_("Tarik kembali"), "budget.submit_shift"),
    ),
    "Permendagri 77/2020",
)
PRICE = Machine(
    "Standar harga",
    PRICE_STATE_LABELS,
    _L.PROPOSED,
    (
        Move(_L.PROPOSED, _L.CHECKED, N_("Periksa"), "budget.check_price"),
        Move(_L.PROPOSED, _L.REJECTED, N_("Tolak"), "budget.check_price"),
        Move(_L.CHECKED, _L.APPROVED, N_("Setujui"), "budget.approve_price"),
        Move(_L.CHECKED, _L.REJECTED, N_("Tolak"), "budget.approve_price"),
        Move(_L.APPROVED, _L.APPROVED, N_("Akhiri")),
    ),
    "PP 12/2019, Perpres 33/2020",
)
AMENDMENT = Machine(
    "Perubahan APBD",
    AMENDMENT_STATE_LABELS,
    AmendmentState.OPEN,
    (
        Move(AmendmentState.OPEN, AmendmentState.ENACTED, N_("Tetapkan"), "budget.make_version"),
        Move(
            AmendmentState.OPEN,
            AmendmentState.WITHDRAWN,
            N_("Tarik kembali"),
            "budget.open_amendment",
        ),
        Move(
            AmendmentState.ENACTED, AmendmentState.DETAILED, N_("Jabarkan"), "budget.make_version"
        ),
    ),
    LAW,
)
ORDER = Machine(
    "Efisiensi, dan pengeluaran sebelum APBD",
    ORDER_STATE_LABELS,
    OrderState.OPEN,
    (
        Move(OrderState.OPEN, OrderState.ENACTED, N_("Tetapkan")),
        Move(OrderState.OPEN, OrderState.WITHDRAWN, N_("Tarik kembali")),
    ),
    LAW,
)
MACHINES = (REVISION, DPA, PLAN, SPD, SHIFT, PRICE, AMENDMENT, ORDER)
