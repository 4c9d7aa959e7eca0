"""Addresses of what the law asks of the whole budget: mandatory spending and the calendar."""

from django.urls import path

from kawal.budget.views import mandatory, obligations

urlpatterns = [
    path("kalender/", obligations.newest, name="calendar_newest"),
    path("<int:year>/kalender/", obligations.calendar, name="calendar"),
    path("<int:year>/kalender/<str:key>/", obligations.obligation, name="obligation"),
    path(
        "<int:year>/kalender/<str:key>/<int:agency_id>/",
        obligations.agency_obligation,
        name="agency_obligation",
    ),
    path("wajib/", mandatory.newest, name="mandatory_newest"),
    path("<int:year>/wajib/", mandatory.mandatory, name="mandatory"),
    path("<int:year>/wajib/<str:key>/", mandatory.mandatory_rule, name="mandatory_rule"),
    path("rka/<int:sheet_id>/wajib/", mandatory.sheet_mandatory, name="sheet_mandatory"),
]
