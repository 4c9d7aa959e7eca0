"""Addresses of versions, DPA and locks."""

from django.urls import URLPattern, URLResolver, path

from kawal.budget.views import comparing, dpas, locks, versions

urlpatterns: list[URLPattern | URLResolver] = [
    path("versi/", versions.newest, name="versions_newest"),
    path("<int:year>/versi/", versions.versions, name="versions"),
    path("<int:year>/versi/baru/", versions.new_version, name="new_version"),
    path("versi/<int:version_id>/", versions.version, name="version"),
    path("bandingkan/", comparing.compare, name="compare"),
    path("dpa/", dpas.newest, name="dpa_newest"),
    path("<int:year>/dpa/", dpas.dpa_list, name="dpa_list"),
    path("dpa/<int:dpa_id>/", dpas.dpa, name="dpa"),
    path("<int:year>/kunci/", locks.locks, name="locks"),
    path("kunci/<int:lock_id>/buka/", locks.unlock, name="unlock"),
]
