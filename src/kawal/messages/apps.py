"""Django's entry for the module."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "kawal.messages"
    label = "messages"

    def ready(self) -> None:
        """Grant the module's acts and put its pages into the menus."""
        from kawal.messages import menu, permissions

        permissions.register()
        menu.register()
