"""The public events of this module: who was appointed, what became of an agency, what opened."""

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

KINDS = (
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
