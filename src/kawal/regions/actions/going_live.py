"""From rehearsal to service: the city's one step that is never taken back."""

from datetime import date, datetime

from django.db import transaction

from kawal.kernel.refusals import Reason, Refused
from kawal.kernel.words import N_
from kawal.regions import queries, rules
from kawal.regions.facts import CityFacts
from kawal.regions.models import City
from kawal.trail import actions as trail
from kawal.trail.facts import Deployment

REHEARSAL, LIVE = "rehearsal", "live"


@transaction.atomic
def go_live(*, decree: str, decree_date: date, at: datetime) -> CityFacts:
    """Turn a rehearsal into the real thing: seal its log, start a new one, say so in it.

    :raises Refused: with every reason; nothing is then changed.
    :raises NotThere: before there is a city.
    """
    city = queries.city()
    if reasons := refusals(city, decree=decree, decree_date=decree_date, at=at):
        raise Refused(reasons)
    City.objects.filter(pk=1, deployment=REHEARSAL).update(deployment=LIVE)
    origin = f"kawal.{LIVE}/{city.region_code}"
    trail.start_log(origin=origin, kind=Deployment(LIVE), at=at)
    facts = {"region": city.region_code, "decree": decree.strip(), "decree_date": decree_date}
    trail.append("city.went_live", facts, at=at)
    return queries.city()


def refusals(city: CityFacts, *, decree: str, decree_date: date, at: datetime) -> list[Reason]:
    """Return why this city may not go live with this decree."""
    return rules.applying(
        [
            (
                city.deployment == "demo",
                Reason(
                    "regions.demo_for_ever",
                    N_("Kota peraga tidak pernah menjadi nyata."),
                    mend=N_("Dirikan kota dalam pemasangan gladi (rehearsal) yang kosong."),
                ),
            ),
            (
                city.deployment == LIVE,
                Reason("regions.already_live", N_("Kota ini sudah berjalan sungguhan.")),
            ),
            (
                not decree.strip(),
                Reason("regions.no_decree", N_("Isi nomor keputusannya."), at="decree"),
            ),
            (
                decree_date > queries.today(at),
                Reason("regions.decree_ahead", N_("Tanggal SK di masa depan."), at="decree_date"),
            ),
        ]
    )
