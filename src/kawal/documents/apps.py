"""Django's entry for the module."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "kawal.documents"
    label = "documents"
