"""Django's entry for the module."""

from django.apps import AppConfig


class NomenclatureConfig(AppConfig):
    name = "kawal.nomenclature"
    label = "nomenclature"

    def ready(self) -> None:
        """Grant acts, register public events and the menu."""
        from kawal.nomenclature import acts, kinds, menu
        from kawal.trail import registry

        registry.register(*kinds.KINDS)
        acts.register()
        menu.register_items()
