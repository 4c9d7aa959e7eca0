"""Who does what to the papers of the budget: a table of roles by paper, read from the grants."""

from collections.abc import Mapping, Sequence

from kawal.budget import permissions as budget
from kawal.regions.facts import ROLES, Role
from kawal.regions.permissions import grants

# The columns of the law's own picture (PP 12/2019 Ps 4-23); two posts in one cell are one column.
COLUMNS: Mapping[str, Sequence[Role]] = {
    "PPTK": (Role.PPTK,),
    "Bendahara Pengeluaran": (Role.BENDAHARA_PENGELUARAN,),
    "PPK-SKPD": (Role.PPK_SKPD,),
    "PA": (Role.PA,),
    "KPA": (Role.KPA,),
    "Kuasa BUD": (Role.KUASA_BUD,),
    "BUD/PPKD": (Role.BUD, Role.PPKD),
    "Bappeda": (Role.PERENCANA,),
    "TAPD": (Role.TAPD,),
    "Inspektorat": (Role.APIP,),
    "DPRD": (Role.DPRD,),
    "Wali kota/Sekda": (Role.KEPALA_DAERAH, Role.SEKDA),
}
READS, DRAFTS, VERIFIES, DECIDES = "R", "C", "V", "A"
PAPERS: Mapping[str, Mapping[str, str]] = {
    "RKA": {
        budget.SEE_RKA: READS,
        budget.DRAFT_RKA: DRAFTS,
        budget.SUBMIT_RKA: DECIDES,
        budget.VERIFY_RKA: VERIFIES,
    },
    "DPA": {
        budget.SEE_DPA: READS,
        budget.DRAFT_DPA: DRAFTS,
        budget.SIGN_DPA: DECIDES,
        budget.VERIFY_DPA: VERIFIES,
        budget.APPROVE_DPA: DECIDES,
        budget.RATIFY_DPA: DECIDES,
    },
    "RAK": {
        budget.SEE_CASH_PLAN: READS,
        budget.DRAFT_CASH_PLAN: DRAFTS,
        budget.VALIDATE_CASH_PLAN_PA: DECIDES,
        budget.VALIDATE_CASH_PLAN_SEKDA: DECIDES,
        budget.VALIDATE_CASH_PLAN_BUD: DECIDES,
    },
    "SPD": {budget.SEE_SPD: READS, budget.DRAFT_SPD: DRAFTS, budget.SIGN_SPD: DECIDES},
    "Pergeseran": {
        budget.SEE_SHIFTS: READS,
        budget.DRAFT_SHIFT: DRAFTS,
        budget.SUBMIT_SHIFT: DECIDES,
        budget.APPROVE_SHIFT_PA: DECIDES,
        budget.APPROVE_SHIFT_PPKD: DECIDES,
        budget.APPROVE_SHIFT_SEKDA: DECIDES,
        budget.APPROVE_SHIFT_HEAD: DECIDES,
    },
    "Standar harga": {
        budget.SEE_PRICES: READS,
        budget.PROPOSE_PRICE: DRAFTS,
        budget.CHECK_PRICE: VERIFIES,
        budget.APPROVE_PRICE: DECIDES,
    },
}


INTRODUCTION = (
    "# Who does what to the papers of the budget",
    "",
    "R reads, C drafts, V verifies, A signs, approves or validates; read from the grants. A test",
    "compares it with the matrix of PP 12/2019 and names every departure with its reason. Posts",
    "inside an agency reach their own agency and its units. One natural person never takes two",
    "successive steps on one paper.",
    "",
)


def matrix() -> dict[str, dict[str, str]]:
    """Return by paper and column what the grants allow, as letters in the order R C V A."""
    reaches = {one.act: one.reaches for one in grants()}
    return {
        paper: {column: _letters(acts, roles, reaches) for column, roles in COLUMNS.items()}
        for paper, acts in PAPERS.items()
    }


def page() -> str:
    """Return the table as a page."""
    lines = [*INTRODUCTION, f"| | {' | '.join(COLUMNS)} |", f"|---|{'---|' * len(COLUMNS)}"]
    for paper, cells in matrix().items():
        lines.append(f"| {paper} | {' | '.join(cells[column] or '–' for column in COLUMNS)} |")
    named = {role: None for roles in COLUMNS.values() for role in roles}
    posts = "; ".join(f"{role.value} ({ROLES[role].english})" for role in named)
    return "\n".join([*lines, "", f"Columns are posts: {posts}."])


def _letters(
    acts: Mapping[str, str], roles: Sequence[Role], reaches: Mapping[str, Mapping[Role, object]]
) -> str:
    held = {letter for act, letter in acts.items() if any(role in reaches[act] for role in roles)}
    return "".join(letter for letter in (READS, DRAFTS, VERIFIES, DECIDES) if letter in held)
