"""When power is lent in an emergency: by two administrators, for hours, for a reason."""

from datetime import datetime, timedelta

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.regions.facts import AgencyFacts, AgencyStatus, BreakGlassFacts, Role
from kawal.regions.roles import BREAK_GLASS_MOST, BREAK_GLASS_WAITS, EMERGENCY, OF_CITY
from kawal.regions.rules.cases import applying


def break_glass_refusals(
    *, role: Role, agency: AgencyFacts | None, reason: str, length: timedelta, has_agency: bool
) -> list[Reason]:
    """Return why emergency power cannot be asked for like this."""
    return applying(
        [
            (
                role not in EMERGENCY,
                Reason(
                    "regions.not_lendable",
                    N_("Peran ini tidak pernah dipinjamkan dalam keadaan darurat."),
                    at="role",
                ),
            ),
            (
                (role in OF_CITY) == has_agency,
                Reason("regions.wrong_agency", N_("Perangkat daerah tidak cocok."), at="agency"),
            ),
            (
                has_agency and (agency is None or agency.status is AgencyStatus.CLOSED),
                Reason("regions.agency_closed", N_("Perangkat daerah ini ditutup."), at="agency"),
            ),
            (
                len(reason.strip()) < 10,
                Reason(
                    "regions.no_reason",
                    N_("Tulis alasannya; alasan ini dibaca publik."),
                    at="reason",
                ),
            ),
            (
                not timedelta() < length <= BREAK_GLASS_MOST,
                Reason("regions.too_long", N_("Paling lama delapan jam."), at="hours"),
            ),
        ]
    )


def granting_refusals(asked: BreakGlassFacts, *, granter_id: int, at: datetime) -> list[Reason]:
    """Return why this person cannot grant this emergency power now."""
    return applying(
        [
            (
                asked.granted_at is not None or asked.closed_at is not None,
                Reason("regions.already_granted", N_("Permintaan ini sudah dijawab.")),
            ),
            (
                granter_id in {asked.asked_by, asked.person_id},
                Reason(
                    "regions.alone",
                    N_("Akses darurat dibuka oleh dua orang."),
                    mend=N_("Mintalah pengelola sistem yang lain."),
                ),
            ),
            (
                at > asked.asked_at + BREAK_GLASS_WAITS,
                Reason("regions.request_void", N_("Permintaan ini sudah lewat satu jam.")),
            ),
        ]
    )
