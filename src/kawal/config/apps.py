"""Django's entry for the outermost layer."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    name = "kawal.config"
    label = "config"

    def ready(self) -> None:
        """Give the serving role its rights whenever migrations have run."""
        from django.apps import apps

        from kawal.config.grants import grant_rights
        from kawal.config.triggers import never_ignore

        # Django sends this once an app that has tables, when all are migrated; once is enough.
        sender = apps.get_app_config("identity")
        post_migrate.connect(grant_rights, sender=sender, dispatch_uid="kawal.config.grants")
        post_migrate.connect(never_ignore, sender=sender, dispatch_uid="kawal.config.triggers")
