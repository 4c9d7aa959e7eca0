"""How an agency or unit may be, and when a new version of it may begin (Permendagri 90/2019)."""

import re
from datetime import date

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.regions.facts import AgencyDraft, AgencyFacts, AgencyKind, AgencyStatus
from kawal.regions.rules.cases import applying

CODE = re.compile(r"\d\.\d{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}\.\d{4}")
TOP = frozenset({AgencyKind.SKPD, AgencyKind.KECAMATAN})


def agency_refusals(
    draft: AgencyDraft, *, parent: AgencyFacts | None, code_taken: bool
) -> list[Reason]:
    """Return why an agency or unit cannot be as drafted."""
    is_unit = draft.parent_id is not None
    return _code_refusals(draft, parent, code_taken) + applying(
        [
            (
                is_unit and (parent is None or parent.status is AgencyStatus.CLOSED),
                Reason("regions.no_parent", N_("SKPD induknya tidak ada."), at="parent"),
            ),
            (
                is_unit == (draft.kind in TOP),
                Reason(
                    "regions.kind_level",
                    N_("SKPD dan kecamatan tidak berinduk; unit, UPTD, dan kelurahan berinduk."),
                    at="kind",
                ),
            ),
            (not draft.name.strip(), Reason("regions.no_name", N_("Isi namanya."), at="name")),
            (
                not draft.legal_basis.strip(),
                Reason(
                    "regions.no_basis",
                    N_("Sebutkan dasar hukumnya (Perda atau Perwal SOTK)."),
                    at="legal_basis",
                ),
            ),
        ]
    )


def _code_refusals(
    draft: AgencyDraft, parent: AgencyFacts | None, code_taken: bool
) -> list[Reason]:
    if not CODE.fullmatch(draft.code):
        text = N_("Kode perangkat daerah berbentuk X.XX.X.XX.X.XX.XX.XXXX (22 karakter).")
        return [Reason("regions.agency_code", text, at="code")]
    return applying(
        [
            (
                code_taken,
                Reason(
                    "regions.code_taken",
                    N_("Kode ini dipakai perangkat daerah lain yang aktif."),
                    at="code",
                ),
            ),
            (
                (draft.parent_id is not None) == draft.code.endswith(".0000"),
                Reason(
                    "regions.unit_code",
                    N_("Empat angka terakhir 0000 untuk SKPD, selain itu untuk unitnya."),
                    at="code",
                ),
            ),
            (
                parent is not None and draft.code[:17] != parent.code[:17],
                Reason(
                    "regions.unit_prefix",
                    N_("Kode unit tidak diawali kode SKPD-nya (%(parent)s)."),
                    at="code",
                    values={"parent": parent.code[:17] if parent else ""},
                ),
            ),
        ]
    )


def version_refusals(*, current_from: date, valid_from: date) -> list[Reason]:
    """Return why a version cannot follow an agency's last one on a day."""
    if valid_from > current_from:
        return []
    return [
        Reason(
            "regions.not_after",
            N_("Perubahan harus berlaku setelah %(since)s."),
            at="valid_from",
            mend=N_("Versi terakhirnya mulai pada hari itu; yang sudah tercatat tidak diubah."),
            values={"since": current_from.isoformat()},
        )
    ]


def closing_refusals(current: AgencyFacts, *, legal_basis: str) -> list[Reason]:
    """Return why an agency cannot be closed."""
    return applying(
        [
            (
                current.status is AgencyStatus.CLOSED,
                Reason("regions.agency_closed", N_("Perangkat daerah ini ditutup."), at="agency"),
            ),
            (
                not legal_basis.strip(),
                Reason(
                    "regions.no_basis",
                    N_("Sebutkan dasar hukumnya (Perda atau Perwal SOTK)."),
                    at="legal_basis",
                ),
            ),
        ]
    )
