"""Django's entry for the pages."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "kawal.sites.office"
    label = "office"

    def ready(self) -> None:
        """Add the desk's own lines to the menus."""
        from kawal.sites.office import menu

        menu.register()
