"""Django's entry for the module."""

from django.apps import AppConfig


class TreasuryConfig(AppConfig):
    name = "kawal.treasury"
    label = "treasury"

    def ready(self) -> None:
        """Grant acts, register states, public events, parameters and the menu."""
        from kawal.kernel import machines
        from kawal.nomenclature.registry import declare
        from kawal.trail import registry
        from kawal.treasury import declared, kinds, menu, permissions
        from kawal.treasury.facts.machines import MACHINES

        machines.register(*MACHINES)
        registry.register(*kinds.KINDS)
        declare(*declared.PARAMETERS)
        permissions.register()
        menu.register_items()
