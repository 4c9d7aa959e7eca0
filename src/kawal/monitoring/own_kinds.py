"""The public events of monitoring: what was registered and decided, what broke and was mended.

An application that its owner keeps from the public is named by its agency only. No person is
named: an incident says in which role it was taken.
"""

from dataclasses import replace

from kawal.kernel.words import N_
from kawal.monitoring.facts import Criticality, Decision, Severity
from kawal.regions.facts import Role
from kawal.trail.registry import (
    Choice,
    Code,
    Day,
    Flag,
    Instant,
    Integer,
    Kind,
    Text,
)
from kawal.trail.registry import (
    register as register_kinds,
)

_AGENCY = Code(r"\d\.\d{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}\.\d{4}")
_ID = Integer(min=1)
_ROLE = Choice(tuple(role.value for role in Role), optional=True)
_DECISIONS = Choice(tuple(decision.value for decision in Decision))
_APPLICATION = {"application": _ID, "agency_code": _AGENCY, "name": Text(120, optional=True)}
_INCIDENT = _APPLICATION | {
    "incident": _ID,
    "severity": Integer(min=min(Severity), max=max(Severity)),
    "opened_at": Instant(),
}

_WORDS = {
    "agency_code": N_("Kode perangkat daerah"),
    "application": N_("Nomor aplikasi"),
    "by_checks": N_("Oleh pemeriksaan"),
    "contract_soon_days": N_("Kontrak segera habis dalam (hari)"),
    "criticality": N_("Kekritisan"),
    "decision": N_("Keputusan"),
    "incident": N_("Nomor insiden"),
    "legal_basis": N_("Dasar hukum"),
    "many_users": N_("Pengguna banyak mulai dari"),
    "merge_into": N_("Digabung ke"),
    "name": N_("Nama"),
    "opened_at": N_("Dibuka pada"),
    "opening": N_("Nomor pembukaan"),
    "red_after": N_("Merah sesudah (detik)"),
    "reopen_within": N_("Dibuka kembali dalam (detik)"),
    "role": N_("Peran"),
    "severity": N_("Keparahan"),
    "solve_within": N_("Selesai dalam (detik)"),
    "stale_after": N_("Basi sesudah (detik)"),
    "take_within": N_("Diterima dalam (detik)"),
    "unused_after_days": N_("Tidak dipakai sesudah (hari)"),
    "uptime_target": N_("Target ketersediaan (persen)"),
    "valid_from": N_("Berlaku mulai"),
    "why": N_("Alasan"),
}

_KINDS = (
    Kind(
        "application.registered",
        label=N_("Aplikasi didaftarkan"),
        about="name",
        fields=_APPLICATION | {"criticality": Integer(min=min(Criticality), max=max(Criticality))},
    ),
    Kind(
        "application.decided",
        label=N_("Nasib aplikasi diputuskan"),
        about="name",
        fields=_APPLICATION
        | {"decision": _DECISIONS, "why": Text(500), "merge_into": Integer(min=1, optional=True)},
    ),
    Kind(
        "application.retired",
        label=N_("Aplikasi dihentikan"),
        about="name",
        fields=_APPLICATION | {"why": Text(500)},
    ),
    Kind(
        "incident.opened",
        label=N_("Insiden dibuka"),
        about="incident",
        fields=_INCIDENT | {"by_checks": Flag()},
    ),
    Kind(
        "incident.acknowledged",
        label=N_("Insiden diterima untuk ditangani"),
        about="incident",
        fields=_INCIDENT | {"role": _ROLE},
    ),
    Kind(
        "incident.resolved",
        label=N_("Insiden selesai"),
        about="incident",
        fields=_INCIDENT | {"role": _ROLE, "by_checks": Flag()},
    ),
    Kind(
        "incident.reopened",
        label=N_("Insiden dibuka kembali"),
        about="incident",
        fields=_INCIDENT | {"role": _ROLE, "by_checks": Flag()},
    ),
    Kind(
        "network.opened",
        label=N_("Jaringan dalam dibuka untuk pemeriksaan"),
        about="opening",
        fields={"opening": _ID, "why": Text(300)},
        private=frozenset({"network", "first_port", "last_port"}),
    ),
    Kind(
        "network.closed",
        label=N_("Jaringan dalam ditutup untuk pemeriksaan"),
        about="opening",
        fields={"opening": _ID},
    ),
    Kind(
        "monitoring.policy_set",
        label=N_("Batas pengawasan ditetapkan"),
        about="legal_basis",
        fields={
            "valid_from": Day(),
            "legal_basis": Text(200),
            "many_users": Integer(min=0),
            "reopen_within": Integer(min=0),
            "unused_after_days": Integer(min=1),
            "contract_soon_days": Integer(min=0),
            "red_after": Integer(min=0),
            "stale_after": Integer(min=1),
            "take_within": Integer(min=1, optional=True),
            "solve_within": Integer(min=1, optional=True),
            "uptime_target": Code(r"\d{1,3}\.\d{3}", optional=True),
        },
    ),
)

KINDS = tuple(replace(one, words={name: _WORDS[name] for name in one.fields}) for one in _KINDS)


def register() -> None:
    """Make the kinds known to the trail."""
    register_kinds(*KINDS)
