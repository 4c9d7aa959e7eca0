"""Addresses of this module, below ``office/anggaran/``."""

from django.urls import URLPattern, URLResolver, path

from kawal.budget import urls_rka
from kawal.budget.views import mandatory, prices, published

app_name = "budget"
urlpatterns: list[URLPattern | URLResolver] = [
    path("wajib/", mandatory.newest, name="mandatory_newest"),
    path("<int:year>/wajib/", mandatory.mandatory, name="mandatory"),
    path("<int:year>/wajib/<str:key>/", mandatory.mandatory_rule, name="mandatory_rule"),
    path("rka/<int:sheet_id>/wajib/", mandatory.sheet_mandatory, name="sheet_mandatory"),
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
    *urls_rka.urlpatterns,
]
