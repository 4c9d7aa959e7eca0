"""Decrees come into the tables when codes under them do, with all that they amend."""

from kawal.nomenclature.known import BASE, KNOWN, family
from kawal.nomenclature.models import Decree


def record_decrees(code: str) -> dict[str, int]:
    """Record a known decree and those that it amends; return their ids, the newest first.

    :raises KeyError: when no such decree is known.
    """
    wanted = list(family(code))
    ids: dict[str, int] = {}
    for one in reversed(wanted):
        row, _ = Decree.objects.get_or_create(
            code=one.code,
            defaults={
                "title": one.title,
                "amends_id": ids.get(one.amends),
                "valid_from": one.valid_from,
                "certainty": one.certainty.value,
                "ending_digits": one.ending_digits,
            },
        )
        ids[one.code] = row.pk
    return {one.code: ids[one.code] for one in wanted}


def newest(codes: set[str]) -> str:
    """Return which of some decrees amends all the others; the base list when there are none."""
    order = list(KNOWN)
    return max(codes, key=order.index, default=BASE)
