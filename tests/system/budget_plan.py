"""A budget year in which an officer types an RKA: opened, with a ceiling and an empty sheet.

For journeys that are about the typing itself, not about what comes before it.
"""

from datetime import datetime
from decimal import Decimal

from kawal.budget import actions
from kawal.budget import queries as budget
from kawal.budget.facts import CeilingDraft, SheetKind
from kawal.demo.facts import people
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.known import KEP_1317, KEP_3708
from kawal.regions import queries as regions
from kawal.regions.facts import Actor

YEAR = 2033
ACTIVITIES = ("1.01.02.2.01.0005", "1.01.02.2.01.0006", "1.01.02.2.02.0001")
CEILING = Decimal("500000000")


def _actor(username: str, at: datetime) -> Actor:
    login = identity.login_named(username)
    assert login is not None, username
    return regions.actor(login.person_id, login.id, at)


def open_plan(at: datetime) -> list[int]:
    """Open the year and sheets of Dinas Pendidikan as its people; return the sheets' ids."""
    assert {"pptk", "ppkd", "tapd"} <= {one.username for one in people.LOGINS}
    try:
        budget.year(YEAR)
    except NotThere:
        actions.open_year(
            YEAR, accounts=KEP_3708, activities=KEP_1317, funds=KEP_3708, actor=_actor("ppkd", at)
        )
    today = regions.today(at)
    unit = next(one for one in regions.agencies(today) if one.name == "Dinas Pendidikan")
    known = {row.activity_code: row.id for row in budget.sheets(YEAR, unit_ids=[unit.id])}
    if known:
        return [known[code] for code in ACTIVITIES]
    activities = [nomenclature.activity(code, YEAR).id for code in ACTIVITIES]
    actions.set_ceilings(
        YEAR,
        [CeilingDraft(unit.id, CEILING, activity) for activity in activities],
        agreement_number="903/11/NK",
        agreement_date=today,
        actor=_actor("tapd", at),
    )
    kind, by = SheetKind.SPENDING, _actor("pptk", at)
    return [actions.open_sheet(YEAR, unit.id, kind, one, actor=by) for one in activities]
