"""Logins are opened, closed, given passwords, and rid of their second factors."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kawal.identity import failures, rules
from kawal.identity.facts import LoginFacts
from kawal.identity.models import Login, Person, Session
from kawal.identity.rules import TAKEN
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_


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
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # somebody took the name between our look and our write
        raise Refused([TAKEN]) from None
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


@transaction.atomic
def set_password(login_id: int, password: str, *, must_change: bool = True) -> LoginFacts:
    """Give a login a password, for its owner to replace; its sessions end, its waits too.

    :raises Refused: with every reason against the password.
    """
    row = _locked_login(login_id)
    if reasons := _password_reasons(password, row):
        raise Refused(reasons)
    row.set_password(password)
    row.must_change_password = must_change
    row.save(update_fields=["password", "must_change_password"])
    failures.forgive(rules.BY_NAME, row.username)
    failures.forgive(rules.BY_NAME, row.email)
    end_sessions(login_id)
    return row.as_facts()


@transaction.atomic
def reset_factors(login_id: int) -> int:
    """Take all second factors of a login away and end its sessions; return how many went."""
    _locked_login(login_id)
    gone, _ = Authenticator.objects.filter(user_id=login_id).delete()
    end_sessions(login_id)
    return gone


def end_session(login_id: int, session_id: str) -> bool:
    """End one session of a login; tell whether it was there."""
    return Session.objects.filter(login_id=login_id, session_key=session_id).delete()[0] > 0


def end_sessions(login_id: int, *, but: str = "") -> int:
    """End all sessions of a login, but the one named; return how many ended."""
    return Session.objects.filter(login_id=login_id).exclude(session_key=but).delete()[0]


@transaction.atomic
def forget_login(login_id: int) -> None:
    """Take from a closed login all that points to its owner; its number stays in the books."""
    row = _locked_login(login_id)
    reset_factors(login_id)
    SocialAccount.objects.filter(user_id=login_id).delete()
    row.username = f"terhapus-{row.pk}"
    row.set_unusable_password()
    row.save(update_fields=["username", "password"])
