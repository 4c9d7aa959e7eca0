"""Addresses of the gallery."""

from django.urls import path

from kawal.ui import gallery

app_name = "ui"
urlpatterns = [
    path("", gallery.states, name="gallery"),
    path("isian", gallery.fields, name="gallery_forms"),
    path("daftar", gallery.lists, name="gallery_lists"),
    path("selesai", gallery.done, name="gallery_done"),
]
