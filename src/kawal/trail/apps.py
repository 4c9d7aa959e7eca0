"""Django's entry for the module."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "kawal.trail"
    label = "trail"

    def ready(self) -> None:
        """Register the trail's own kinds, and its figures."""
        from kawal.kernel import measures
        from kawal.trail import own_kinds, queries, registry

        registry.register(own_kinds.STARTED, own_kinds.SEALED)
        measures.register("kawal_trail_entries", "Entries placed in the log", queries.placed)
        measures.register("kawal_trail_waiting", "Events without a place yet", queries.waiting)
