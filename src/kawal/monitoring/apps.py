"""Django's entry for the module."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "kawal.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        """Grant this module's acts, register its public events, topics, menus and public pages."""
        from kawal.kernel.words import N_
        from kawal.monitoring import menu, own_kinds, permissions, told, told_findings
        from kawal.regions import publicity

        permissions.register()
        own_kinds.register()
        told.register()
        told_findings.register()
        menu.register()
        publicity.register("monitoring", N_("Keadaan layanan"))
