"""Addresses of the officers' desk."""

from django.urls import path

from kawal.sites.office import views

app_name = "office"
urlpatterns = [
    path("", views.home, name="home"),
    path("opd/", views.agencies, name="agencies"),
    path("opd/<int:agency_id>/", views.agency, name="agency"),
]
