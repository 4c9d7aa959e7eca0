"""Addresses of the years, the ceilings and the TAPD's desk, below ``office/anggaran/``."""

from django.urls import URLPattern, path

from kawal.budget.views import ceilings, verification, years

urlpatterns: list[URLPattern] = [
    path("", years.home, name="home"),
    path("tahun-baru/", years.open_year, name="open_year"),
    path("<int:year>/pagu/", ceilings.ceilings, name="ceilings"),
    path("<int:year>/pagu/baru/", ceilings.set_ceilings, name="ceilings_set"),
    path("<int:year>/verifikasi/", verification.verification, name="verification"),
    path("verifikasi/<int:sheet_id>/", verification.verify_sheet, name="verify_sheet"),
    path("verifikasi/<int:sheet_id>/catatan/", verification.write_note, name="note_write"),
    path(
        "verifikasi/<int:sheet_id>/catatan/<int:note_id>/cabut/",
        verification.withdraw_note,
        name="note_withdraw",
    ),
    path("verifikasi/<int:sheet_id>/putus/", verification.decide, name="verify_decide"),
]
