"""Django's entry for the module."""

from django.apps import AppConfig


class UIConfig(AppConfig):
    name = "kawal.ui"
    label = "ui"
