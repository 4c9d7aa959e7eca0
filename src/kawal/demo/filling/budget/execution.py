"""The year itself: DPA to every agency, cash plans of every unit, SPD quarter by quarter."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from kawal.budget import actions, queries
from kawal.budget.facts import Way
from kawal.demo.filling.budget.officers import Officers, moment, top_short

LATER_DESKS = ("sekda", "ppkd")  # they validate it after the PA
QUARTERS = ((1, 3, (1, 26)), (4, 6, (4, 6)), (7, 9, (7, 6)), (10, 12, (10, 14)))


def give_dpa(
    version: int, agencies: Iterable[str], days: Sequence[datetime], officers: Officers
) -> None:
    """Take the DPA of agencies over their five desks, on the days of each."""
    drafted, signed, verified, approved, ratified = days
    for short in agencies:
        pptk = officers.of_unit("PPTK", short, drafted)
        dpa = actions.make_dpa(version, officers.id_of(short), actor=pptk)
        actions.sign_dpa(dpa, actor=officers.of_unit("PA", short, signed))
        actions.verify_dpa(dpa, actor=officers.of_city("TAPD", verified))
        actions.approve_dpa(dpa, actor=officers.of_city("SEKDA", approved))
        actions.ratify_dpa(dpa, actor=officers.of_city("PPKD", ratified))


def plan_cash(
    year: int, units: Iterable[str], days: Sequence[datetime], officers: Officers
) -> None:
    """Let units plan the months of their lines, and PA, Sekda and BUD validate them."""
    drafted, by_pa, by_sekda, by_bud = days
    for unit in units:
        pptk = officers.of_unit("PPTK", unit, drafted)
        made = actions.begin_plan(year, officers.id_of(unit), actor=pptk)
        begun = queries.open_plan(year, officers.id_of(unit))
        assert begun is not None
        actions.propose_plan(made, [Way.SHEET], read=begun.version, actor=pptk)
        actions.submit_plan(made, actor=pptk)
        head = officers.of_unit("PA", top_short(unit), by_pa, but=LATER_DESKS)
        actions.validate_plan(made, actor=head)
        actions.validate_plan(made, actor=officers.of_city("SEKDA", by_sekda))
        actions.validate_plan(made, actor=officers.of_city("BUD", by_bud))


def release(year: int, quarter: int, officers: Officers) -> None:
    """Release a quarter's money to every agency: the Kuasa BUD drafts, the BUD signs."""
    first, last, (month, day) = QUARTERS[quarter]
    drafted, signed = moment(year, month, day), moment(year, month, day, 120)
    for short in officers.agencies():
        lines = queries.releasable(year, officers.id_of(short), last)
        if not any(one.planned > one.released for one in lines):
            continue  # its work begins later in the year
        kuasa = officers.of_city("KUASA_BUD", drafted)
        spd = actions.draft_spd(year, officers.id_of(short), first, last, actor=kuasa)
        actions.sign_spd(spd, actor=officers.of_city("BUD", signed))
