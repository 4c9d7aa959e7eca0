"""Agencies come, change, merge, split and close, by regulation, as new dated versions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction

from kawal.kernel.refusals import NotThere, Refused, StaleDraft
from kawal.regions import acts, queries, rules
from kawal.regions.actions import appointments
from kawal.regions.actions.locks import AGENCIES, hold
from kawal.regions.actions.who import person_of
from kawal.regions.facts import Actor, AgencyDraft, AgencyFacts, AgencyStatus
from kawal.regions.models import Agency, AgencySuccession, AgencyVersion
from kawal.regions.permissions import require
from kawal.regions.queries.appointments import in_force
from kawal.trail import actions as trail

DAY = timedelta(days=1)


@transaction.atomic
def create_agency(draft: AgencyDraft, *, valid_from: date, actor: Actor) -> AgencyFacts:
    """Set up an agency or unit from a day on.

    :raises Refused: with every reason; nothing is then written.
    """
    _enter(actor)
    return _create(draft, valid_from, actor)


@transaction.atomic
def amend_agency(
    agency_id: int, draft: AgencyDraft, *, valid_from: date, read_version: int, actor: Actor
) -> AgencyFacts:
    """Give an agency a new version from a day on; units keep up with their SKPD's code.

    ``read_version`` is the version that the officer saw.

    :raises StaleDraft: when another version has been written since.
    :raises Refused: with every reason; nothing is then written.
    """
    _enter(actor)
    current = _last(agency_id)
    if current.pk != read_version:
        raise StaleDraft(read=read_version, current=current.pk, theirs=_as_draft_values(current))
    after = _amend(current, draft, valid_from, actor)
    if draft.code[:17] != current.code[:17]:
        _recode_units(agency_id, after.code, valid_from, draft.legal_basis, actor)
    return after


@transaction.atomic
def close_agency(agency_id: int, *, last_day: date, legal_basis: str, actor: Actor) -> AgencyFacts:
    """Close an agency and the units below it after its last day; appointments there end with it.

    :raises Refused: with every reason; nothing is then written.
    """
    _enter(actor)
    below = queries.units_below([agency_id], last_day)[agency_id] - {agency_id}
    for unit in queries.agencies(last_day, ids=below):
        _close(_last(unit.id), last_day, legal_basis, actor)
    return _close(_last(agency_id), last_day, legal_basis, actor)


@transaction.atomic
def merge_agencies(
    predecessor_ids: Sequence[int], draft: AgencyDraft, *, valid_from: date, actor: Actor
) -> AgencyFacts:
    """Merge agencies into a new one from a day on; their units move to it, recoded in order.

    :raises Refused: with every reason; nothing is then written.
    """
    _enter(actor)
    units = [u for pid in predecessor_ids for u in queries.units_of(pid, valid_from - DAY)]
    for predecessor_id in predecessor_ids:
        _close(_last(predecessor_id), valid_from - DAY, draft.legal_basis, actor)
    after = _create(draft, valid_from, actor)
    _move(units, dict.fromkeys((u.id for u in units), after), valid_from, draft.legal_basis, actor)
    for predecessor_id in predecessor_ids:
        _succeed(predecessor_id, after, valid_from, draft.legal_basis, actor)
    return after


@transaction.atomic
def split_agency(
    agency_id: int,
    drafts: Sequence[AgencyDraft],
    *,
    valid_from: date,
    actor: Actor,
    units_to: Mapping[int, int] | None = None,
) -> list[AgencyFacts]:
    """Split an agency into new ones from a day on.

    ``units_to`` says to which of the drafts (by its place, from 0) a unit goes; else the first.

    :raises Refused: with every reason; nothing is then written.
    """
    _enter(actor)
    units = queries.units_of(agency_id, valid_from - DAY)
    basis = drafts[0].legal_basis
    _close(_last(agency_id), valid_from - DAY, basis, actor)
    after = [_create(draft, valid_from, actor) for draft in drafts]
    homes = {unit.id: after[(units_to or {}).get(unit.id, 0)] for unit in units}
    _move(units, homes, valid_from, basis, actor)
    for one in after:
        _succeed(agency_id, one, valid_from, basis, actor)
    return after


def _enter(actor: Actor) -> None:
    require(actor, acts.KEEP_AGENCIES)
    hold(AGENCIES)


def _create(draft: AgencyDraft, valid_from: date, actor: Actor) -> AgencyFacts:
    draft = _tidy(draft)
    _check(draft, valid_from, but=None)
    agency = Agency.objects.create(recorded_at=actor.at)
    after = _write(agency.pk, draft, valid_from, actor).as_facts()
    trail.append("agency.created", _public(after, valid_from, draft.legal_basis), at=actor.at)
    return after


def _amend(
    current: AgencyVersion, draft: AgencyDraft, valid_from: date, actor: Actor
) -> AgencyFacts:
    draft = _tidy(draft)
    reasons = rules.version_refusals(current_from=current.valid_from, valid_from=valid_from)
    if reasons:
        raise Refused(reasons)
    _check(draft, valid_from, but=current.agency_id)
    before = current.as_facts()
    _end(current, valid_from - DAY)
    after = _write(current.agency_id, draft, valid_from, actor).as_facts()
    facts = _public(after, valid_from, draft.legal_basis)
    facts |= {"code_before": before.code, "name_before": before.name}
    trail.append("agency.amended", facts, at=actor.at)
    return after


def _close(current: AgencyVersion, last_day: date, basis: str, actor: Actor) -> AgencyFacts:
    first_closed = last_day + DAY
    reasons = rules.version_refusals(current_from=current.valid_from, valid_from=first_closed)
    reasons += rules.closing_refusals(current.as_facts(), legal_basis=basis)
    if reasons:
        raise Refused(reasons)
    _end(current, last_day)
    draft = replace(_draft(current), legal_basis=basis)
    row = _write(current.agency_id, draft, first_closed, actor, AgencyStatus.CLOSED)
    for held in in_force(first_closed).filter(agency_id=current.agency_id).select_for_update():
        appointments.end(held, last_day, person_of(actor), actor.at, basis)
    facts = {
        "agency": current.agency_id,
        "code": current.code,
        "name": current.name,
        "last_day": last_day,
        "legal_basis": basis,
    }
    trail.append("agency.closed", facts, at=actor.at)
    return row.as_facts()


def _move(
    units: Sequence[AgencyFacts],
    homes: Mapping[int, AgencyFacts],
    valid_from: date,
    basis: str,
    actor: Actor,
) -> None:
    """Hang units below new parents: under each they are numbered anew, in the order given."""
    serials: dict[int, int] = {}
    for unit in units:
        home = homes[unit.id]
        serials[home.id] = serials.get(home.id, 0) + 1
        current = _last(unit.id)
        code = f"{home.code[:17]}.{serials[home.id]:04}"
        draft = replace(_draft(current), code=code, parent_id=home.id, legal_basis=basis)
        _amend(current, draft, valid_from, actor)


def _recode_units(agency_id: int, code: str, valid_from: date, basis: str, actor: Actor) -> None:
    for unit in queries.units_of(agency_id, valid_from):
        current = _last(unit.id)
        draft = replace(_draft(current), code=code[:17] + unit.code[17:], legal_basis=basis)
        _amend(current, draft, valid_from, actor)


def _succeed(
    predecessor_id: int, after: AgencyFacts, valid_from: date, basis: str, actor: Actor
) -> None:
    AgencySuccession.objects.create(
        predecessor_id=predecessor_id,
        successor_id=after.id,
        valid_from=valid_from,
        legal_basis=basis,
        recorded_at=actor.at,
    )
    facts = {
        "predecessor_code": queries.agency(predecessor_id, valid_from).code,
        "successor_code": after.code,
        "valid_from": valid_from,
        "legal_basis": basis,
    }
    trail.append("agency.succeeded", facts, at=actor.at)


def _check(draft: AgencyDraft, valid_from: date, *, but: int | None) -> None:
    same_code = AgencyVersion.objects.filter(code=draft.code, status=AgencyStatus.ACTIVE)
    taken = same_code.exclude(valid_until__lt=valid_from)
    taken = taken.exclude(agency_id=but) if but is not None else taken
    parent = None
    if draft.parent_id is not None:
        known = queries.agencies(valid_from, ids=[draft.parent_id], with_closed=True)
        parent = known[0] if known else None
    if reasons := rules.agency_refusals(draft, parent=parent, code_taken=taken.exists()):
        raise Refused(reasons)


def _write(
    agency_id: int,
    draft: AgencyDraft,
    valid_from: date,
    actor: Actor,
    status: AgencyStatus = AgencyStatus.ACTIVE,
) -> AgencyVersion:
    return AgencyVersion.objects.create(
        agency_id=agency_id,
        code=draft.code,
        name=draft.name,
        short=draft.short,
        kind=draft.kind,
        parent_id=draft.parent_id,
        region_id=draft.region_id,
        status=status,
        valid_from=valid_from,
        legal_basis=draft.legal_basis,
        recorded_at=actor.at,
    )


def _end(version: AgencyVersion, last_day: date) -> None:
    version.valid_until = last_day
    version.save(update_fields=["valid_until"])


def _last(agency_id: int) -> AgencyVersion:
    rows = AgencyVersion.objects.filter(agency_id=agency_id).order_by("-valid_from")
    row = rows.select_for_update().first()
    if row is None:
        raise NotThere(f"agency {agency_id}")
    return row


def _tidy(draft: AgencyDraft) -> AgencyDraft:
    name = " ".join(draft.name.split())
    return replace(
        draft,
        code=draft.code.strip(),
        name=name,
        short=" ".join(draft.short.split()) or name[:40],
        legal_basis=" ".join(draft.legal_basis.split()),
    )


def _draft(version: AgencyVersion) -> AgencyDraft:
    facts = version.as_facts()
    return AgencyDraft(
        code=facts.code,
        name=facts.name,
        short=facts.short,
        kind=facts.kind,
        legal_basis=version.legal_basis,
        parent_id=facts.parent_id,
        region_id=facts.region_id,
    )


def _as_draft_values(version: AgencyVersion) -> dict[str, object]:
    draft = _draft(version)
    return {name: getattr(draft, name) for name in draft.__slots__}


def _public(facts: AgencyFacts, valid_from: date, basis: str) -> dict[str, object]:
    parent = None
    if facts.parent_id is not None:
        parent = queries.agency(facts.parent_id, valid_from).code
    return {
        "agency": facts.id,
        "code": facts.code,
        "name": facts.name,
        "kind": facts.kind,
        "parent_code": parent,
        "valid_from": valid_from,
        "legal_basis": basis,
    }
