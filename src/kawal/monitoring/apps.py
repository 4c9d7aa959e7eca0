"""Django's entry for the module."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "kawal.monitoring"
    label = "monitoring"
