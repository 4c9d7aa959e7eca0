"""Django's entry for the module."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "kawal.regions"
    label = "regions"

    def ready(self) -> None:
        """Grant this module's acts and register its public events."""
        from kawal.regions import acts, kinds, menu, of_persons
        from kawal.trail import registry

        registry.register(*kinds.KINDS)
        acts.register()
        of_persons.register()
        menu.register_items()
