"""Django's entry for the module."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "kawal.budget"
    label = "budget"

    def ready(self) -> None:
        """Grant acts, register public events, documents, parameters and the menu."""
        from kawal.budget import (
            calendar_findings,
            declared,
            document_kinds,
            kinds,
            marked_workbooks,
            menu,
            permissions,
        )
        from kawal.budget.facts.machines import MACHINES
        from kawal.kernel import machines
        from kawal.monitoring import findings
        from kawal.nomenclature.registry import declare
        from kawal.trail import registry

        machines.register(*MACHINES)
        registry.register(*kinds.KINDS)
        declare(*declared.PARAMETERS)
        document_kinds.register()
        marked_workbooks.register()
        permissions.register()
        findings.register(calendar_findings.SOURCE)
        menu.register_items()
