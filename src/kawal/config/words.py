"""Refuses what no page can read: a zero byte in an address or a form, which PostgreSQL refuses."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase

ZERO = "\x00"
FORM = "application/x-www-form-urlencoded"


class WordsMiddleware:
    """One refusal for all pages, so that none has to think of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on with a request that can be read.

        :raises BadRequest: when its path, its query or a field of its form holds a zero byte.
        """
        if ZERO in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("a zero byte in the address")
        if request.content_type == FORM and b"%00" in request.body:
            raise BadRequest("a zero byte in the form")
        return self.get_response(request)
