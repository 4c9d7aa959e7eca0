"""What waits for a person's decision, ranked: incidents, deadlines, the inventory."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from kawal.kernel.words import N_
from kawal.monitoring import idleness
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import (
    ApplicationFacts,
    Decision,
    IncidentFacts,
    IncidentState,
    Severity,
    State,
)
from kawal.monitoring.models import Application, CheckState, Incident
from kawal.monitoring.overviews import Need, NeedKind, PolicyFacts, Sentence
from kawal.monitoring.queries import shown
from kawal.monitoring.queries.findings import finding_needs
from kawal.monitoring.queries.policy import policy as policy_on
from kawal.monitoring.queries.scoped import within
from kawal.monitoring.queries.spans import midnight
from kawal.regions import queries as regions
from kawal.regions.facts import Scope

EVERYTHING = Scope(everything=True)
GRAVE = (Severity.CRITICAL, Severity.HIGH)

NOT_TAKEN = N_("Belum diterima oleh operator OPD")
NOT_TAKEN_LATE = N_("Belum diterima oleh operator OPD; batasnya %(limit)s")
BEING_DONE = N_("Ditangani sejak %(span)s, batasnya %(limit)s: periksa hambatannya")
RENEW = N_("Perbarui sertifikat sebelum peramban menolaknya")
CONTRACT_ENDS = N_("%(application)s: kontrak berakhir %(day)s")
CONTRACT_ENDED = N_("%(application)s: kontrak sudah berakhir %(day)s")
DECIDE = N_("Putuskan: dipertahankan, digabung, atau dihentikan")
EXTEND = N_("Diputuskan dipertahankan: kontraknya perlu diperbarui")
MOVE = N_("Diputuskan digabung: pindahkan data dan penggunanya")
DATA_OF = N_("%(application)s: data terakhir %(span)s lalu")
ASK_OWNER = N_("Tanyakan kepada OPD pemilik mengapa datanya berhenti")
UNUSED = N_("%(application)s: dibayar Rp%(cost)s setahun, %(why)s")
INCIDENT = N_("%(application)s: %(title)s")
CERTIFICATE = N_("%(application)s: sertifikat segera berakhir (%(check)s)")
CERTIFICATE_ENDS = N_("%(application)s: sertifikat berakhir %(day)s")


def needs_decision(
    at: datetime, *, limit: int | None = None, scope: Scope = EVERYTHING
) -> list[Need]:
    """Return what waits for a decision at an instant, the most pressing first."""
    on = regions.today(at)
    policy = policy_on(on)
    found = [*_incidents(at, policy, scope), *finding_needs(at, scope), *_certificates(scope)]
    for row in within(_candidates(at, on, policy), scope):
        found += _of_inventory(row.as_facts(), row.created_at, at, on, policy)
    found.sort(key=lambda need: (need.kind, need.severity or 9, need.due or date.max, need.since))
    return found[:limit]


def _candidates(at: datetime, on: date, policy: PolicyFacts) -> "QuerySet[Application]":
    """Return the applications of which the rules of ``idleness`` may find something.

    A wider net than theirs, cast by the database: most applications want nothing.
    """
    late = Q(contract_ends__lte=on + timedelta(days=policy.contract_soon_days))
    stale = Q(last_data_at__lt=at - timedelta(seconds=policy.stale_after))
    unused_since = on - timedelta(days=policy.unused_after_days)
    quiet = Q(users=0) | Q(users=None) | Q(last_login_on=None) | Q(last_login_on__lt=unused_since)
    idle = Q(cost__gt=0, decision=Decision.UNDECIDED) & quiet
    return Application.objects.filter(late | stale | idle, retired_at=None)


def _incidents(at: datetime, policy: PolicyFacts, scope: Scope) -> Iterable[Need]:
    rows = Incident.objects.exclude(state=IncidentState.RESOLVED).select_related("application")
    for row in within(rows, scope, "application__agency_id"):
        if need := _incident(row.as_facts(), at, policy):
            yield need


def _incident(incident: IncidentFacts, at: datetime, policy: PolicyFacts) -> Need | None:
    if incident.acknowledged_at is not None and incident.state is IncidentState.ACKNOWLEDGED:
        taken_for = (at - incident.acknowledged_at).total_seconds()
        if policy.solve_within is None or taken_for < policy.solve_within:
            return None
        values = {"span": shown.span(taken_for), "limit": shown.span(policy.solve_within)}
        return _of_incident(NeedKind.TOO_LONG, incident, Sentence(BEING_DONE, values))
    kind = NeedKind.NOT_TAKEN if incident.severity in GRAVE else NeedKind.MINOR_NOT_TAKEN
    late = policy.take_within is not None and (
        at - incident.opened_at >= timedelta(seconds=policy.take_within)
    )
    values = {"limit": shown.span(policy.take_within)} if late else {}
    return _of_incident(kind, incident, Sentence(NOT_TAKEN_LATE if late else NOT_TAKEN, values))


def _of_incident(kind: NeedKind, incident: IncidentFacts, then: Sentence) -> Need:
    what = {"application": incident.application, "title": incident.title}
    return Need(
        kind=kind,
        state=State.WARN if kind is NeedKind.MINOR_NOT_TAKEN else State.DOWN,
        what=Sentence(INCIDENT, what),
        next=then,
        since=incident.opened_at,
        agency_id=incident.agency_id,
        application_id=incident.application_id,
        application=incident.application,
        incident_id=incident.id,
        check_id=incident.check_id,
        severity=incident.severity,
    )


def _certificates(scope: Scope) -> Iterable[Need]:
    rows = CheckState.objects.filter(
        code=Code.CERT_SOON,
        check_row__enabled=True,
        check_row__retired_at=None,
        check_row__application__retired_at=None,
    ).select_related("check_row__application")
    for row in within(rows, scope, "check_row__application__agency_id"):
        yield _certificate(row, row.check_row.application.as_facts())


def _certificate(row: CheckState, facts: ApplicationFacts) -> Need:
    """Return what a certificate near its end asks for; its detail is the days that it had left."""
    what = Sentence(CERTIFICATE, {"application": facts.name, "check": row.check_row.name})
    due = None
    if row.last_at and row.detail.isdecimal():
        due = regions.today(row.last_at) + timedelta(days=int(row.detail))
        values = {"application": facts.name, "day": shown.day(due)}
        what = Sentence(CERTIFICATE_ENDS, values)
    need = _need(NeedKind.CERTIFICATE, facts, what, Sentence(RENEW), row.since, due)
    return replace(need, check_id=row.check_row_id)


def _of_inventory(
    facts: ApplicationFacts, known_since: datetime, at: datetime, on: date, policy: PolicyFacts
) -> Iterable[Need]:
    if idleness.contract_is_due(facts, on, policy):
        yield _contract(facts, on, policy)
    if idleness.data_are_stale(facts, at, policy) and facts.last_data_at:
        values = {"application": facts.name, "span": shown.span(at - facts.last_data_at)}
        since = facts.last_data_at + timedelta(seconds=policy.stale_after)
        yield _need(
            NeedKind.DATA_STALE, facts, Sentence(DATA_OF, values), Sentence(ASK_OWNER), since
        )
    reasons = idleness.idle_reasons(facts, on, policy)
    if reasons and facts.decision is Decision.UNDECIDED:
        yield _unused(facts, reasons, known_since, policy)


def _contract(facts: ApplicationFacts, on: date, policy: PolicyFacts) -> Need:
    assert facts.contract_ends is not None
    then = {Decision.KEEP: EXTEND, Decision.MERGE: MOVE}.get(facts.decision, DECIDE)
    what = CONTRACT_ENDS if facts.contract_ends >= on else CONTRACT_ENDED
    values = {"application": facts.name, "day": shown.day(facts.contract_ends)}
    since = midnight(facts.contract_ends - timedelta(days=policy.contract_soon_days))
    due = facts.contract_ends
    return _need(NeedKind.CONTRACT, facts, Sentence(what, values), Sentence(then), since, due)


def _unused(
    facts: ApplicationFacts,
    reasons: list[tuple[str, date | None]],
    known_since: datetime,
    policy: PolicyFacts,
) -> Need:
    text, day = reasons[-1]
    values = {
        "application": facts.name,
        "cost": shown.number(facts.cost),
        "why": shown.phrase(text, day),
    }
    since = known_since
    if facts.last_login_on:
        since = midnight(facts.last_login_on + timedelta(days=policy.unused_after_days))
    return _need(NeedKind.UNUSED, facts, Sentence(UNUSED, values), Sentence(DECIDE), since)


def _need(
    kind: NeedKind,
    facts: ApplicationFacts,
    what: Sentence,
    then: Sentence,
    since: datetime,
    due: date | None = None,
) -> Need:
    return Need(
        kind=kind,
        state=State.WARN,
        what=what,
        next=then,
        since=since,
        agency_id=facts.agency_id,
        application_id=facts.id,
        application=facts.name,
        due=due,
    )
