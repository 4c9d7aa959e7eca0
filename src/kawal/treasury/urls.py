"""Addresses of this module, below ``office/penatausahaan/``."""

from django.urls import URLPattern, URLResolver

app_name = "treasury"
urlpatterns: list[URLPattern | URLResolver] = []
