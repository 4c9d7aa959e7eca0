"""Reads of logins and sessions."""

from collections.abc import Collection
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from kawal.identity.facts import LoginFacts, SessionFacts
from kawal.identity.models import Login, Session
from kawal.kernel.refusals import NotThere


def login(login_id: int) -> LoginFacts:
    """Return one login.

    :raises NotThere: when there is none.
    """
    row = _logins().filter(pk=login_id).first()
    if row is None:
        raise NotThere(f"login {login_id}")
    return _login_facts(row)


def logins_of(person_id: int) -> list[LoginFacts]:
    """Return the person's logins, the newest last."""
    return [_login_facts(row) for row in _logins().filter(person_id=person_id).order_by("pk")]


def login_named(username: str) -> LoginFacts | None:
    """Return the login of this name."""
    row = _logins().filter(username=username.strip().lower()).first()
    return _login_facts(row) if row else None


def all_logins() -> list[LoginFacts]:
    """Return every login, by name."""
    return [_login_facts(row) for row in _logins().order_by("username")]


def _logins() -> "QuerySet[Login]":
    factors = Authenticator.objects.filter(user_id=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    return Login.objects.annotate(second_factor=Exists(factors))


def _login_facts(row: Login) -> LoginFacts:
    return row.as_facts(has_second_factor=bool(getattr(row, "second_factor", False)))


def demo_logins() -> list[LoginFacts]:
    """Return the open demo logins, in the order they were made."""
    return [
        _login_facts(row) for row in _logins().filter(is_demo=True, is_active=True).order_by("pk")
    ]


def people_with_login(person_ids: Collection[int]) -> set[int]:
    """Return those of these persons who can sign in."""
    rows = Login.objects.filter(person_id__in=person_ids, is_active=True)
    return set(rows.values_list("person_id", flat=True))


def is_signed_in(person_id: int, *, at: datetime) -> bool:
    """Tell whether a person has a session open at that instant, with whichever login."""
    return Session.objects.filter(login__person_id=person_id, expire_date__gt=at).exists()


def sessions_of(login_id: int, *, at: datetime) -> list[SessionFacts]:
    """Return the login's sessions that are open at that instant, the last used first."""
    rows = Session.objects.filter(login_id=login_id, expire_date__gt=at).order_by("-seen_at")
    return [row.as_facts() for row in rows if row.started_at and row.seen_at]
