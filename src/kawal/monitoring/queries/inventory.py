"""Reads of the inventory: lists, one application, its changes, what nobody uses."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.db.models import Q, QuerySet

from kawal.kernel.refusals import NotThere
from kawal.monitoring import idleness
from kawal.monitoring.facts import ApplicationFacts, Light
from kawal.monitoring.models import Application, ApplicationChange, Check, CheckChange
from kawal.monitoring.overviews import (
    ApplicationFilter,
    ApplicationRow,
    ChangeFacts,
    Idle,
    IdleSum,
    Sentence,
)
from kawal.monitoring.queries import shown
from kawal.monitoring.queries.incidents import open_incidents
from kawal.monitoring.queries.lights import application_lights
from kawal.monitoring.queries.policy import policy
from kawal.monitoring.queries.scoped import paged, within
from kawal.regions.facts import Scope

NEVER = datetime.min.replace(tzinfo=UTC)


def applications(
    asked: ApplicationFilter, scope: Scope, page: int | str = 1
) -> Page[ApplicationRow]:
    """Return one page of the inventory inside the scope, each with its light; the worst first."""
    found = [row.as_facts() for row in _asked(within(_rows(), scope), asked)]
    lights = {light.id: light for light in application_lights(asked.agency_id)}
    checks = Counter(Check.objects.filter(retired_at=None).values_list("application_id", flat=True))
    troubles = Counter(one.application_id for one in open_incidents(scope))
    rows = [_row(one, lights.get(one.id), checks[one.id], troubles[one.id]) for one in found]
    if asked.state is not None:
        rows = [row for row in rows if row.state is asked.state]
    return paged(_sorted(rows, asked.sort), page)


def application(application_id: int, scope: Scope) -> ApplicationFacts:
    """Return one application, a retired one too.

    :raises NotThere: when there is none inside the scope.
    """
    row = within(_rows(), scope).filter(pk=application_id).first()
    if row is None:
        raise NotThere(f"application {application_id}")
    return row.as_facts()


def application_named(slug: str) -> ApplicationFacts:
    """Return one application by its slug.

    :raises NotThere: when there is none.
    """
    row = _rows().filter(slug=slug).first()
    if row is None:
        raise NotThere(f"application {slug}")
    return row.as_facts()


def applications_of(agency_ids: Iterable[int]) -> list[ApplicationFacts]:
    """Return the applications that these agencies run now, by name."""
    rows = _rows().filter(agency_id__in=set(agency_ids), retired_at=None)
    return [row.as_facts() for row in rows.order_by("name")]


def application_facts(ids: Iterable[int]) -> dict[int, ApplicationFacts]:
    """Return these applications by id, retired ones too."""
    rows = _rows().filter(pk__in=set(ids))
    return {row.pk: row.as_facts() for row in rows}


def application_names(scope: Scope) -> list[tuple[int, str]]:
    """Return the running applications inside the scope, for a list to choose from."""
    rows = within(_rows().filter(retired_at=None), scope).order_by("name")
    return list(rows.values_list("pk", "name"))


def changes_of(application_id: int) -> list[ChangeFacts]:
    """Return who changed what of an application, the last first."""
    rows = ApplicationChange.objects.filter(application_id=application_id).order_by("-version")
    return [change_facts(row) for row in rows]


def paid_and_unused(on: date, scope: Scope) -> list[Idle]:
    """Return what is paid for and not used, the dearest first."""
    limits = policy(on)
    rows = within(_rows().filter(retired_at=None, cost__gt=0), scope).order_by("-cost", "name")
    found = ((row.as_facts(), idleness.idle_reasons(row.as_facts(), on, limits)) for row in rows)
    return [_idle(facts, reasons) for facts, reasons in found if reasons]


def idle_sums(idle: Iterable[Idle]) -> list[IdleSum]:
    """Return what each agency pays a year for what it does not use, the dearest first."""
    mine: dict[int, list[Decimal]] = {}
    for one in idle:
        mine.setdefault(one.application.agency_id, []).append(one.application.cost or Decimal(0))
    sums = [IdleSum(id, len(costs), sum(costs, Decimal(0))) for id, costs in mine.items()]
    return sorted(sums, key=lambda one: (-one.cost, one.agency_id))


def _idle(facts: ApplicationFacts, reasons: list[tuple[str, date | None]]) -> Idle:
    why = tuple(Sentence(text, {"day": shown.day(day)}) for text, day in reasons)
    return Idle(application=facts, why=why, since=facts.last_login_on)


def change_facts(row: ApplicationChange | CheckChange) -> ChangeFacts:
    """Return who changed what, from either table."""
    changes = {field: (old, new) for field, (old, new) in row.changes.items()}
    return ChangeFacts(row.at, row.by_id, row.version, changes)


def _rows() -> "QuerySet[Application]":
    return Application.objects.all()


def _asked(rows: "QuerySet[Application]", asked: ApplicationFilter) -> "QuerySet[Application]":
    where: dict[str, Any] = {
        "agency_id": asked.agency_id,
        "criticality": asked.criticality,
        "decision": asked.decision or None,
        "retired_at__isnull": not asked.retired,
    }
    rows = rows.filter(**{field: value for field, value in where.items() if value is not None})
    for word in asked.text.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(serves__icontains=word)
            | Q(address__icontains=word)
            | Q(vendor__icontains=word)
        )
    return rows


def _row(
    facts: ApplicationFacts, light: Light | None, checks: int, troubles: int
) -> ApplicationRow:
    if light is None:
        return ApplicationRow(facts, None, None, checks, troubles)
    return ApplicationRow(facts, light.state, light.since, checks, troubles)


_KEYS = {
    "name": lambda row: row.facts.name.lower(),
    "agency": lambda row: (row.facts.agency_id, row.facts.name.lower()),
    "criticality": lambda row: (row.facts.criticality, row.facts.name.lower()),
    "cost": lambda row: row.facts.cost or Decimal(-1),
    "users": lambda row: -1 if row.facts.users is None else row.facts.users,
    "contract": lambda row: row.facts.contract_ends or date.max,
    "state": lambda row: (-(row.state.weight if row.state else -1), row.facts.name.lower()),
}


def _sorted(rows: list[ApplicationRow], sort: str) -> list[ApplicationRow]:
    key = _KEYS.get(sort.lstrip("-"), _KEYS["state"])
    return sorted(rows, key=key, reverse=sort.startswith("-"))
