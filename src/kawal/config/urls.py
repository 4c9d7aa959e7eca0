"""Every address of the product, by module."""

from django.urls import URLPattern, URLResolver, include, path

from kawal.config import health, metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics.view),
    path("akun/", include("kawal.identity.urls")),
    path("office/", include("kawal.sites.office.urls")),
    path("office/", include("kawal.monitoring.urls")),
    path("office/", include("kawal.identity.office_urls")),
    path("office/", include("kawal.nomenclature.urls")),
    path("office/anggaran/", include("kawal.budget.urls")),
    path("office/pembukuan/", include("kawal.ledger.urls")),
    path("office/penatausahaan/", include("kawal.treasury.urls")),
    path("ui/", include("kawal.ui.urls")),
    path("office/pesan/", include("kawal.messages.urls")),
    path("wall/", include("kawal.sites.command_centre.urls")),
    path("jejak/", include("kawal.trail.urls")),
    path("", include("kawal.regions.urls")),
    path("", include("kawal.documents.urls")),
    path("", include("kawal.sites.portal.status_urls")),
    path("", include("kawal.sites.portal.urls")),
]

handler400 = "kawal.sites.portal.errors.bad_request"
handler403 = "kawal.sites.portal.errors.permission_denied"
handler404 = "kawal.sites.portal.errors.not_found"
handler500 = "kawal.sites.portal.errors.server_error"
