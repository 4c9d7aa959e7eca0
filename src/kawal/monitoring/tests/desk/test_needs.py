"""What waits for a decision is ranked, says whose it is, and says honestly what happens next."""

from datetime import date, timedelta
from decimal import Decimal

from kawal.monitoring import queries
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import IncidentState, Severity, State
from kawal.monitoring.models import Policy
from kawal.monitoring.overviews import NeedKind
from kawal.monitoring.tests.desk.conftest import NOON, TODAY, a_person, ago
from kawal.regions.facts import Scope
from kawal.ui.jinja import said


def set_policy(**changes):
    values = {
        "many_users": 5000,
        "reopen_within": 900,
        "unused_after_days": 90,
        "contract_soon_days": 30,
        "red_after": 900,
        "stale_after": 86_400,
    }
    Policy.objects.create(
        valid_from=date(2026, 1, 1),
        legal_basis="Keputusan Wali Kota 1/2026",
        recorded_at=NOON,
        **(values | changes),
    )


def test_the_most_pressing_comes_first(pendapatan, application, check, incident):
    set_policy(take_within=300, solve_within=3600)
    used = {"users": 5, "users_on": TODAY, "last_login_on": TODAY}
    pbb = application(pendapatan, "e-PBB", contract_ends=date(2026, 12, 1), **used)
    application(pendapatan, "e-Cuti", cost=Decimal(48_000_000), users=0, users_on=TODAY)
    check(pbb, State.WARN, name="Sertifikat", code=Code.CERT_SOON, detail="6", counts=False)
    incident(pbb, "Basis data menolak", severity=Severity.MEDIUM)
    incident(pbb, "Halaman mati", severity=Severity.CRITICAL)
    taken = {
        "state": IncidentState.ACKNOWLEDGED,
        "acknowledged_at": ago(hours=2),
        "acknowledged_by_id": a_person("Siti"),
    }
    incident(pbb, "Sudah lama", severity=Severity.HIGH, opened_at=ago(hours=3), **taken)
    found = queries.needs_decision(NOON)
    assert [(need.kind, said(need.what), said(need.next)) for need in found] == [
        (
            NeedKind.NOT_TAKEN,
            "e-PBB: Halaman mati",
            "Belum diterima oleh operator OPD; batasnya 5 menit",
        ),
        (
            NeedKind.TOO_LONG,
            "e-PBB: Sudah lama",
            "Ditangani sejak 2 jam, batasnya 1 jam: periksa hambatannya",
        ),
        (
            NeedKind.MINOR_NOT_TAKEN,
            "e-PBB: Basis data menolak",
            "Belum diterima oleh operator OPD; batasnya 5 menit",
        ),
        (
            NeedKind.CERTIFICATE,
            "e-PBB: sertifikat berakhir 30 November 2026",
            "Perbarui sertifikat sebelum peramban menolaknya",
        ),
        (
            NeedKind.CONTRACT,
            "e-PBB: kontrak berakhir 1 Desember 2026",
            "Putuskan: dipertahankan, digabung, atau dihentikan",
        ),
        (
            NeedKind.UNUSED,
            "e-Cuti: dibayar Rp48.000.000 setahun, login terakhir tidak diketahui",
            "Putuskan: dipertahankan, digabung, atau dihentikan",
        ),
    ]
    assert [need.due for need in found[3:5]] == [date(2026, 11, 30), date(2026, 12, 1)]
    assert [need.kind for need in queries.needs_decision(NOON, limit=2)] == [
        NeedKind.NOT_TAKEN,
        NeedKind.TOO_LONG,
    ]


def test_what_is_in_hand_waits_for_nobody_while_no_limit_is_set(pendapatan, application, incident):
    taken = {
        "state": IncidentState.ACKNOWLEDGED,
        "acknowledged_at": ago(days=2),
        "acknowledged_by_id": a_person("Siti"),
    }
    incident(application(pendapatan, "e-PBB"), opened_at=ago(days=3), **taken)
    assert queries.needs_decision(NOON) == []


def test_no_limit_is_named_that_the_city_has_not_set(pendapatan, application, incident):
    incident(application(pendapatan, "e-PBB"), severity=Severity.CRITICAL, opened_at=ago(hours=9))
    (need,) = queries.needs_decision(NOON)
    assert said(need.next) == "Belum diterima oleh operator OPD"


def test_data_that_stopped_are_asked_after(pendapatan, application):
    application(pendapatan, "SPMB", last_data_at=ago(days=12))
    application(pendapatan, "JDIH", last_data_at=ago(hours=23))
    (need,) = queries.needs_decision(NOON)
    assert said(need.what) == "SPMB: data terakhir 12 hari lalu"
    assert need.since == ago(days=11)


def test_what_will_be_retired_needs_no_contract_and_no_data(pendapatan, application):
    application(
        pendapatan,
        "e-Cuti",
        contract_ends=TODAY,
        last_data_at=ago(days=300),
        cost=Decimal(1),
        decision="retire",
        decision_why="Sudah ada di SIMPEG",
    )
    assert queries.needs_decision(NOON) == []


def test_needs_stay_inside_the_scope(pendapatan, pendidikan, application, incident):
    incident(application(pendapatan, "e-PBB"))
    incident(application(pendidikan, "e-Rapor"))
    mine = Scope(agency_ids=frozenset({pendidikan.pk}))
    assert [need.application for need in queries.needs_decision(NOON, scope=mine)] == ["e-Rapor"]


def test_paid_and_unused_sums_by_agency(pendapatan, pendidikan, application):
    used = {"users": 5, "users_on": TODAY, "last_login_on": TODAY}
    application(pendapatan, "e-PBB", cost=Decimal(180), **used)
    application(
        pendapatan, "Lama", cost=Decimal(50), **(used | {"last_login_on": date(2026, 8, 25)})
    )
    application(pendapatan, "Gratis", users=0, users_on=TODAY)
    application(pendidikan, "Kosong", cost=Decimal(70), **(used | {"users": 0}))
    application(pendidikan, "Entah", cost=Decimal(20))
    idle = queries.paid_and_unused(TODAY, Scope(everything=True))
    assert [(one.application.name, [said(why) for why in one.why]) for one in idle] == [
        ("Kosong", ["tidak ada pengguna"]),
        ("Lama", ["tidak ada login sejak 25 Agustus 2026"]),
        ("Entah", ["jumlah pengguna tidak diketahui", "login terakhir tidak diketahui"]),
    ]
    sums = [(one.agency_id, one.applications, one.cost) for one in queries.idle_sums(idle)]
    assert sums == [(pendidikan.pk, 2, Decimal(90)), (pendapatan.pk, 1, Decimal(50))]


def test_ninety_days_without_a_login_are_still_use(pendapatan, application):
    day = TODAY - timedelta(days=90)
    facts = {"cost": Decimal(1), "users": 5, "users_on": TODAY, "last_login_on": day}
    application(pendapatan, "e-PBB", **facts)
    assert queries.paid_and_unused(TODAY, Scope(everything=True)) == []
