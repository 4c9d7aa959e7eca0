"""Addresses of the public status page."""

from django.urls import path

from kawal.sites.portal import status_views

urlpatterns = [
    path("status/", status_views.page, name="status"),
    path("status/karcis/", status_views.ticket, name="status_ticket"),
    path("status/insiden.atom", status_views.feed, name="status_feed"),
    path("status.json", status_views.as_json, name="status_json"),
]
