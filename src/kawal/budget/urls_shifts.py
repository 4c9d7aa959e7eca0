"""Addresses of shifts, Perubahan, efficiency orders and the year without an APBD."""

from django.urls import URLPattern, path

from kawal.budget.views import amendments, efficiency, shifts

urlpatterns: list[URLPattern] = [
    path("pergeseran/", shifts.newest, name="shifts_newest"),
    path("<int:year>/pergeseran/", shifts.shifts, name="shifts"),
    path("<int:year>/pergeseran/baru/", shifts.new_shift, name="new_shift"),
    path("<int:year>/pergeseran/<int:shift_id>/", shifts.shift, name="shift"),
    path("<int:year>/pergeseran/<int:shift_id>/putus/", shifts.decide_shift, name="decide_shift"),
    path("<int:year>/perubahan/", amendments.amendments, name="amendments"),
    path(
        "<int:year>/perubahan/<int:amendment_id>/putus/",
        amendments.decide_amendment,
        name="decide_amendment",
    ),
    path("<int:year>/efisiensi/", efficiency.efficiency, name="efficiency"),
    path(
        "<int:year>/efisiensi/<int:order_id>/", efficiency.efficiency_order, name="efficiency_order"
    ),
    path(
        "<int:year>/efisiensi/<int:order_id>/putus/",
        efficiency.decide_efficiency,
        name="decide_efficiency",
    ),
    path("<int:year>/sebelum-apbd/", amendments.interim, name="interim"),
    path("<int:year>/sebelum-apbd/putus/", amendments.decide_interim, name="decide_interim"),
]
