"""What is said when many sheets together plan more than their ceilings: pure."""

from collections.abc import Iterable

from kawal.budget.facts import CeilingFacts
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_


def exceeded_reasons(ceilings: Iterable[CeilingFacts]) -> list[Reason]:
    """Return a reason for each ceiling below which more is planned, in rupiah."""
    return [
        Reason(
            "budget.over_ceiling",
            N_("%(unit)s %(activity)s %(fund)s: rencana Rp %(gap)s di atas pagunya."),
            f"unit.{one.unit_id}",
            N_("Sesuaikan rinciannya, atau mintalah perubahan pagu."),
            {
                "unit": one.unit_name,
                "activity": one.activity_code,
                "fund": one.fund_code,
                "gap": -one.left,
            },
        )
        for one in ceilings
        if one.left < 0
    ]
