"""Django's entry for the pages."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "kawal.sites.office"
    label = "office"
