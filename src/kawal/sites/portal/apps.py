"""Django's entry for the pages."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "kawal.sites.portal"
    label = "portal"
