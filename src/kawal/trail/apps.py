"""Django's entry for the module."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "kawal.trail"
    label = "trail"

    def ready(self) -> None:
        """Register the trail's own kinds."""
        from kawal.trail import own_kinds, registry

        registry.register(own_kinds.STARTED, own_kinds.SEALED)
