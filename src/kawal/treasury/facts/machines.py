"""How each paper of the treasury goes on: its states and steps, which the triggers read too."""

from kawal.kernel.machines import Machine, Move
from kawal.kernel.words import N_
from kawal.treasury.facts.npd import NPD_STATE_LABELS, NpdState

_N = NpdState

NPD = Machine(
    "NPD",
    NPD_STATE_LABELS,
    _N.DRAFT,
    (
        Move(_N.DRAFT, _N.DRAFT, N_("Tulis"), "treasury.request_npd"),
        Move(_N.DRAFT, _N.SUBMITTED, N_("Ajukan"), "treasury.request_npd"),
        Move(_N.DRAFT, _N.DROPPED, N_("Batalkan"), "treasury.request_npd"),
        Move(_N.SUBMITTED, _N.APPROVED, N_("Setujui"), "treasury.approve_npd"),
        Move(_N.SUBMITTED, _N.REFUSED, N_("Tolak"), "treasury.approve_npd"),
        Move(_N.APPROVED, _N.VALIDATED, N_("Validasi"), "treasury.pay_npd"),
        Move(_N.APPROVED, _N.REFUSED, N_("Tolak"), "treasury.pay_npd"),
    ),
    "PP 12/2019",
)
MACHINES = (NPD,)
