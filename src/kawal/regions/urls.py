"""Addresses of this module: pages of the desk below ``office/``, and the public ones."""

from datetime import date

from django.urls import path, register_converter

from kawal.regions.views import (
    agencies,
    appointments,
    calendar,
    emergencies,
    openings,
    places,
    public,
)


class DayConverter:
    """A day of the calendar, as 2026-11-24."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the day."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """Return it as it stands in an address."""
        return value if isinstance(value, str) else value.isoformat()


register_converter(DayConverter, "day")

app_name = "regions"
urlpatterns = [
    path("office/perangkat/", agencies.agencies, name="agencies"),
    path("office/perangkat/baru/", agencies.new_agency, name="new_agency"),
    path("office/perangkat/gabung/", agencies.merge_agencies, name="merge_agencies"),
    path("office/perangkat/<int:agency_id>/", agencies.agency, name="agency"),
    path("office/perangkat/<int:agency_id>/ubah/", agencies.amend_agency, name="amend_agency"),
    path("office/perangkat/<int:agency_id>/tutup/", agencies.close_agency, name="close_agency"),
    path("office/perangkat/<int:agency_id>/pecah/", agencies.split_agency, name="split_agency"),
    path("office/penunjukan/", appointments.appointments, name="appointments"),
    path("office/penunjukan/saya/", appointments.mine, name="mine"),
    path("office/penunjukan/usul/", appointments.propose, name="propose"),
    path("office/penunjukan/<int:appointment_id>/", appointments.appointment, name="appointment"),
    path("office/penunjukan/<int:appointment_id>/putus/", appointments.decide, name="decide"),
    path("office/penunjukan/<int:appointment_id>/akhiri/", appointments.end, name="end"),
    path("office/kalender/", calendar.holidays, name="holidays"),
    path("office/kalender/<day:day>/batal/", calendar.cancel_holiday, name="cancel_holiday"),
    path("office/kalender/jam-kerja/", calendar.working_week, name="working_week"),
    path("office/wilayah/", places.regions, name="regions"),
    path("office/wilayah/<str:code>/", places.region, name="region"),
    path("office/publikasi/", openings.openings, name="openings"),
    path("office/publikasi/<str:module>/tutup/", openings.close, name="close_module"),
    path("office/darurat/", emergencies.emergencies, name="emergencies"),
    path("office/darurat/minta/", emergencies.ask, name="ask"),
    path("office/darurat/<int:request_id>/", emergencies.answer, name="answer"),
    path("perangkat-daerah/", public.agencies, name="public_agencies"),
    path("perangkat-daerah/<int:agency_id>/", public.agency, name="public_agency"),
]
