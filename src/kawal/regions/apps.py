"""Django's entry for the module."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "kawal.regions"
    label = "regions"
