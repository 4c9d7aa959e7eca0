"""The checks' writes: create, amend, pause, resume, retire, and keys for pushing."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from kawal.kernel.refusals import Reason, Refused, StaleDraft
from kawal.kernel.words import N_
from kawal.monitoring import check_rules as rules
from kawal.monitoring import sealed
from kawal.monitoring.actions.rows import (
    differences,
    locked_application,
    locked_check,
    person_of,
    repaint,
)
from kawal.monitoring.drafts import CheckDraft, NewKey
from kawal.monitoring.facts import CheckFacts
from kawal.monitoring.models import Application, Check, CheckChange
from kawal.monitoring.permissions import CONFIGURE
from kawal.regions.facts import Actor
from kawal.regions.permissions import require

PLAIN = ("name", "spec", "interval", "timeout", "confirmations", "recheck", "public")
CHANGED = N_("diganti")


@transaction.atomic
def create_check(
    application_id: int, draft: CheckDraft, *, actor: Actor
) -> tuple[CheckFacts, NewKey | None]:
    """Put a new check to an application; a pushed kind gets its key, shown this once.

    :raises Refused: when the actor may not, or with every reason of the rules.
    """
    application = locked_application(application_id)
    require(actor, CONFIGURE, application.agency_id)
    return add_check(application, draft, actor)


def add_check(
    application: Application, draft: CheckDraft, actor: Actor
) -> tuple[CheckFacts, NewKey | None]:
    """Add a check to an application whose row the caller holds and for which the actor may."""
    draft = replace(draft, name=draft.name.strip())
    _check(application, draft, but=None)
    key = sealed.new_key() if draft.kind.is_pushed else None
    row = Check.objects.create(
        application=application,
        kind=draft.kind.value,
        counts=draft.counts,
        secrets=sealed.seal(draft.secrets),
        key_hash=sealed.key_hash(key) if key else None,
        created_at=actor.at,
        updated_at=actor.at,
        **_columns(draft),
    )
    _note(row, {}, {"kind": draft.kind, "counts": draft.counts} | _columns(draft), actor)
    repaint()
    return row.as_facts(), NewKey(row.pk, key) if key else None


@transaction.atomic
def amend_check(check_id: int, draft: CheckDraft, *, read: int, actor: Actor) -> CheckFacts:
    """Amend a check; ``read`` is the version that the officer saw.

    :raises StaleDraft: when somebody saved it since; ``theirs`` holds what he saved.
    :raises Refused: when the actor may not, or with every reason of the rules.
    """
    row = _mine(check_id, actor)
    before = {field: getattr(row, field) for field in PLAIN}
    if row.version != read:
        raise StaleDraft(read=read, current=row.version, theirs=before)
    draft = replace(draft, name=draft.name.strip())
    _check(row.application, draft, but=row)
    after = _columns(draft)
    kept = sealed.unseal(row.secrets)
    wanted = rules.wanted_secrets(draft.spec)
    values = {name: draft.secrets.get(name, kept.get(name, "")) for name in wanted}
    if before == after and values == kept:
        return row.as_facts()
    for field, value in after.items():
        setattr(row, field, value)
    row.secrets = sealed.seal(values)
    _save(row, before, after | ({"secrets": CHANGED} if values != kept else {}), actor)
    return row.as_facts()


@transaction.atomic
def pause_check(check_id: int, *, why: str, actor: Actor) -> CheckFacts:
    """Stop watching for a while, on purpose; the time counts neither as up nor as down.

    :raises Refused: when the actor may not, gives no ground, or it is paused already.
    """
    return _switch(check_id, False, why, actor)


@transaction.atomic
def resume_check(check_id: int, *, actor: Actor) -> CheckFacts:
    """Watch again.

    :raises Refused: when the actor may not, or it is not paused.
    """
    return _switch(check_id, True, "", actor)


@transaction.atomic
def retire_check(check_id: int, *, why: str, actor: Actor) -> None:
    """End a check for good; what it found stays.

    :raises Refused: when the actor may not, or gives no ground.
    """
    row = _mine(check_id, actor)
    if reasons := _why(why):
        raise Refused(reasons)
    _retire(row, why.strip(), actor)
    repaint()


def retire_all(application: Application, actor: Actor) -> None:
    """End every check of an application whose row the caller holds."""
    rows = Check.objects.select_for_update().filter(application=application, retired_at=None)
    for row in rows.order_by("pk"):
        _retire(row, "", actor)


@transaction.atomic
def new_push_key(check_id: int, *, actor: Actor) -> NewKey:
    """Give a pushed check a new key; the old one ends at once. Shown this once, kept as a hash.

    :raises Refused: when the actor may not, or the check is not a pushed one.
    """
    row = _mine(check_id, actor)
    if not row.as_facts().kind.is_pushed:
        text = N_("Pemeriksaan ini tidak menerima kiriman.")
        raise Refused([Reason("check.not_pushed", text)])
    key = sealed.new_key()
    row.key_hash = sealed.key_hash(key)
    _save(row, {}, {"key": CHANGED}, actor)
    return NewKey(row.pk, key)


def _mine(check_id: int, actor: Actor) -> Check:
    row = locked_check(check_id)
    require(actor, CONFIGURE, row.application.agency_id)
    return row


def _check(application: Application, draft: CheckDraft, *, but: Check | None) -> None:
    named = Check.objects.filter(application=application, name=draft.name, retired_at=None)
    if but is not None:
        named = named.exclude(pk=but.pk)
    reasons = rules.draft_refusals(draft, application.as_facts(), name_taken=named.exists())
    if but is not None:
        reasons += rules.amendment_refusals(draft, but.as_facts())
    if reasons:
        raise Refused(reasons)


def _switch(check_id: int, is_enabled: bool, why: str, actor: Actor) -> CheckFacts:
    row = _mine(check_id, actor)
    reasons = [] if is_enabled else _why(why)
    if row.enabled is is_enabled:
        text = N_("Pemeriksaan ini sedang berjalan.") if is_enabled else N_("Sudah dijeda.")
        reasons.append(Reason("check.already", text))
    if reasons:
        raise Refused(reasons)
    row.enabled = is_enabled
    after = {"enabled": is_enabled} | ({"why": why.strip()} if why else {})
    _save(row, {"enabled": not is_enabled}, after, actor)
    return row.as_facts()


def _why(why: str) -> list[Reason]:
    return [] if why.strip() else [Reason("check.no_why", N_("Tulis alasannya."), at="why")]


def _retire(row: Check, why: str, actor: Actor) -> None:
    row.retired_at = actor.at
    _save(
        row, {"retired_at": None}, {"retired_at": actor.at} | ({"why": why} if why else {}), actor
    )


def _columns(draft: CheckDraft) -> dict[str, object]:
    return {field: getattr(draft, field) for field in PLAIN} | {"spec": dict(draft.spec)}


def _save(
    row: Check, before: Mapping[str, object], after: Mapping[str, object], actor: Actor
) -> None:
    row.version += 1
    row.updated_at = actor.at
    row.save()
    _note(row, before, after, actor)
    repaint()


def _note(
    row: Check, before: Mapping[str, object], after: Mapping[str, object], actor: Actor
) -> None:
    CheckChange.objects.create(
        check_row=row,
        at=actor.at,
        by_id=person_of(actor),
        version=row.version,
        changes=differences(before, after),
    )
