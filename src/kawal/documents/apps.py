"""Django's entry for the module."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "kawal.documents"
    label = "documents"

    def ready(self) -> None:
        """Register the module's public events and its line in the menu."""
        from kawal.documents import kinds
        from kawal.kernel.words import N_
        from kawal.ui import navigation

        kinds.register_kinds()
        navigation.register(
            navigation.Item("public", N_("Periksa dokumen"), "documents:ask", order=80)
        )
