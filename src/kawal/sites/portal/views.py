"""The public front door."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from kawal.sites.portal import doors, errors
from kawal.ui import pages


def home(request: HttpRequest) -> HttpResponse:
    """Show what this is and what the public can see today."""
    return pages.render(request, "portal/home.jinja", {"doors": doors.seen()})


def fault(request: HttpRequest, code: int) -> HttpResponse:
    """Show the page of a fault, as a part of the gallery; not in a live deployment."""
    if settings.DEPLOYMENT == "live" or code not in errors.FAULTS:
        raise Http404
    return errors.page(request, code)
