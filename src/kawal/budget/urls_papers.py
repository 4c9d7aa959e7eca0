"""Addresses of the papers that one can download."""

from django.urls import path

from kawal.budget.views import paper_list, papers

urlpatterns = [
    path("dokumen/", paper_list.newest_papers, name="papers_newest"),
    path("<int:year>/dokumen/", paper_list.year_papers, name="papers"),
    path("rka/<int:sheet_id>/pdf/", papers.sheet_pdf, name="sheet_pdf"),
    path("<int:year>/rka/<int:agency_id>/pdf/", papers.agency_pdf, name="agency_pdf"),
    path("dpa/<int:dpa_id>/pdf/", papers.dpa_pdf, name="dpa_pdf"),
    path("kas/<int:plan_id>/pdf/", papers.cash_plan_pdf, name="cash_plan_pdf"),
    path("spd/<int:spd_id>/pdf/", papers.spd_pdf, name="spd_pdf"),
    path("versi/<int:version_id>/pdf/", papers.version_pdf, name="version_pdf"),
    path(
        "versi/<int:version_id>/penjabaran/<int:agency_id>/pdf/",
        papers.detail_pdf,
        name="detail_pdf",
    ),
    path("pergeseran/<int:shift_id>/pdf/", papers.shift_pdf, name="shift_pdf"),
]
