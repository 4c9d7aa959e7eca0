"""Keeps reads inside the agencies that a reader may see, and cuts them into pages."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

from kawal.regions.facts import Scope

Row = TypeVar("Row", bound=Model)
PER_PAGE = 25


def within(rows: "QuerySet[Row]", scope: Scope, field: str = "agency_id") -> "QuerySet[Row]":
    """Return only the rows of agencies inside the scope."""
    return rows if scope.everything else rows.filter(**{f"{field}__in": scope.agency_ids})


def paged(
    rows: Sequence[Any] | QuerySet[Any],
    number: int | str,
    of: Callable[[Any], Any] = lambda row: row,
    per_page: int = PER_PAGE,
) -> Page[Any]:
    """Return one page of rows, each turned into facts; a page that is not there is the nearest."""
    page = Paginator(rows, per_page).get_page(number)
    page.object_list = [of(row) for row in page.object_list]
    return page
