"""Django's entry for the module."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "kawal.identity"
    label = "identity"
