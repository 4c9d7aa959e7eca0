"""Makes a city, applications and checks for a measurement, by a plan read as JSON.

The plan is a list of groups: ``urls`` to be checked, ``interval``, ``timeout`` and ``recheck`` in
seconds, ``confirmations``, ``per_application`` (checks), ``name`` (of applications, with a place
for the number, which counts on through all groups), ``network`` (opened to checks). Applications
go round the city's agencies. Everything goes through the product's own actions. The named people of
the demo can sign in.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count, cycle, islice
from typing import Any

USUAL = {
    "interval": 60,
    "timeout": 5,
    "confirmations": 2,
    "recheck": 5,
    "per_application": 1,
    "name": "Sasaran {:05}",
    "network": "127.0.0.1/32",
}
BATCH = 250


def main() -> None:
    """Read the plan, make everything, print how much was made."""
    import django

    groups = [USUAL | group for group in json.load(sys.stdin)]
    django.setup()
    print(json.dumps({"checks": make(groups, datetime.now(UTC))}))


def make(groups: list[dict[str, Any]], at: datetime) -> int:
    """Make what the groups ask for at an instant (UTC); return the number of checks."""
    from kawal.demo.facts.agencies import AGENCIES, UNITS
    from kawal.demo.facts.people import PASSWORD, POSTS
    from kawal.demo.filling import government
    from kawal.monitoring import actions
    from kawal.regions import queries
    from tests.world.city import cast

    named = cast()
    people = {one.key for one in named.people}
    whole = replace(
        named,
        agencies=AGENCIES + UNITS,
        posts=[one for one in POSTS if one.person in people],
        password=PASSWORD,
    )
    filled = government.fill(at, whole)
    room = queries.actor(filled.persons["operator"], None, at)
    for network in sorted({"127.0.0.1/32"} | {group["network"] for group in groups}):
        actions.open_network(
            network, first_port=1, last_port=65_535, why="Pengukuran", actor=filled.first
        )
    agencies = cycle([filled.agencies[one.short] for one in AGENCIES])
    numbers = count()
    return sum(_group(group, agencies, numbers, room) for group in groups)


def _group(
    group: dict[str, Any], agencies: Iterator[int], numbers: Iterator[int], room: Any
) -> int:
    """Make a group's applications and checks, some in one transaction."""
    from django.db import transaction

    each, urls, made = group["per_application"], iter(group["urls"]), 0
    while some := list(islice(urls, BATCH * each)):
        with transaction.atomic():
            for first in range(0, len(some), each):
                name = group["name"].format(next(numbers))
                _application(name, next(agencies), group, some[first : first + each], room)
        made += len(some)
    return made


def _application(name: str, agency: int, group: dict[str, Any], urls: list[str], room: Any) -> None:
    from kawal.monitoring import actions
    from kawal.monitoring.drafts import ApplicationDraft

    made = actions.register_application(ApplicationDraft(agency, name), actor=room)
    for url in urls:
        actions.create_check(made.id, _check(group, url), actor=room)


def _check(group: dict[str, Any], url: str) -> Any:
    from kawal.monitoring.drafts import CheckDraft
    from kawal.monitoring.facts import Kind

    return CheckDraft(
        kind=Kind.HTTP,
        name=f"Halaman {url.rpartition('/')[2]}",
        spec={"url": url, "status": [200], "keyword": "Layanan siap"},
        interval=group["interval"],
        timeout=min(group["timeout"], group["interval"]),
        confirmations=group["confirmations"],
        recheck=group["recheck"],
    )


if __name__ == "__main__":
    main()
