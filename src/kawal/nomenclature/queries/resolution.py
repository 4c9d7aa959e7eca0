"""Which decree speaks: the newest in force on a day, and what it amends where it is silent."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from kawal.kernel.refusals import NotThere
from kawal.nomenclature.facts import ActivityLevel, CodeKind, DecreeFacts
from kawal.nomenclature.known import family
from kawal.nomenclature.models import Account, Activity, Decree, Fund
from kawal.regions.models.dated import on as held_on

MODELS: dict[CodeKind, Any] = {
    CodeKind.ACCOUNT: Account,
    CodeKind.ACTIVITY: Activity,
    CodeKind.FUND: Fund,
}
SHORT_ENDING = r"\.\d{2}$"


def decrees() -> list[DecreeFacts]:
    """Return every decree on record, the newest first."""
    return [row.as_facts() for row in Decree.objects.order_by("-valid_from", "-pk")]


def decree(decree_id: int) -> DecreeFacts:
    """Return one decree.

    :raises NotThere: when there is none of that id.
    """
    row = Decree.objects.filter(pk=decree_id).first()
    if row is None:
        raise NotThere(f"decree {decree_id}")
    return row.as_facts()


def decree_by_code(code: str) -> DecreeFacts:
    """Return one decree by its code.

    :raises NotThere: when nothing was imported under it.
    """
    row = Decree.objects.filter(code=code).first()
    if row is None:
        raise NotThere(f"decree {code}")
    return row.as_facts()


def chain(when: date | int) -> tuple[DecreeFacts, ...]:
    """Return the decrees that speak on a day, or in a fiscal year by its first day.

    The newest in force comes first, then what it amends; none before the first decree.
    """
    day = date(when, 1, 1) if isinstance(when, int) else when
    newest = Decree.objects.filter(held_on(day)).order_by("-valid_from", "-pk").first()
    return chain_of(newest.pk) if newest else ()


def chain_of(decree_id: int) -> tuple[DecreeFacts, ...]:
    """Return a decree and those that it amends, the newest first.

    :raises NotThere: when there is none of that id.
    """
    known = {facts.id: facts for facts in decrees()}
    if decree_id not in known:
        raise NotThere(f"decree {decree_id}")
    found: list[DecreeFacts] = []
    at: int | None = decree_id
    while at is not None:
        found.append(known[at])
        at = known[at].amends_id
    return tuple(found)


def speaking(kind: CodeKind, speakers: Sequence[DecreeFacts]) -> QuerySet[Any]:
    """Return the rows that hold under a chain of decrees, withdrawn ones too.

    Of the rows with one code only that of the newest decree speaks. Under a decree whose sub
    kegiatan end in four digits those with two are silent.
    """
    ids = [one.id for one in speakers]
    model = MODELS[kind]
    rank = Case(
        *(When(decree_id=one, then=Value(place)) for place, one in enumerate(ids)),
        default=Value(len(ids)),
        output_field=IntegerField(),
    )
    rows = model.objects.filter(decree_id__in=ids).annotate(rank=rank)
    newer = rows.filter(code=OuterRef("code"), rank__lt=OuterRef("rank")).order_by()
    rows = rows.filter(~Exists(newer))
    if kind is CodeKind.ACTIVITY and speakers and _four_digits(speakers):
        rows = rows.exclude(Q(level=ActivityLevel.SUB_KEGIATAN.value, code__regex=SHORT_ENDING))
    found: QuerySet[Any] = rows
    return found


def _four_digits(speakers: Sequence[DecreeFacts]) -> bool:
    """Tell whether a decree of the chain gave codes of four digits, so that two are over."""
    ids = [one.id for one in speakers if one.ending_digits == 4]
    return bool(ids) and Activity.objects.filter(decree_id__in=ids).exists()


def names_before(kind: CodeKind, code: str) -> dict[str, str]:
    """Return the names that the decrees amended by a known one give to codes."""
    older = [one.code for one in family(code)][1:]
    ids = dict(Decree.objects.filter(code__in=older).values_list("code", "pk"))
    names: dict[str, str] = {}
    for one in reversed([each for each in older if each in ids]):
        rows = MODELS[kind].objects.filter(decree_id=ids[one])
        names.update(rows.values_list("code", "name"))
    return names
