"""Addresses of cash plans, SPD and the funds left."""

from django.urls import URLPattern, path

from kawal.budget.views import cash_plans, funds, spd

urlpatterns: list[URLPattern] = [
    path("kas/", cash_plans.newest_cash_plans, name="cash_plans_newest"),
    path("<int:year>/kas/", cash_plans.cash_plans, name="cash_plans"),
    path("<int:year>/kas/<int:unit_id>/", cash_plans.cash_plan, name="cash_plan"),
    path(
        "<int:year>/kas/<int:unit_id>/langkah/<slug:step>/",
        cash_plans.cash_plan_step,
        name="cash_plan_step",
    ),
    path(
        "<int:year>/kas/<int:unit_id>/<int:sheet_id>/",
        cash_plans.cash_plan_sheet,
        name="cash_plan_sheet",
    ),
    path("spd/", spd.newest_spd, name="spd_newest"),
    path("<int:year>/spd/", spd.spd_list, name="spd_list"),
    path("spd/<int:spd_id>/", spd.spd, name="spd"),
    path("spd/<int:spd_id>/langkah/<slug:step>/", spd.spd_step, name="spd_step"),
    path("dana/", funds.newest_funds, name="funds_newest"),
    path("<int:year>/dana/", funds.funds, name="funds"),
    path("<int:year>/dana/unduh/", funds.download_funds, name="funds_download"),
    path("<int:year>/dana/excel/", funds.funds_workbook, name="funds_workbook"),
    path("<int:year>/dana/<int:agency_id>/", funds.agency_funds, name="agency_funds"),
    path("<int:year>/dana/lembar/<int:sheet_id>/", funds.sheet_funds, name="sheet_funds"),
    path("dana/rincian/<int:line_id>/", funds.line_funds, name="line_funds"),
]
