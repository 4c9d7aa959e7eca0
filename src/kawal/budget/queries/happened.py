"""What the product knows to have happened in a budget year, by city or agency, as local days."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Min

from kawal.budget.facts import VersionKind
from kawal.budget.facts.obligations import Happened
from kawal.budget.models import Amendment, Ceiling, Dpa, Revision, Version
from kawal.budget.queries.years import above, standing
from kawal.regions.queries import today

When = dict[tuple[Happened, int | None], date]
VERSIONS = {
    VersionKind.RAPBD.value: Happened.RAPBD_MADE,
    VersionKind.APBD.value: Happened.APBD_ENACTED,
    VersionKind.PENJABARAN.value: Happened.PENJABARAN_ENACTED,
    VersionKind.PERUBAHAN.value: Happened.PERUBAHAN_ENACTED,
}
DPA = {
    "signed_at": Happened.DPA_SIGNED,
    "verified_at": Happened.DPA_VERIFIED,
    "ratified_at": Happened.DPA_RATIFIED,
}


def happened(year: int) -> When:
    """Return the day of each thing that happened, by what it was and the agency; the first time."""
    found: When = {}
    for event, agency_id, day in _all(year):
        known = found.get((event, agency_id))
        found[event, agency_id] = day if known is None else min(known, day)
    return found


def _all(year: int) -> Iterator[tuple[Happened, int | None, date]]:
    agreed = Ceiling.objects.filter(year=year).aggregate(first=Min("agreement_date"))["first"]
    if agreed is not None:
        yield Happened.CEILINGS_SET, None, agreed
    rows = Version.objects.filter(year=year, kind__in=VERSIONS)
    for kind, day, at in rows.values_list("kind", "instrument_date", "made_at"):
        yield VERSIONS[kind], None, day or today(at)
    begun = Amendment.objects.filter(year=year).aggregate(first=Min("opened_at"))["first"]
    if begun is not None:
        yield Happened.PERUBAHAN_BEGUN, None, today(begun)
    for agency_id, day in _submitted(year):
        yield Happened.RKA_SUBMITTED, agency_id, day
    yield from _signed(year)


def _submitted(year: int) -> Iterator[tuple[int, date]]:
    """Yield when the last of an SKPD's sheets was sent in for the first time, once all were."""
    rows = Revision.objects.filter(sheet__year=year).values_list("sheet_id", "sheet__unit_id")
    sent = rows.annotate(first=Min("submitted_at")).order_by()
    units = standing(year)
    by_agency: dict[int, list[datetime | None]] = {}
    for _sheet, unit_id, first in sent:
        by_agency.setdefault(above(unit_id, units)[-1], []).append(first)
    for agency_id, instants in by_agency.items():
        done = [at for at in instants if at is not None]
        if len(done) == len(instants):
            yield agency_id, today(max(done))


def _signed(year: int) -> Iterator[tuple[Happened, int | None, date]]:
    rows = Dpa.objects.filter(version__year=year).values_list("agency_id", *DPA)
    for agency_id, *instants in rows:
        for event, at in zip(DPA.values(), instants, strict=True):
            if at is not None:
                yield event, agency_id, today(at)
