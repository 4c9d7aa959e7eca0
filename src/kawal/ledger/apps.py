"""Django's entry for the module."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "kawal.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Grant acts, register public events, parameters and the menu."""
        from kawal.ledger import declared, kinds, menu, permissions
        from kawal.nomenclature.registry import declare
        from kawal.trail import registry

        registry.register(*kinds.KINDS)
        declare(*declared.PARAMETERS)
        permissions.register()
        menu.register_items()
