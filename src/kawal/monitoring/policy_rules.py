"""Which thresholds may be set: pure."""

from datetime import date

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.monitoring.overviews import PRODUCTS_OWN, PolicyFacts

MOST = 2**31 - 1
_WHOLE = {
    "many_users": 0,
    "reopen_within": 0,
    "unused_after_days": 1,
    "contract_soon_days": 0,
    "red_after": 0,
    "stale_after": 1,
}
_TARGETS = ("take_within", "solve_within")
DAYS = ("unused_after_days", "contract_soon_days")
MOST_DAYS = 3_650


def refusals(policy: PolicyFacts, *, on: date, day_taken: bool) -> list[Reason]:
    """Return every reason not to set these thresholds; ``on`` is the city's day."""
    reasons = [
        Reason(
            "policy.number", N_("Harus angka, %(least)s atau lebih."), field, "", {"least": least}
        )
        for field, least in _WHOLE.items()
        if not least <= getattr(policy, field) <= (MOST_DAYS if field in DAYS else MOST)
    ]
    for field in _TARGETS:
        value = getattr(policy, field)
        if value is not None and not 1 <= value <= MOST:
            reasons.append(Reason("policy.target", N_("Harus lebih dari nol, atau kosong."), field))
    target = policy.uptime_target
    if target is not None and not 0 < target <= 100:
        text = N_("Sasaran ketersediaan di atas 0 sampai 100 persen.")
        reasons.append(Reason("policy.uptime_target", text, at="uptime_target"))
    return reasons + _ground(policy, on, day_taken)


def _ground(policy: PolicyFacts, on: date, day_taken: bool) -> list[Reason]:
    reasons = []
    if policy.valid_from is None or policy.valid_from < on:
        text = N_("Berlaku mulai hari ini atau sesudahnya; yang lampau tidak diubah.")
        reasons.append(Reason("policy.backdated", text, at="valid_from"))
    elif day_taken:
        text = N_("Sudah ada batas yang berlaku mulai hari itu.")
        reasons.append(Reason("policy.day_taken", text, at="valid_from"))
    if not policy.legal_basis.strip() or policy.legal_basis == PRODUCTS_OWN:
        text = N_("Sebutkan nomor keputusannya.")
        reasons.append(Reason("policy.no_ground", text, at="legal_basis"))
    return reasons
