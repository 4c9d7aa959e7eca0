"""Addresses of the treasurers' books."""

from django.urls import URLPattern, path

from kawal.treasury.views import cash_books

urlpatterns: list[URLPattern] = [
    path("kas/", cash_books.newest_cash_books, name="cash_books_newest"),
    path("<int:year>/kas/", cash_books.cash_books, name="cash_books"),
    path("<int:year>/kas/<int:unit_id>/", cash_books.cash_book, name="cash_book"),
    path("<int:year>/kas/<int:unit_id>/unduh/", cash_books.cash_book_csv, name="cash_book_csv"),
]
