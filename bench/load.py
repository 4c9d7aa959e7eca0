"""Makes a small city, applications and checks for a measurement, by a plan read as JSON.

The plan: ``urls`` to be checked, ``interval`` and ``timeout`` and ``recheck`` in seconds,
``confirmations``, ``per_application`` (checks), ``names`` (of applications, with a place for the
number). Everything goes through the product's own actions.
"""

import json
import sys
from datetime import UTC, datetime
from itertools import islice
from typing import Any

USUAL = {"timeout": 5, "confirmations": 2, "recheck": 5, "per_application": 1}
NAME, BATCH = "Sasaran {:05}", 250


def main() -> None:
    """Read the plan, make everything, print how much was made."""
    import django

    plan = USUAL | {"names": NAME} | json.load(sys.stdin)
    django.setup()
    print(json.dumps({"checks": make(plan, datetime.now(UTC))}))


def make(plan: dict[str, Any], at: datetime) -> int:
    """Make what the plan asks for at an instant (UTC); return the number of checks."""
    from kawal.demo.filling import government
    from kawal.monitoring import actions
    from kawal.regions import queries
    from tests.world.city import cast

    filled = government.fill(at, cast())
    room = queries.actor(filled.persons["operator"], None, at)
    actions.open_network(
        "127.0.0.1/32", first_port=1, last_port=65_535, why="Pengukuran", actor=filled.first
    )
    agency, urls = filled.agencies["Disdik"], iter(plan["urls"])
    number = made = 0
    while some := list(islice(urls, BATCH * plan["per_application"])):
        number = _batch(plan, some, number, agency, room)
        made += len(some)
    return made


def _batch(plan: dict[str, Any], urls: list[str], number: int, agency: int, room: Any) -> int:
    """Make some applications with their checks in one transaction; return the next number."""
    from django.db import transaction

    from kawal.monitoring import actions
    from kawal.monitoring.drafts import ApplicationDraft

    with transaction.atomic():
        for first in range(0, len(urls), plan["per_application"]):
            name = plan["names"].format(number)
            made = actions.register_application(ApplicationDraft(agency, name), actor=room)
            for url in urls[first : first + plan["per_application"]]:
                actions.create_check(made.id, _check(plan, url), actor=room)
            number += 1
    return number


def _check(plan: dict[str, Any], url: str) -> Any:
    from kawal.monitoring.drafts import CheckDraft
    from kawal.monitoring.facts import Kind

    return CheckDraft(
        kind=Kind.HTTP,
        name=f"Halaman {url.rpartition('/')[2]}",
        spec={"url": url, "status": [200], "keyword": "Layanan siap"},
        interval=plan["interval"],
        timeout=min(plan["timeout"], plan["interval"]),
        confirmations=plan["confirmations"],
        recheck=plan["recheck"],
    )


if __name__ == "__main__":
    main()
