"""Addresses of the public log."""

from django.urls import path

from kawal.trail import views

app_name = "trail"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("kepala.json", views.head, name="head"),
    path("<int:number>/", views.entry, name="entry"),
    path("<int:number>/bukti.json", views.proof, name="proof"),
]
