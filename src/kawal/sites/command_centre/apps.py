"""Django's entry for the pages."""

from django.apps import AppConfig


class CommandCentreConfig(AppConfig):
    name = "kawal.sites.command_centre"
    label = "command_centre"

    def ready(self) -> None:
        """Register acts, public events, menu lines and the live topic."""
        from kawal.sites.command_centre import live, menu, own_kinds, permissions

        permissions.register()
        own_kinds.register()
        menu.register()
        live.register()
