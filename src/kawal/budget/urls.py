"""Addresses of this module, below ``office/anggaran/``."""

from django.urls import URLPattern, URLResolver, path

from kawal.budget import (
    urls_cash,
    urls_law,
    urls_papers,
    urls_plan,
    urls_rka,
    urls_shifts,
    urls_versions,
)
from kawal.budget.views import prices, published

app_name = "budget"
urlpatterns: list[URLPattern | URLResolver] = [
    *urls_law.urlpatterns,
    path("standar-harga/", prices.prices, name="prices"),
    path("standar-harga/baru/", prices.new_price, name="new_price"),
    path("standar-harga/<int:item_id>/", prices.price, name="price"),
    path(
        "standar-harga/<int:item_id>/<int:price_id>/putus/",
        prices.decide_price,
        name="decide_price",
    ),
    path("terbitan/", published.published, name="published"),
    path("terbitan/<int:budget_id>/", published.published_budget, name="published_budget"),
    *urls_plan.urlpatterns,
    *urls_papers.urlpatterns,
    *urls_rka.urlpatterns,
    *urls_cash.urlpatterns,
    *urls_shifts.urlpatterns,
    *urls_versions.urlpatterns,
]
