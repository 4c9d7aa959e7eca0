"""Every address of the product, by module."""

from django.urls import URLPattern, URLResolver, include, path

from kawal.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("ui/", include("kawal.ui.urls")),
    path("", include("kawal.sites.portal.urls")),
]
