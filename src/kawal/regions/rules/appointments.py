"""Who may be appointed to what, by whom, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.regions.facts import (
    Acting,
    AgencyFacts,
    AgencyKind,
    AgencyStatus,
    AppointmentDraft,
    AppointmentFacts,
    AppointmentRecord,
    AppointmentState,
    Role,
)
from kawal.regions.roles import BOXED, KEEPERS_AT_LEAST, OF_CITY, SINGLE_HOLDER, excluded_by
from kawal.regions.rules.cases import applying, share_a_day

OF_UNITS = frozenset({Role.KPA, Role.PPK_UNIT})
OF_AGENCIES = frozenset({Role.PA, Role.PPK_SKPD})
KIND_OF_HEAD = {Role.CAMAT: AgencyKind.KECAMATAN, Role.LURAH: AgencyKind.KELURAHAN}


@dataclass(frozen=True, slots=True)
class Post:
    """What is known where somebody is to be appointed: the agency, and who holds what."""

    agency: AgencyFacts | None
    held_by_person: Sequence[AppointmentFacts]
    held_in_post: Sequence[AppointmentFacts]
    person_is_active: bool


def draft_refusals(draft: AppointmentDraft, *, proposer_id: int, today: date) -> list[Reason]:
    """Return why a proposal cannot stand by itself, whoever else holds what."""
    is_boxed = draft.role in BOXED or draft.acting is not Acting.DEFINITIVE
    return applying(
        [
            (
                draft.person_id == proposer_id,
                Reason(
                    "regions.own_proposal",
                    N_("Tidak seorang pun mengusulkan dirinya sendiri."),
                    at="person",
                    mend=N_("Mintalah orang lain mengusulkannya."),
                ),
            ),
            (
                not draft.sk_number.strip(),
                Reason("regions.no_decree", N_("Isi nomor SK penunjukan."), at="sk_number"),
            ),
            (
                draft.sk_date > today,
                Reason("regions.decree_ahead", N_("Tanggal SK di masa depan."), at="sk_date"),
            ),
            (
                draft.valid_until is not None and draft.valid_until < draft.valid_from,
                Reason(
                    "regions.days_reversed",
                    N_("Hari terakhir mendahului hari pertama."),
                    at="valid_until",
                ),
            ),
            (
                is_boxed and draft.valid_until is None,
                Reason(
                    "regions.needs_last_day",
                    N_("Penunjukan ini harus menyebut hari terakhirnya."),
                    at="valid_until",
                    mend=N_("Plt, Plh, pemeriksa, dan auditor ditunjuk untuk waktu tertentu."),
                ),
            ),
        ]
    )


def post_refusals(draft: AppointmentDraft, post: Post) -> list[Reason]:
    """Return why the person cannot hold this post in these days, given who holds what."""
    days = (draft.valid_from, draft.valid_until)
    held = [a for a in post.held_by_person if share_a_day(days, (a.valid_from, a.valid_until))]
    barred = excluded_by(draft.role)
    reasons = _agency_refusals(draft, post.agency) + applying(
        [
            (
                not post.person_is_active,
                Reason("regions.person_closed", N_("Orang ini sudah tidak aktif."), at="person"),
            ),
            (
                any(a.role is draft.role and a.agency_id == draft.agency_id for a in held),
                Reason(
                    "regions.already_appointed",
                    N_("Orang ini sudah memegang jabatan itu pada waktu yang sama."),
                    at="person",
                ),
            ),
            (
                _is_taken(draft, post.held_in_post),
                Reason(
                    "regions.post_taken",
                    N_("Jabatan ini sudah dipegang orang lain pada waktu yang sama."),
                    at="role",
                    mend=N_("Akhiri dahulu penunjukan pejabat lama."),
                ),
            ),
        ]
    )
    return reasons + [
        Reason(
            "regions.roles_exclude",
            N_("%(held)s tidak boleh dirangkap dengan %(role)s."),
            at="role",
            mend=N_("Pemisahan tugas: UU 1/2004 Ps 10(4), PP 12/2019 Ps 14."),
            values={"held": a.role.short, "role": draft.role.short},
        )
        for a in held
        if a.role in barred
    ]


def _is_taken(draft: AppointmentDraft, others: Sequence[AppointmentFacts]) -> bool:
    """Tell whether a post of one holder has one; a Plh stands beside it, two of them do not."""
    is_plh = draft.acting is Acting.PLH
    days = (draft.valid_from, draft.valid_until)
    return draft.role in SINGLE_HOLDER and any(
        (a.acting is Acting.PLH) == is_plh and share_a_day(days, (a.valid_from, a.valid_until))
        for a in others
        if a.person_id != draft.person_id
    )


def _agency_refusals(draft: AppointmentDraft, agency: AgencyFacts | None) -> list[Reason]:
    of_city = draft.role in OF_CITY
    reasons = applying(
        [
            (
                of_city and draft.agency_id is not None,
                Reason(
                    "regions.role_of_city",
                    N_("%(role)s bertugas untuk seluruh kota, bukan satu perangkat daerah."),
                    at="agency",
                    values={"role": draft.role.short},
                ),
            ),
            (
                not of_city and agency is None,
                Reason(
                    "regions.needs_agency", N_("Pilih perangkat daerah atau unitnya."), at="agency"
                ),
            ),
        ]
    )
    if agency is None:
        return reasons
    head_of = KIND_OF_HEAD.get(draft.role, agency.kind)
    return reasons + applying(
        [
            (
                agency.status is AgencyStatus.CLOSED,
                Reason("regions.agency_closed", N_("Perangkat daerah ini ditutup."), at="agency"),
            ),
            (
                (draft.role in OF_UNITS and agency.parent_id is None)
                or (draft.role in OF_AGENCIES and agency.parent_id is not None)
                or head_of is not agency.kind,
                Reason(
                    "regions.wrong_level",
                    N_("%(role)s tidak ditunjuk pada %(agency)s."),
                    at="agency",
                    mend=N_("PA dan PPK-SKPD pada SKPD, KPA dan PPK Unit pada unitnya."),
                    values={"role": draft.role.short, "agency": agency.name},
                ),
            ),
        ]
    )


def decision_refusals(record: AppointmentRecord, *, decider_id: int) -> list[Reason]:
    """Return why this person cannot approve or reject this proposal."""
    return applying(
        [
            (
                record.state is not AppointmentState.PROPOSED,
                Reason("regions.not_proposed", N_("Usulan ini sudah diputuskan.")),
            ),
            (
                record.draft.person_id == decider_id,
                Reason(
                    "regions.own_appointment",
                    N_("Tidak seorang pun menunjuk dirinya sendiri."),
                    mend=N_("Mintalah orang ketiga memutuskannya."),
                ),
            ),
            (
                record.proposed_by == decider_id,
                Reason(
                    "regions.alone",
                    N_("Pengusul tidak memutuskan usulannya sendiri."),
                    mend=N_("Mintalah orang kedua memutuskannya."),
                ),
            ),
        ]
    )


def end_refusals(record: AppointmentRecord, *, last_day: date, keepers_left: int) -> list[Reason]:
    """Return why an appointment cannot end on a day; ``keepers_left`` administrators remain."""
    draft = record.draft
    return applying(
        [
            (
                record.state is not AppointmentState.MADE,
                Reason("regions.not_in_force", N_("Penunjukan ini tidak sedang berlaku.")),
            ),
            (
                draft.valid_until is not None and last_day > draft.valid_until,
                Reason(
                    "regions.ends_sooner",
                    N_("Penunjukan ini sudah berakhir lebih awal dari itu."),
                    at="last_day",
                    mend=N_("Perpanjangan adalah penunjukan baru, dengan SK-nya sendiri."),
                ),
            ),
            (
                draft.role is Role.PENGELOLA_SISTEM and keepers_left < KEEPERS_AT_LEAST,
                Reason(
                    "regions.last_keepers",
                    N_("Harus tetap ada dua pengelola sistem."),
                    mend=N_("Tunjuk dahulu penggantinya."),
                ),
            ),
        ]
    )
