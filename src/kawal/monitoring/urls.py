"""Addresses of monitoring's pages, for the desk to mount."""

from django.urls import path

from kawal.monitoring.views import applications, checks, incidents, proposals, watching

app_name = "monitoring"
urlpatterns = [
    path("aplikasi/", applications.applications, name="applications"),
    path("aplikasi/baru/", applications.register, name="register"),
    path("aplikasi/tempel/", proposals.paste, name="paste"),
    path("aplikasi/usulan/", proposals.proposals, name="proposals"),
    path("aplikasi/tidak-dipakai/", applications.unused, name="unused"),
    path("aplikasi/<int:application_id>/", applications.application, name="application"),
    path("aplikasi/<int:application_id>/ubah/", applications.amend, name="amend"),
    path("aplikasi/<int:application_id>/putuskan/", applications.decide, name="decide"),
    path("aplikasi/<int:application_id>/hentikan/", applications.retire, name="retire"),
    path("aplikasi/<int:application_id>/periksa/", checks.create, name="create_check"),
    path("pemeriksaan/", checks.checks, name="checks"),
    path("pemeriksaan/<int:check_id>/", checks.check, name="check"),
    path("pemeriksaan/<int:check_id>/ubah/", checks.amend, name="amend_check"),
    path("pemeriksaan/<int:check_id>/jeda/", checks.pause, name="pause_check"),
    path("pemeriksaan/<int:check_id>/lanjut/", checks.resume, name="resume_check"),
    path("pemeriksaan/<int:check_id>/hentikan/", checks.retire, name="retire_check"),
    path("pemeriksaan/<int:check_id>/kunci/", checks.new_key, name="new_key"),
    path("insiden/", incidents.incidents, name="incidents"),
    path("insiden/buka/", incidents.open_one, name="open_incident"),
    path("insiden/<int:incident_id>/", incidents.incident, name="incident"),
    path("insiden/<int:incident_id>/terima/", incidents.acknowledge, name="acknowledge"),
    path("insiden/<int:incident_id>/tugaskan/", incidents.assign, name="assign"),
    path("insiden/<int:incident_id>/catat/", incidents.note, name="note"),
    path("insiden/<int:incident_id>/selesai/", incidents.resolve, name="resolve"),
    path("insiden/<int:incident_id>/buka-lagi/", incidents.reopen, name="reopen"),
    path("pengawas/", watching.watchers, name="watchers"),
    path("pengawas/jaringan/", watching.networks, name="networks"),
    path("pengawas/jaringan/<int:network_id>/tutup/", watching.close_network, name="close_network"),
    path("pengawas/batas/", watching.policy, name="policy"),
    path("pengawas/batas/tetapkan/", watching.set_policy, name="set_policy"),
]
