"""Ceilings as people write them, by codes: which unit, sub kegiatan and fund each code means."""

from collections.abc import Sequence

from kawal.budget.facts import CeilingDraft, CodedCeiling
from kawal.budget.queries.years import standing, year
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.nomenclature.facts import CodeKind
from kawal.nomenclature.queries import by_codes, decree

Found = tuple[CeilingDraft | None, list[Reason]]


def ceiling_drafts(number: int, rows: Sequence[CodedCeiling]) -> list[Found]:
    """Return for each row its draft, or every code of it that the year does not know.

    :raises NotThere: when nobody opened the year.
    """
    of = year(number)
    units = {one.code: one.id for one in standing(number).values()}
    activities = _ids(CodeKind.ACTIVITY, [row.activity for row in rows], of.activities_id)
    funds = _ids(CodeKind.FUND, [row.fund for row in rows], of.funds_id)
    return [_draft(row, units, activities, funds) for row in rows]


def _draft(
    row: CodedCeiling, units: dict[str, int], activities: dict[str, int], funds: dict[str, int]
) -> Found:
    unknown = {
        "unit": (row.unit, row.unit not in units),
        "activity": (row.activity, bool(row.activity) and row.activity not in activities),
        "fund": (row.fund, bool(row.fund) and row.fund not in funds),
    }
    reasons = [
        Reason("budget.code_unknown", _UNKNOWN, at, values={"code": code})
        for at, (code, wrong) in unknown.items()
        if wrong
    ]
    if reasons:
        return None, reasons
    activity, fund = activities.get(row.activity), funds.get(row.fund)
    return CeilingDraft(units[row.unit], row.amount, activity, fund), []


def _ids(kind: CodeKind, codes: Sequence[str], decree_id: int) -> dict[str, int]:
    wanted = sorted({code for code in codes if code})
    found = by_codes(kind, wanted, decree(decree_id)) if wanted else {}
    return {code: one.id for code, one in found.items()}


_UNKNOWN = N_("Kode %(code)s tidak dikenal pada tahun anggaran ini.")
