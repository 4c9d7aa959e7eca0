"""Addresses of this module, below ``office/``."""

from django.urls import path

from kawal.nomenclature.views import codes, parameters

app_name = "nomenclature"
urlpatterns = [
    path("kodefikasi/", codes.codes, name="codes"),
    path("kodefikasi/parameter/", parameters.parameters, name="parameters"),
    path("kodefikasi/parameter/<str:key>/", parameters.parameter, name="parameter"),
    path(
        "kodefikasi/parameter/<str:key>/<int:proposal_id>/putus/",
        parameters.decide,
        name="decide",
    ),
    path("kodefikasi/<str:kind>/<str:code>/", codes.code, name="code"),
]
