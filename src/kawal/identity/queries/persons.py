"""Reads of persons."""

from collections.abc import Iterable

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from kawal.identity import sealing
from kawal.identity.facts import PersonFacts
from kawal.identity.models import Person
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
    return [row.as_facts() for row in _people(text)[:limit]]


def people_page(text: str, number: str, size: int = 50) -> "Page[PersonFacts]":
    """Return one page of the persons whom the text finds."""
    paginator = Paginator(_people(text), size)
    rows = paginator.get_page(number)
    found = [row.as_facts() for row in rows.object_list]
    return Page(found, rows.number, paginator)  # type: ignore[arg-type]


def _people(text: str) -> "QuerySet[Person]":
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
