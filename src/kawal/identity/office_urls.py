"""Addresses of the pages on persons and on the access log, for the desk to mount."""

from django.urls import path

from kawal.identity import views

app_name = "people"
urlpatterns = [
    path("orang/", views.people, name="people"),
    path("orang/baru/", views.new_person, name="new_person"),
    path("orang/<int:person_id>/", views.person, name="person"),
    path("orang/<int:person_id>/ubah/", views.amend_person, name="amend_person"),
    path("orang/<int:person_id>/nomor/", views.numbers, name="numbers"),
    path("orang/<int:person_id>/akun/", views.open_login, name="open_login"),
    path("orang/<int:person_id>/tutup/", views.close_person, name="close_person"),
    path("orang/<int:person_id>/aktif/", views.reopen_person, name="reopen_person"),
    path("akun/<int:login_id>/tutup/", views.close_login, name="close_login"),
    path("akun/<int:login_id>/buka/", views.reopen_login, name="reopen_login"),
    path("akun/<int:login_id>/faktor/", views.reset_factors, name="reset_factors"),
    path("akses/", views.accesses, name="accesses"),
]
