"""Addresses of this module, below ``office/penatausahaan/``."""

from django.urls import URLPattern, URLResolver

from kawal.treasury import urls_cash

app_name = "treasury"
urlpatterns: list[URLPattern | URLResolver] = [*urls_cash.urlpatterns]
