"""Persons are entered, amended, closed and, where the law lets go, erased."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from kawal.identity import registry, rules, sealing
from kawal.identity.actions.logins import close_login, forget_login
from kawal.identity.facts import PersonDraft, PersonFacts
from kawal.identity.models import Login, Person
from kawal.identity.models.persons import NIK, NIP
from kawal.identity.numbers import digits
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_


def clean(draft: PersonDraft) -> PersonDraft:
    """Return the draft as it is kept: trimmed, numbers bare, address in lower case."""
    return PersonDraft(
        name=" ".join(draft.name.split()),
        title_before=draft.title_before.strip(),
        title_after=draft.title_after.strip(),
        nip=digits(draft.nip),
        nik=digits(draft.nik),
        email=draft.email.strip().lower(),
        phone=digits(draft.phone),
    )


def _index(number: str, context: str) -> bytes | None:
    return sealing.blind_index(number, context=context) if number else None


def _taken(draft: PersonDraft, *, but: int | None) -> list[Reason]:
    """Return a reason for each number or address that is another person's."""
    others = Person.objects.all() if but is None else Person.objects.exclude(pk=but)
    nip, nik = _index(draft.nip, NIP), _index(draft.nik, NIK)
    return rules.applying(
        [
            (
                nip is not None and others.filter(nip_index=nip).exists(),
                Reason("nip_taken", N_("NIP ini sudah terdaftar pada orang lain"), "nip"),
            ),
            (
                nik is not None and others.filter(nik_index=nik).exists(),
                Reason("nik_taken", N_("NIK ini sudah terdaftar pada orang lain"), "nik"),
            ),
            (
                bool(draft.email) and others.filter(email=draft.email).exists(),
                Reason("email_taken", N_("Alamat surel ini sudah dipakai orang lain"), "email"),
            ),
        ]
    )


def _check(draft: PersonDraft, *, at: datetime, but: int | None = None) -> None:
    reasons = rules.person_reasons(draft, on=at.astimezone(UTC).date()) + _taken(draft, but=but)
    if reasons:
        raise Refused(reasons)


def _columns(draft: PersonDraft) -> dict[str, object]:
    """Return the draft as columns, each number with its blind index."""
    values: dict[str, object] = dataclasses.asdict(draft)
    return values | {
        "nip": draft.nip or None,
        "nik": draft.nik or None,
        "phone": draft.phone or None,
        "nip_index": _index(draft.nip, NIP),
        "nik_index": _index(draft.nik, NIK),
    }


@transaction.atomic
def register_person(draft: PersonDraft, *, at: datetime) -> PersonFacts:
    """Enter a person who is not yet known.

    :raises Refused: with every reason; nothing is then entered.
    """
    draft = clean(draft)
    _check(draft, at=at)
    with _taken_meanwhile(draft, but=None):
        row = Person.objects.create(created_at=at, **_columns(draft))
    return row.as_facts()


@contextmanager
def _taken_meanwhile(draft: PersonDraft, *, but: int | None) -> Iterator[None]:
    """Say what somebody else took between our look and our write, as the look would have said."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        if reasons := _taken(draft, but=but):
            raise Refused(reasons) from None
        raise


def locked_person(person_id: int) -> Person:
    row = Person.objects.select_for_update().filter(pk=person_id, erased_at=None).first()
    if row is None:
        raise NotThere(f"person {person_id}")
    return row


@transaction.atomic
def amend_person(person_id: int, draft: PersonDraft, *, read: int, at: datetime) -> PersonFacts:
    """Replace what is known of a person; a number left empty stays as it is.

    :raises Refused: with every reason; nothing is then changed.
    :raises StaleDraft: when somebody saved since version ``read``.
    :raises NotThere: when there is no such person.
    """
    row = locked_person(person_id)
    draft = clean(draft)
    rules.check_version(read=read, current=row.version, theirs=dataclasses.asdict(row.as_facts()))
    _check(draft, at=at, but=person_id)
    columns = _columns(draft)
    for name in ("nip", "nik", "phone"):
        if columns[name] is None:
            columns.pop(name)
            columns.pop(f"{name}_index", None)
    for name, value in columns.items():
        setattr(row, name, value)
    row.version += 1
    with _taken_meanwhile(draft, but=person_id):
        row.save(update_fields=[*columns, "version"])
    return locked_person(person_id).as_facts()


@transaction.atomic
def close_person(person_id: int, *, at: datetime) -> PersonFacts:
    """Mark a person as no longer active and close all his logins; closing twice changes nothing."""
    row = locked_person(person_id)
    if row.is_active:
        row.is_active, row.closed_at = False, at
        row.save(update_fields=["is_active", "closed_at"])
    for login in Login.objects.filter(person_id=person_id, is_active=True):
        close_login(login.pk, at=at)
    return row.as_facts()


@transaction.atomic
def reopen_person(person_id: int) -> PersonFacts:
    """Mark a person as active again; his logins stay closed."""
    row = locked_person(person_id)
    row.is_active, row.closed_at = True, None
    row.save(update_fields=["is_active", "closed_at"])
    return row.as_facts()


@transaction.atomic
def erase_person(person_id: int, *, at: datetime) -> PersonFacts:
    """Forget who a person was (UU 27/2022, Ps 8); his number stays in the books, nameless.

    :raises Refused: with every reason that a module has to keep him.
    :raises NotThere: when there is no such person.
    """
    close_person(person_id, at=at)
    if reasons := registry.reasons_to_keep(person_id, at):
        raise Refused(reasons)
    for login in Login.objects.filter(person_id=person_id):
        forget_login(login.pk)
    row = locked_person(person_id)
    for name in ("nip", "nip_index", "nik", "nik_index", "phone"):
        setattr(row, name, None)
    row.name = row.title_before = row.title_after = row.email = ""
    row.erased_at = at
    row.version += 1
    row.save()
    return row.as_facts()
