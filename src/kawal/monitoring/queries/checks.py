"""Reads of checks: where they stand, what was found, who changed them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Q, QuerySet

from kawal.kernel.refusals import NotThere
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Change, CheckFacts, State
from kawal.monitoring.models import AllowedNetwork, Check, CheckChange, Proposal, Transition
from kawal.monitoring.overviews import (
    ChangeFacts,
    CheckFilter,
    NetworkFacts,
    ProposalFacts,
    ResultFacts,
)
from kawal.monitoring.queries import raw
from kawal.monitoring.queries.inventory import change_facts
from kawal.monitoring.queries.scoped import paged, within
from kawal.regions.facts import Scope

OF_AGENCY = "application__agency_id"
SORTS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "-name": ("-name",),
    "application": ("application__name", "name"),
    "-application": ("-application__name", "name"),
    "last": ("now__last_at",),
    "-last": ("-now__last_at",),
    "ms": ("now__last_ms",),
    "-ms": ("-now__last_ms",),
}
_RESULTS = """
SELECT at, ms, state, code, dns, connect, tls, first FROM monitoring_result
WHERE check_id = %(check_id)s AND at >= %(since)s ORDER BY at DESC LIMIT %(limit)s
"""


def checks(asked: CheckFilter, scope: Scope, page: int | str = 1) -> Page[CheckFacts]:
    """Return one page of the checks inside the scope; those in trouble first."""
    rows = _asked(within(_rows(), scope, OF_AGENCY), asked)
    order = SORTS.get(asked.sort)
    if order is None:
        rows = rows.extra(  # noqa: S610 - constants
            select={"weight": _WEIGHT}, order_by=["-weight", "name", "id"]
        )
    else:
        rows = rows.order_by(*order, "pk")
    return paged(rows, page, with_state)


_WEIGHT = (
    "CASE WHEN NOT monitoring_check.enabled THEN 0"
    " ELSE (ARRAY[3, 1, 2, 4, 0])[coalesce(monitoring_checkstate.state, 0) + 1] END"
)


def checks_of(application_id: int) -> list[CheckFacts]:
    """Return an application's checks with where each stands, the worst first."""
    rows = _rows().filter(application_id=application_id).order_by("name", "pk")
    return sorted(map(with_state, rows), key=lambda check: -check.state.weight)


def check(check_id: int, scope: Scope) -> CheckFacts:
    """Return one check with where it stands, a retired one too.

    :raises NotThere: when there is none inside the scope.
    """
    rows = Check.objects.select_related("application", "now")
    row = within(rows, scope, OF_AGENCY).filter(pk=check_id).first()
    if row is None:
        raise NotThere(f"check {check_id}")
    return with_state(row)


def with_state(row: Check) -> CheckFacts:
    """Return a check's facts with where it stands; one without a result yet is unknown."""
    facts = row.as_facts()
    now = getattr(row, "now", None)
    if now is None:
        state = State.UNKNOWN if row.enabled else State.PAUSED
        return replace(facts, state=state, code=Code.NOT_WATCHED)
    return replace(
        facts,
        state=State(now.state) if row.enabled else State.PAUSED,
        code=now.code,
        since=now.since,
        last_at=now.last_at,
        last_ok_at=now.last_ok_at,
        last_ms=now.last_ms,
        detail=now.detail,
    )


def results_of(check_id: int, *, since: datetime, limit: int = 100) -> list[ResultFacts]:
    """Return a check's raw results since an instant (7 days are kept), newest first."""
    values = {"check_id": check_id, "since": since, "limit": limit}
    return [_result(row) for row in raw.rows(_RESULTS, values)]


def transitions_of(check_id: int, limit: int = 50) -> list[Change]:
    """Return a check's changes of state, newest first."""
    rows = Transition.objects.filter(check_row_id=check_id).order_by("-at")[:limit]
    return [
        Change(row.check_row_id, row.at, State(row.old), State(row.new), row.code, row.detail)
        for row in rows
    ]


def check_changes(check_id: int) -> list[ChangeFacts]:
    """Return who changed what of a check, the last first."""
    rows = CheckChange.objects.filter(check_row_id=check_id).order_by("-version", "-pk")
    return [change_facts(row) for row in rows]


def proposals(scope: Scope) -> list[ProposalFacts]:
    """Return the proposed checks inside the scope that nobody decided yet, by application."""
    rows = within(Proposal.objects.filter(decided_at=None), scope)
    return [_proposal(row) for row in rows.order_by("application_name", "pk")]


def networks(*, with_closed: bool = False) -> list[NetworkFacts]:
    """Return the private networks that checks may reach, by address; closed ones if asked."""
    rows = AllowedNetwork.objects.order_by("network", "first_port", "pk")
    if not with_closed:
        rows = rows.filter(closed_at=None)
    return [
        NetworkFacts(
            row.pk,
            row.network,
            row.first_port,
            row.last_port,
            row.why,
            row.by_id,
            row.at,
            row.closed_at,
        )
        for row in rows
    ]


def _rows() -> "QuerySet[Check]":
    rows = Check.objects.filter(retired_at=None, application__retired_at=None)
    return rows.select_related("application", "now")


def _asked(rows: "QuerySet[Check]", asked: CheckFilter) -> "QuerySet[Check]":
    where: dict[str, Any] = {
        OF_AGENCY: asked.agency_id,
        "application_id": asked.application_id,
        "kind": asked.kind or None,
    }
    rows = rows.filter(**{field: value for field, value in where.items() if value is not None})
    for word in asked.text.split():
        rows = rows.filter(Q(name__icontains=word) | Q(application__name__icontains=word))
    return rows if asked.state is None else rows.filter(_is(asked.state))


def _is(state: State) -> Q:
    if state is State.PAUSED:
        return Q(enabled=False)
    standing = Q(now__state=state)
    if state is State.UNKNOWN:
        standing |= Q(now__isnull=True)
    return Q(enabled=True) & standing


def _result(row: tuple[Any, ...]) -> ResultFacts:
    at, ms, state, code, *phases = row
    dns, connect, tls, first = (None if one >= 32767 else one / 10 for one in phases)
    return ResultFacts(at, State(state), code, ms, dns, connect, tls, first)


def _proposal(row: Proposal) -> ProposalFacts:
    return ProposalFacts(
        id=row.pk,
        agency_id=row.agency_id,
        application_id=row.application_id,
        application=row.application_name,
        address=row.address,
        kind=row.kind,
        name=row.name,
        spec=row.spec,
        interval=row.interval,
        counts=row.counts,
        proposed_at=row.proposed_at,
        proposed_by_id=row.proposed_by_id,
    )
