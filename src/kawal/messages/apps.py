"""Django's entry for the module."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "kawal.messages"
    label = "messages"
