"""Every address of the product, by module."""

from django.urls import URLPattern, URLResolver, path

from kawal.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]
