"""The course of the demo's budget year, step after step, as far as its days have come."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from kawal.demo.budget.plan import plan
from kawal.demo.budget.size import CITY, Size
from kawal.demo.filling.budget import changes, planning
from kawal.demo.filling.budget.codes import Codes, read
from kawal.demo.filling.budget.execution import (
    QUARTERS,
    give_dpa,
    plan_cash,
    release,
)
from kawal.demo.filling.budget.officers import Officers, moment, top_short
from kawal.demo.filling.government import Government
from kawal.regions import queries as regions

Say = Callable[[str], object]


def fill(government: Government, *, say: Say, size: Size = CITY) -> None:
    """Live through the budget year of the city's today; ``say`` hears of each step."""
    at = government.first.at
    year = regions.today(at).year
    officers = Officers(government, plan(size))
    say("standar harga dan pagu")
    planning.open_year(year, officers)
    codes = read(year, government.agencies, planning.enact_prices(year))
    planning.set_ceilings(year, officers, codes)
    say("RKA setiap perangkat daerah")
    planning.write_rka(year, officers, codes)
    say("RAPBD dan APBD")
    version = planning.make_versions(year, officers)
    for begins, name, live in _steps(year, version, officers, codes):
        if begins <= at:
            say(name)
            live()
    planning.propose_price(year, officers, codes, at - timedelta(days=3))


def _steps(
    year: int, version: int, officers: Officers, codes: Codes
) -> Iterator[tuple[datetime, str, Callable[[], object]]]:
    """Yield the steps of the year: when the last act of each is done, what it is called."""
    yield moment(year, 1, 9), "DPA", partial(_dpa, year, version, officers)
    yield moment(year, 1, 21), "anggaran kas", partial(_cash, year, officers)
    yield _signed(year, 0), "SPD triwulan I", partial(release, year, 0, officers)
    yield _signed(year, 1), "SPD triwulan II", partial(release, year, 1, officers)
    yield moment(year, 5, 29), "pergeseran", partial(_shift, year, officers, codes)
    yield _signed(year, 2), "SPD triwulan III", partial(release, year, 2, officers)
    yield moment(year, 10, 12), "Perubahan APBD", partial(_amend, year, officers, codes)
    yield _signed(year, 3), "SPD triwulan IV", partial(release, year, 3, officers)


def _signed(year: int, quarter: int) -> datetime:
    month, day = QUARTERS[quarter][2]
    return moment(year, month, day, 120)


def _dpa(year: int, version: int, officers: Officers) -> None:
    days = [moment(year, 1, day) for day in (5, 6, 7, 8, 9)]
    give_dpa(version, officers.agencies(), days, officers)


def _cash(year: int, officers: Officers) -> None:
    plan_cash(year, officers.units(), [moment(year, 1, day) for day in (13, 15, 19, 21)], officers)


def _shift(year: int, officers: Officers, codes: Codes) -> None:
    unit = changes.shift(year, officers, codes)
    days = [moment(year, 5, day) for day in (21, 22, 25, 28)]
    plan_cash(year, [unit], days, officers)


def _amend(year: int, officers: Officers, codes: Codes) -> None:
    amendment = changes.raise_ceilings(year, officers, codes)
    version = changes.amend(year, amendment, officers, codes)
    changed = changes.changed_units()
    tops = list(dict.fromkeys(top_short(unit) for unit in changed))
    days = [moment(year, 10, day) for day in (1, 2, 5, 6, 7)]
    give_dpa(version, tops, days, officers)
    plan_cash(year, changed, [moment(year, 10, day) for day in (8, 9, 10, 12)], officers)
