"""Django's entry for the pages."""

from django.apps import AppConfig


class CommandCentreConfig(AppConfig):
    name = "kawal.sites.command_centre"
    label = "command_centre"
