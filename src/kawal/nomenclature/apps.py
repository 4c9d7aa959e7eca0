"""Django's entry for the module."""

from django.apps import AppConfig


class NomenclatureConfig(AppConfig):
    name = "kawal.nomenclature"
    label = "nomenclature"
