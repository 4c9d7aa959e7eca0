"""Django's entry for the module."""

from django.apps import AppConfig


class NomenclatureConfig(AppConfig):
    name = "kawal.nomenclature"
    label = "nomenclature"

    def ready(self) -> None:
        """Grant this module's acts and register its public events."""
        from kawal.nomenclature import acts, kinds
        from kawal.trail import registry

        registry.register(*kinds.KINDS)
        acts.register()
