"""Before something delicate one proves oneself again; that lasts ten minutes."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

View = Callable[..., HttpResponse]


def freshly_proved(view: View) -> View:
    """Let in who gave a password, code or passkey in the last ten minutes; lead others to it.

    Put it on the page with the form and on what the form is sent to. A form that comes too late is
    not done: its sender proves himself, and finds the page at the same address.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if did_recently_reauthenticate(request):
            return view(request, *args, **kwargs)
        back = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_reauthenticate')}?{back}")

    return login_required(guarded)
