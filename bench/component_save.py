"""How long one component of an RKA takes to save with all its checks, in a whole city's plan.

900 sheets of 28 lines and one of 300 lines, two components a line, ceilings of every sub kegiatan
and unit; written, listed and saved through the product's own actions and queries, each save on the
disk when it counts.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from bench.measure import Series, of, publish
from bench.reservations import AT, opened

YEAR, SHEETS, LINES, LONG = 2027, 900, 28, 300
SAVES, READS = 200, 20


def city() -> tuple[Any, Any, list[int]]:
    """Return the actors who open a year and who draft everywhere, and the units."""
    from dataclasses import replace

    from kawal.regions.facts import Actor
    from tests.world.city import fill

    world = fill()
    units = sorted(world.government.agencies.values())
    pptk = world.actor("pptk", AT)
    post = replace(pptk.appointments[0], covers=frozenset(units))
    return world.actor("ppkd", AT), Actor(pptk.person_id, None, (post,), AT), units


def codes(sheets: int) -> tuple[list[int], list[int], int]:
    """Make accounts, sub kegiatan and a fund under one decree; return their ids."""
    from kawal.nomenclature.models import Account, Activity, Decree, Fund

    decree = Decree.objects.create(code="bench", title="Bench", valid_from=date(2026, 1, 1))
    of_it: dict[str, Any] = {"decree": decree, "name": "Belanja alat dan bahan kegiatan kantor"}
    accounts = Account.objects.bulk_create(
        Account(code=f"5.1.02.01.01.{n:04}", level=6, **of_it) for n in range(LONG)
    )
    activities = Activity.objects.bulk_create(
        Activity(code=f"1.01.02.2.01.{n:04}", level="sub_kegiatan", **of_it)
        for n in range(sheets + 1)
    )
    fund = Fund.objects.create(code="1.2.01", level=3, **of_it)
    return [one.pk for one in accounts], [one.pk for one in activities], fund.pk


def component(price: int) -> Any:
    """Return a component as drafted."""
    from kawal.budget.facts import ComponentDraft, Volume

    volumes = (Volume(Decimal(3), "Orang"), Volume(Decimal(2), "Hari"))
    return ComponentDraft("Kertas HVS A4", Decimal(price), volumes, Decimal(11))


def plan(sheets: int, ppkd: Any, pptk: Any, units: list[int]) -> tuple[list[int], list[int], int]:
    """Write the year's plan; return the accounts, the revisions (the long one last), the fund."""
    from kawal.budget import actions, queries
    from kawal.budget.facts import CeilingDraft, LineDraft, SheetKind

    accounts, activities, fund = codes(sheets)
    same = dict.fromkeys(("accounts", "activities", "funds"), "bench")
    actions.open_year(YEAR, **same, actor=ppkd)
    placed = [(units[n % len(units)], activity) for n, activity in enumerate(activities)]
    most = Decimal(10) ** 12
    rows = [CeilingDraft(unit, most, activity) for unit, activity in placed]
    rows += [CeilingDraft(unit, most * sheets) for unit in units]
    paper = {"agreement_number": "1", "agreement_date": date(2026, 8, 14)}
    actions.set_ceilings(YEAR, rows, **paper, actor=ppkd)  # type: ignore[arg-type]
    revisions = []
    for place, (unit, activity) in enumerate(placed):
        sheet = actions.open_sheet(YEAR, unit, SheetKind.SPENDING, activity, actor=pptk)
        revision = queries.open_revision(sheet)
        assert revision
        wide = LONG if place == sheets else LINES
        lines = [
            LineDraft(account, fund, None, (component(1000), component(2500)))
            for account in accounts[:wide]
        ]
        actions.replace_lines(revision.id, lines, read=1, actor=pptk)
        revisions.append(revision.id)
    return accounts, revisions, fund


def saves(accounts: list[int], revision: int, fund: int, pptk: Any) -> list[float]:
    """Return milliseconds of saves in the long sheet: added, then rewritten, in turns."""
    from kawal.budget import actions, queries

    version, kept, took = queries.revision(revision).version, None, []
    for n in range(SAVES):
        began = time.perf_counter()
        saved = actions.put_component(
            revision,
            component(1000 + n),
            account_id=accounts[n % LONG],
            fund_id=fund,
            component_id=kept,
            read=version,
            actor=pptk,
        )
        took.append((time.perf_counter() - began) * 1000)
        version, kept = saved.version, None if kept else saved.component_id
    return took


def timed(read: Callable[[], object]) -> list[float]:
    """Return milliseconds of a read, again and again."""
    took = []
    for _ in range(READS):
        began = time.perf_counter()
        read()
        took.append((time.perf_counter() - began) * 1000)
    return took


def main() -> None:
    """Fill the year, measure, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sheets", type=int, default=SHEETS, help="of 28 lines each")
    sheets = arguments.parse_args().sheets
    with opened():
        from kawal.budget import queries

        ppkd, pptk, units = city()
        began = time.perf_counter()
        accounts, revisions, fund = plan(sheets, ppkd, pptk, units)
        written = time.perf_counter() - began
        took = saves(accounts, revisions[-1], fund, pptk)
        listed = timed(lambda: queries.sheets(YEAR))
        read = timed(lambda: queries.content(revisions[-1]))
        late = sorted(took)[int(len(took) * 0.95)]
        lines = sheets * LINES + LONG
        figures = {
            f"{lines:,} lines in {sheets + 1} sheets written": ([written], "s", ""),
            "one component saved": (took, "ms", ""),
            "one component saved, p95": ([late], "ms", "< 150"),
            f"list of {sheets + 1} sheets": (listed, "ms", "< 150"),
            "content of 300 lines read": (read, "ms", ""),
        }
        publish(
            "component_save",
            [
                of(what, "Kawal", unit, Series.of(values), goal=goal)
                for what, (values, unit, goal) in figures.items()
            ],
        )


if __name__ == "__main__":
    main()
