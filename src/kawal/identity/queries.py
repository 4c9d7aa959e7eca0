"""Reads of persons, logins and sessions, as frozen facts."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from kawal.identity import sealing
from kawal.identity.facts import LoginFacts, PersonFacts, SessionFacts
from kawal.identity.models import Login, Person, Session
from kawal.identity.models.persons import NIK, NIP
from kawal.identity.numbers import digits
from kawal.kernel.refusals import NotThere


def person(person_id: int) -> PersonFacts:
    """Return one person.

    :raises NotThere: when there is none.
    """
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise NotThere(f"person {person_id}")
    return row.as_facts()


def names(person_ids: Iterable[int]) -> dict[int, str]:
    """Return the full name of each of these persons, with titles."""
    rows = Person.objects.filter(pk__in=set(person_ids))
    return {row.pk: row.as_facts().full_name for row in rows}


def addresses(person_ids: Iterable[int]) -> dict[int, str]:
    """Return the e-mail address of those of these persons who are active and have one."""
    rows = Person.objects.filter(pk__in=set(person_ids), is_active=True).exclude(email="")
    return dict(rows.values_list("pk", "email"))


def find_people(text: str, limit: int = 50) -> list[PersonFacts]:
    """Return persons by a part of their name or address, or by their whole NIP or NIK."""
    rows = people(text)[:limit]
    return [row.as_facts() for row in rows]


def people(text: str = "") -> "QuerySet[Person]":
    """Return the persons that the text finds, by name; all who are not erased without a text."""
    found = Person.objects.filter(erased_at=None).order_by("name", "pk")
    number = digits(text)
    if number.isdigit() and len(number) in {16, 18}:
        column, context = ("nip", NIP) if len(number) == 18 else ("nik", NIK)
        return found.filter(**{f"{column}_index": sealing.blind_index(number, context=context)})
    for word in text.split():
        found = found.filter(name__icontains=word) | found.filter(email__icontains=word)
    return found


def by_nip(nip: str) -> PersonFacts | None:
    """Return the person with this NIP."""
    return _by_number("nip", nip, NIP)


def by_nik(nik: str) -> PersonFacts | None:
    """Return the person with this NIK."""
    return _by_number("nik", nik, NIK)


def _by_number(column: str, number: str, context: str) -> PersonFacts | None:
    index = sealing.blind_index(digits(number), context=context)
    row = Person.objects.filter(**{f"{column}_index": index}).first()
    return row.as_facts() if row else None


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
    from allauth.mfa.models import Authenticator

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


def sessions_of(login_id: int, *, at: datetime) -> list[SessionFacts]:
    """Return the login's sessions that are open at that instant, the last used first."""
    rows = Session.objects.filter(login_id=login_id, expire_date__gt=at).order_by("-seen_at")
    return [row.as_facts() for row in rows if row.started_at and row.seen_at]
