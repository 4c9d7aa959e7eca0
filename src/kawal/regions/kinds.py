"""The public events of this module: who was appointed, what became of an agency, what opened."""

from dataclasses import replace

from kawal.kernel.words import N_
from kawal.regions.facts import Acting, AgencyKind, Role
from kawal.trail.registry import Choice, Code, Day, Digest, Flag, Instant, Integer, Kind, Many, Text

_AGENCY = r"\d\.\d{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}\.\d{4}"
_REGION = r"\d\d(?:\.\d\d){0,2}(?:\.\d{4})?"
_ROLE = Choice(tuple(role.value for role in Role))
_PERSON = Text(200)
_DECREE = Text(100)

_APPOINTMENT = {
    "appointment": Integer(min=1),
    "person": _PERSON,
    "role": _ROLE,
    "agency_code": Code(_AGENCY, optional=True),
    "acting": Choice(tuple(acting.value for acting in Acting)),
    "sk_number": _DECREE,
    "sk_date": Day(),
    "sk_sha256": Digest(optional=True),
    "valid_from": Day(),
    "valid_until": Day(optional=True),
}
_AGENCY_FIELDS = {
    "agency": Integer(min=1),
    "code": Code(_AGENCY),
    "name": Text(160),
    "kind": Choice(tuple(kind.value for kind in AgencyKind)),
    "parent_code": Code(_AGENCY, optional=True),
    "valid_from": Day(),
    "legal_basis": Text(200),
}
_LENT = {
    "request": Integer(min=1),
    "person": _PERSON,
    "role": _ROLE,
    "agency_code": Code(_AGENCY, optional=True),
}

_WORDS = {
    "acting": N_("Cara menjabat"),
    "agency": N_("Nomor perangkat daerah"),
    "agency_code": N_("Kode perangkat daerah"),
    "appointment": N_("Nomor penunjukan"),
    "asked_by": N_("Diminta oleh"),
    "before_it_began": N_("Batal sebelum berlaku"),
    "code": N_("Kode"),
    "code_before": N_("Kode sebelumnya"),
    "decided_by": N_("Diputuskan oleh"),
    "decree": N_("Nomor keputusan"),
    "decree_date": N_("Tanggal keputusan"),
    "ended_at": N_("Berakhir pada"),
    "ended_by": N_("Diakhiri oleh"),
    "founders": N_("Pendiri"),
    "granted_by": N_("Disetujui oleh"),
    "kind": N_("Jenis"),
    "last_day": N_("Hari terakhir"),
    "legal_basis": N_("Dasar hukum"),
    "module": N_("Modul"),
    "name": N_("Nama"),
    "name_before": N_("Nama sebelumnya"),
    "parent_code": N_("Kode induk"),
    "person": N_("Nama pejabat"),
    "predecessor_code": N_("Kode pendahulu"),
    "proposed_by": N_("Diusulkan oleh"),
    "reason": N_("Alasan"),
    "region": N_("Kode wilayah"),
    "request": N_("Nomor permintaan"),
    "role": N_("Peran"),
    "sk_date": N_("Tanggal SK"),
    "sk_number": N_("Nomor SK"),
    "sk_sha256": N_("SHA-256 berkas SK"),
    "successor_code": N_("Kode penerus"),
    "until": N_("Sampai"),
    "valid_from": N_("Berlaku mulai"),
    "valid_until": N_("Berlaku sampai"),
}

_KINDS = (
    Kind(
        "city.founded",
        label=N_("Kota didirikan"),
        about="region",
        fields={
            "region": Code(_REGION),
            "name": Text(120),
            "sk_number": _DECREE,
            "sk_date": Day(),
            "founders": Many(_PERSON, 2),
        },
    ),
    Kind(
        "city.went_live",
        label=N_("Kota mulai berjalan sungguhan"),
        about="region",
        fields={"region": Code(_REGION), "decree": _DECREE, "decree_date": Day()},
    ),
    Kind(
        "appointment.proposed",
        label=N_("Penunjukan diusulkan"),
        about="appointment",
        fields=_APPOINTMENT | {"proposed_by": _PERSON},
    ),
    Kind(
        "appointment.made",
        label=N_("Pejabat ditunjuk"),
        about="appointment",
        fields=_APPOINTMENT | {"decided_by": Text(200, optional=True)},
    ),
    Kind(
        "appointment.rejected",
        label=N_("Usulan penunjukan ditolak"),
        about="appointment",
        fields={"appointment": Integer(min=1), "decided_by": _PERSON},
    ),
    Kind(
        "appointment.ended",
        label=N_("Penunjukan berakhir"),
        about="appointment",
        fields={
            "appointment": Integer(min=1),
            "person": _PERSON,
            "role": _ROLE,
            "agency_code": Code(_AGENCY, optional=True),
            "last_day": Day(),
            "before_it_began": Flag(),
            "ended_by": _PERSON,
        },
    ),
    Kind(
        "emergency.started",
        label=N_("Akses darurat dibuka"),
        about="request",
        fields=_LENT
        | {
            "reason": Text(500),
            "asked_by": _PERSON,
            "granted_by": _PERSON,
            "until": Instant(),
        },
    ),
    Kind(
        "emergency.ended",
        label=N_("Akses darurat berakhir"),
        about="request",
        fields=_LENT | {"ended_at": Instant(), "ended_by": Text(200, optional=True)},
    ),
    Kind(
        "agency.created",
        label=N_("Perangkat daerah dibentuk"),
        about="code",
        fields=_AGENCY_FIELDS,
    ),
    Kind(
        "agency.amended",
        label=N_("Perangkat daerah diubah"),
        about="code",
        fields=_AGENCY_FIELDS | {"code_before": Code(_AGENCY), "name_before": Text(160)},
    ),
    Kind(
        "agency.closed",
        label=N_("Perangkat daerah ditutup"),
        about="code",
        fields={
            "agency": Integer(min=1),
            "code": Code(_AGENCY),
            "name": Text(160),
            "last_day": Day(),
            "legal_basis": Text(200),
        },
    ),
    Kind(
        "agency.succeeded",
        label=N_("Perangkat daerah digantikan"),
        about="predecessor_code",
        fields={
            "predecessor_code": Code(_AGENCY),
            "successor_code": Code(_AGENCY),
            "valid_from": Day(),
            "legal_basis": Text(200),
        },
    ),
    Kind(
        "module.opened",
        label=N_("Modul dibuka untuk publik"),
        about="module",
        fields={"module": Code(r"[a-z_]{2,40}"), "decree": _DECREE, "decree_date": Day()},
    ),
    Kind(
        "module.closed",
        label=N_("Modul ditutup untuk publik"),
        about="module",
        fields={"module": Code(r"[a-z_]{2,40}"), "decree": _DECREE},
    ),
)


KINDS = tuple(replace(one, words={name: _WORDS[name] for name in one.fields}) for one in _KINDS)
