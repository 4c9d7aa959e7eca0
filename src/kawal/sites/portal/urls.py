"""Addresses of the public front door."""

from django.urls import path

from kawal.sites.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("ui/galat/<int:code>", views.fault, name="fault"),
]
