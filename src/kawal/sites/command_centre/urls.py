"""The wall's addresses."""

from django.urls import path

from kawal.sites.command_centre import screens, views

urlpatterns = [
    path("", views.wall, name="wall"),
    path("karcis/", views.ticket, name="wall_ticket"),
    path("perlu-keputusan/", views.needs, name="wall_needs"),
    path("layar/", screens.screens, name="wall_screens"),
    path("layar/<int:screen_id>/akhiri/", screens.revoke, name="wall_revoke_screen"),
    path("opd/<int:agency_id>/", views.agency, name="wall_agency"),
    path("aplikasi/<int:application_id>/", views.application, name="wall_application"),
]
