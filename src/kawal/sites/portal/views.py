"""The public front door, and the pages that say what went wrong."""

from django.http import HttpRequest, HttpResponse

from kawal.ui import pages


def home(request: HttpRequest) -> HttpResponse:
    """Show what this is and what the public can see today."""
    return pages.render(request, "portal/home.jinja")
