"""Addresses of kept files, and of the public check of issued documents."""

from django.urls import path

from kawal.documents import views

app_name = "documents"
urlpatterns = [
    path("dokumen/<uuid:document_id>/", views.download, name="download"),
    path("periksa/", views.ask, name="ask"),
    path("periksa/<str:code>", views.check, name="check"),
    path("periksa/<str:code>/dokumen", views.issued_file, name="issued_file"),
]
