"""Django's entry for the module."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "kawal.identity"
    label = "identity"

    def ready(self) -> None:
        """Listen to who comes and goes."""
        from kawal.identity import signals  # noqa: F401
