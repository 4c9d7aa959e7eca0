"""Django's entry for the module."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "kawal.trail"
    label = "trail"
