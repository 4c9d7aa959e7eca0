"""The beginning of a city: its regions, itself, and the two founders who appoint all others."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.regions import queries, rules
from kawal.regions.actions.appointments import public_facts, take_step
from kawal.regions.actions.intake import RegionDraft, RegionIntake, Taken, kind_of
from kawal.regions.actions.locks import APPOINTMENTS, hold
from kawal.regions.facts import Acting, AppointmentState, CityFacts, RegionFacts, Role
from kawal.regions.models import Appointment, City
from kawal.regions.models.city import ZONES
from kawal.trail import actions as trail
from kawal.trail import queries as trail_queries
from kawal.trail.facts import Deployment


@transaction.atomic
def record_regions(
    rows: Sequence[tuple[str, str]], *, valid_from: date, legal_basis: str, at: datetime
) -> Taken:
    """Record regions, each a code and a name, parents among them or on record.

    :raises Refused: with a reason for each that cannot be taken; nothing is then recorded.
    """
    intake = RegionIntake(valid_from=valid_from, legal_basis=legal_basis, at=at)
    intake.open()
    intake.stage(
        RegionDraft(line, code, name, kind_of(code, name))
        for line, (code, name) in enumerate(rows, start=1)
    )
    if refused := [reason for _line, reason in intake.judge()]:
        raise Refused(refused)
    return intake.write()


@transaction.atomic
def found_city(
    region_code: str,
    *,
    zone: str,
    deployment: str,
    founders: tuple[int, int],
    sk_number: str,
    sk_date: date,
    at: datetime,
) -> CityFacts:
    """Found this deployment's city: once, with two administrators, by a decree, in public.

    :raises Refused: with every reason, above all when there is a city already.
    """
    hold(APPOINTMENTS)
    region = _region(region_code, sk_date)
    reasons = _refusals(region, zone, founders, sk_number)
    if reasons or region is None:
        raise Refused(reasons)
    city = City.objects.create(
        region_id=region.id,
        name=region.name,
        zone=zone,
        deployment=deployment,
        started_at=at,
    )
    if trail_queries.open_log() is None:
        origin = f"kawal.{deployment}/{region_code}"
        trail.start_log(origin=origin, kind=Deployment(deployment), at=at)
    names = identity.names(founders)
    facts = {
        "region": region_code,
        "name": region.name,
        "sk_number": sk_number,
        "sk_date": sk_date,
        "founders": [names[person] for person in founders],
    }
    trail.append("city.founded", facts, at=at)
    for seat, person in enumerate(founders, start=1):
        _seat(person, seat, sk_number, sk_date, at)
    return city.as_facts()


def _seat(person: int, seat: int, sk_number: str, sk_date: date, at: datetime) -> None:
    row = Appointment.objects.create(
        person_id=person,
        role=Role.PENGELOLA_SISTEM,
        acting=Acting.DEFINITIVE,
        sk_number=sk_number,
        sk_date=sk_date,
        valid_from=sk_date,
        state=AppointmentState.MADE,
        founding_seat=seat,
        recorded_at=at,
    )
    take_step(row, "founded", None, at)
    trail.append("appointment.made", public_facts(row, identity.names([person])), at=at)


def _region(code: str, on: date) -> RegionFacts | None:
    try:
        return queries.region_by_code(code, on)
    except NotThere:
        return None


def _refusals(
    region: RegionFacts | None, zone: str, founders: tuple[int, int], sk_number: str
) -> list[Reason]:
    return rules.applying(
        [
            (
                queries.has_city() or queries.has_appointments(),
                Reason("regions.founded", N_("Kota ini sudah didirikan; pendirian hanya sekali.")),
            ),
            (
                region is None,
                Reason(
                    "regions.no_region",
                    N_("Kode wilayah ini tidak tercatat pada tanggal SK."),
                    at="region",
                    mend=N_("Impor dahulu wilayahnya: kawal import regions BERKAS.csv"),
                ),
            ),
            (
                zone not in ZONES,
                Reason("regions.zone", N_("Zona waktu harus WIB, WITA, atau WIT."), at="zone"),
            ),
            (
                founders[0] == founders[1],
                Reason("regions.one_founder", N_("Pendirinya harus dua orang."), at="founders"),
            ),
            (
                not sk_number.strip(),
                Reason("regions.no_decree", N_("Isi nomor SK penunjukan."), at="sk_number"),
            ),
        ]
    )
