"""Django's entry for the module."""

from django.apps import AppConfig

from kawal.ui.catalogues import compiled


class UIConfig(AppConfig):
    name = "kawal.ui"
    label = "ui"

    def ready(self) -> None:
        """See that the words are compiled before the first page asks for them."""
        compiled.compile_all()
