"""Django's entry for the module."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "kawal.messages"
    label = "messages"

    def ready(self) -> None:
        """Grant the module's acts and put its pages into the menus."""
        from kawal.kernel import measures
        from kawal.messages import menu, permissions, presenters

        permissions.register()
        menu.register()
        measures.register(
            "kawal_messages_deliveries", "E-mail deliveries by state", presenters.measured
        )
