"""The inventory's writes: register an application, amend it, decide its fate, retire it."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from django.db import transaction
from django.utils.text import slugify

from kawal.kernel.refusals import Reason, Refused, StaleDraft
from kawal.kernel.words import N_
from kawal.monitoring import inventory_rules as rules
from kawal.monitoring import published
from kawal.monitoring.actions.checks import retire_all
from kawal.monitoring.actions.rows import (
    differences,
    locked_application,
    person_of,
    repaint,
)
from kawal.monitoring.drafts import ApplicationDraft
from kawal.monitoring.facts import ApplicationFacts, Decision, IncidentState, ServiceHours
from kawal.monitoring.models import Application, ApplicationChange, Incident
from kawal.monitoring.permissions import AMEND, DECIDE, REGISTER, RETIRE
from kawal.regions import queries as regions
from kawal.regions.facts import Actor
from kawal.regions.permissions import require

UNKNOWN_OFFICER = Reason(
    "application.officer", N_("Pejabat ini tidak bertugas di OPD pemilik."), at="officer"
)


@transaction.atomic
def register_application(draft: ApplicationDraft, *, actor: Actor) -> ApplicationFacts:
    """Enter an application into the inventory and say so in public.

    :raises Refused: when the actor may not, or with every reason of the rules.
    """
    require(actor, REGISTER, draft.agency_id)
    draft = _tidy(draft)
    _check(draft, actor, but=None)
    row = Application.objects.create(
        **_columns(draft), slug=_slug(draft.name), created_at=actor.at, updated_at=actor.at
    )
    _note(row, {}, _columns(draft), actor)
    published.application("registered", row, at=actor.at, criticality=row.criticality)
    repaint()
    return row.as_facts()


@transaction.atomic
def amend_application(
    application_id: int, draft: ApplicationDraft, *, read: int, actor: Actor
) -> ApplicationFacts:
    """Amend an entry of the inventory; ``read`` is the version that the officer saw.

    :raises StaleDraft: when somebody saved it since; ``theirs`` holds what he saved.
    :raises Refused: when the actor may not (in either agency), or with every reason.
    """
    row = locked_application(application_id)
    require(actor, AMEND, row.agency_id)
    require(actor, AMEND, draft.agency_id)
    before = _columns(draft_of(row.as_facts()))
    if row.version != read:
        raise StaleDraft(read=read, current=row.version, theirs=before)
    draft = _tidy(draft)
    if row.retired_at is not None:
        raise Refused([Reason("application.retired", N_("Aplikasi ini sudah dihentikan."))])
    _check(draft, actor, but=row.pk)
    after = _columns(draft)
    if before == after:
        return row.as_facts()
    for field, value in after.items():
        setattr(row, field, value)
    _save(row, before, after, actor)
    return row.as_facts()


@transaction.atomic
def decide_application(
    application_id: int,
    decision: Decision,
    *,
    why: str,
    merge_into_id: int | None = None,
    actor: Actor,
) -> ApplicationFacts:
    """Decide whether an application is kept, merged into another, or retired; the ground is public.

    :raises Refused: when the actor may not, or with every reason of the rules.
    """
    row = locked_application(application_id)
    require(actor, DECIDE, row.agency_id)
    into = Application.objects.filter(pk=merge_into_id).first() if merge_into_id else None
    merging = decision is Decision.MERGE
    target = into.as_facts() if into else None
    if reasons := rules.decision_refusals(row.as_facts(), decision, why, target):
        raise Refused(reasons)
    after = {
        "decision": decision.value,
        "decision_why": why.strip(),
        "merge_into_id": merge_into_id if merging else None,
    }
    before = {field: getattr(row, field) for field in after}
    for field, value in after.items():
        setattr(row, field, value)
    _save(row, before, after, actor)
    facts = {"decision": decision, "why": row.decision_why, "merge_into": row.merge_into_id}
    published.application("decided", row, at=actor.at, **facts)
    return row.as_facts()


@transaction.atomic
def retire_application(application_id: int, *, why: str, actor: Actor) -> ApplicationFacts:
    """Take an application out of service with its checks; its history stays.

    :raises Refused: when the actor may not, or with every reason of the rules.
    """
    row = locked_application(application_id)
    require(actor, RETIRE, row.agency_id)
    unresolved = Incident.objects.filter(application=row).exclude(state=IncidentState.RESOLVED)
    reasons = rules.retirement_refusals(row.as_facts(), why, open_incidents=unresolved.count())
    if reasons:
        raise Refused(reasons)
    retire_all(row, actor)
    row.retired_at = actor.at
    _save(row, {"retired_at": None}, {"retired_at": actor.at, "why": why.strip()}, actor)
    published.application("retired", row, at=actor.at, why=why.strip())
    return row.as_facts()


def draft_of(facts: ApplicationFacts) -> ApplicationDraft:
    """Return an entry as a draft that changes nothing."""
    fields = ApplicationDraft.__dataclass_fields__
    return ApplicationDraft(**{name: getattr(facts, name) for name in fields})


def _tidy(draft: ApplicationDraft) -> ApplicationDraft:
    texts = {name: getattr(draft, name).strip() for name in rules.LONGEST}
    weekly = draft.weekly if draft.hours is ServiceHours.OWN else ()
    users_on = None if draft.users is None else draft.users_on
    return replace(draft, **texts, weekly=weekly, users_on=users_on)


def _check(draft: ApplicationDraft, actor: Actor, *, but: int | None) -> None:
    on = regions.today(actor.at)
    named = Application.objects.filter(
        agency_id=draft.agency_id, name=draft.name, retired_at=None
    ).exclude(pk=but or 0)
    reasons = rules.draft_refusals(
        draft,
        on=on,
        at=actor.at,
        name_taken=named.exists(),
        agency_is_active=bool(regions.agencies(on, ids=[draft.agency_id])),
    )
    if draft.officer_id is not None and not _serves(draft.officer_id, draft.agency_id, actor):
        reasons.append(UNKNOWN_OFFICER)
    if reasons:
        raise Refused(reasons)


def _serves(person_id: int, agency_id: int, actor: Actor) -> bool:
    """Tell whether a person holds a post that covers an agency."""
    held = regions.appointments_of(person_id, regions.today(actor.at))
    return any(agency_id in one.covers for one in held)


def _columns(draft: ApplicationDraft) -> dict[str, object]:
    values = asdict(draft)
    for name in ("criticality", "hours", "personal_data"):
        values[name] = values[name].value
    return values | {"weekly": [[list(span) for span in day] for day in draft.weekly]}


def _slug(name: str) -> str:
    base = slugify(name)[:70] or "aplikasi"
    taken = set(Application.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(one for one in numbered if one not in taken)


def _save(
    row: Application, before: Mapping[str, object], after: Mapping[str, object], actor: Actor
) -> None:
    row.version += 1
    row.updated_at = actor.at
    row.save()
    _note(row, before, after, actor)
    repaint()


def _note(
    row: Application, before: Mapping[str, object], after: Mapping[str, object], actor: Actor
) -> None:
    ApplicationChange.objects.create(
        application=row,
        at=actor.at,
        by_id=person_of(actor),
        version=row.version,
        changes=differences(before, after),
    )
