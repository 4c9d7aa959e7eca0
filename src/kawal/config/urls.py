"""Every address of the product, by module."""

from django.urls import URLPattern, URLResolver, include, path

from kawal.config import health, metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics.view),
    path("ui/", include("kawal.ui.urls")),
    path("", include("kawal.sites.portal.urls")),
]
