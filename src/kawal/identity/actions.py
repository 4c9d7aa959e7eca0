"""Writes: persons and logins come, change and close; one function a use case, one transaction."""

import dataclasses
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from kawal.identity import rules, sealing
from kawal.identity.facts import LoginFacts, PersonDraft, PersonFacts
from kawal.identity.models import Login, Person, Session
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
    row = Person.objects.create(created_at=at, **_columns(draft))
    return row.as_facts()


def _locked_person(person_id: int) -> Person:
    row = Person.objects.select_for_update().filter(pk=person_id, erased_at=None).first()
    if row is None:
        raise NotThere(f"person {person_id}")
    return row


@transaction.atomic
def open_login(
    person_id: int,
    username: str,
    *,
    at: datetime,
    password: str | None = None,
    must_change_password: bool = True,
    is_demo: bool = False,
) -> LoginFacts:
    """Give a person a way in; without a password it opens by the mailed link only.

    :raises Refused: with every reason, those of the password too.
    :raises NotThere: when there is no such person.
    """
    owner = _locked_person(person_id)
    username = username.strip().lower()
    reasons = rules.login_reasons(
        username,
        taken=Login.objects.filter(username=username).exists(),
        person_active=owner.is_active,
        demo_elsewhere=is_demo and settings.DEPLOYMENT != "demo",
    )
    row = Login(
        person=owner,
        username=username,
        password=make_password(password),
        must_change_password=must_change_password and password is not None,
        is_demo=is_demo,
        opened_at=at,
    )
    if password is not None and not is_demo:
        reasons += _password_reasons(password, row)
    if reasons:
        raise Refused(reasons)
    row.save(force_insert=True)
    return row.as_facts()


def _password_reasons(password: str, row: Login) -> list[Reason]:
    try:
        validate_password(password, row)
    except ValidationError as error:
        return [Reason("password_weak", text, "password") for text in error.messages]
    return []


def _locked_login(login_id: int) -> Login:
    row = Login.objects.select_for_update(of=("self",)).filter(pk=login_id).first()
    if row is None:
        raise NotThere(f"login {login_id}")
    return row


@transaction.atomic
def close_login(login_id: int, *, at: datetime) -> LoginFacts:
    """Close a way in and end its sessions at once; closing twice changes nothing."""
    row = _locked_login(login_id)
    if row.is_active:
        row.is_active, row.closed_at = False, at
        row.save(update_fields=["is_active", "closed_at"])
    Session.objects.filter(login_id=login_id).delete()
    return row.as_facts()


@transaction.atomic
def reopen_login(login_id: int) -> LoginFacts:
    """Open a closed way in again.

    :raises Refused: when its person is no longer active.
    """
    row = _locked_login(login_id)
    if not row.person.is_active:
        raise Refused([Reason("person_closed", N_("Orang ini sudah tidak aktif"), "person")])
    row.is_active, row.closed_at = True, None
    row.save(update_fields=["is_active", "closed_at"])
    return row.as_facts()
