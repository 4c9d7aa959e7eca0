"""Whether an amendment of a parameter may be proposed and decided; pure."""

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.nomenclature.facts import ParameterDraft
from kawal.nomenclature.registry import Declared


def may_propose(draft: ParameterDraft, known: Declared | None, *, waiting: bool) -> list[Reason]:
    """Return why an amendment cannot be proposed; ``waiting``: another one is."""
    if known is None:
        text = N_("Parameter ini tidak dikenal.")
        return [Reason("nomenclature.no_parameter", text, at="key")]
    reasons = []
    if (draft.number is not None) is not known.is_number or (draft.number is None) != bool(
        draft.text.strip()
    ):
        text = N_("Isi nilainya: bilangan.") if known.is_number else N_("Isi nilainya: teks.")
        reasons.append(Reason("nomenclature.no_value", text, at="value"))
    if not draft.legal_basis.strip():
        text = N_("Isi dasar hukumnya.")
        reasons.append(Reason("nomenclature.no_basis", text, at="legal_basis"))
    if waiting:
        reasons.append(
            Reason(
                "nomenclature.waiting",
                N_("Usulan lain untuk parameter ini masih menunggu."),
                mend=N_("Putuskan dahulu usulan itu."),
            )
        )
    return reasons


def may_decide(state: str, proposed_by: int, decided_by: int) -> list[Reason]:
    """Return why a person cannot decide an amendment."""
    reasons = []
    if state != "proposed":
        text = N_("Usulan ini sudah diputuskan.")
        reasons.append(Reason("nomenclature.decided", text))
    if proposed_by == decided_by:
        reasons.append(
            Reason(
                "nomenclature.own_proposal",
                N_("Usulan sendiri tidak dapat diputuskan sendiri."),
                mend=N_("Mintalah orang kedua."),
            )
        )
    return reasons
