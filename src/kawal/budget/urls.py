"""Addresses of this module, below ``office/anggaran/``."""

from django.urls import URLPattern, URLResolver, path

from kawal.budget.views import published

app_name = "budget"
urlpatterns: list[URLPattern | URLResolver] = [
    path("terbitan/", published.published, name="published"),
    path("terbitan/<int:budget_id>/", published.published_budget, name="published_budget"),
]
