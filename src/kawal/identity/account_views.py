"""Pages about oneself: the account, its sessions, what is held on me and who saw it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kawal.identity import access, actions, queries, registry, rules
from kawal.identity.pages import me, page
from kawal.identity.presenters import access_rows, held_groups, session_rows
from kawal.identity.sessions import digest


@login_required
@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show one's account and the ways to its parts."""
    login = queries.login(me(request).pk)
    privileged = registry.privileged(login.person_id, timezone.now())
    needs = rules.needs_second_factor(
        privileged=privileged, enforced=True, has_one=login.has_second_factor
    )
    context = {
        "person": queries.person(login.person_id),
        "login": login,
        "needs_factor": needs,
        "enforced": settings.SECOND_FACTOR_ENFORCED,
    }
    return page(request, "account", context)


@login_required
@never_cache
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """List the browsers that are signed in with this login."""
    found = queries.sessions_of(me(request).pk, at=timezone.now())
    return page(request, "sessions", {"rows": session_rows(found, _current(request))})


def _current(request: HttpRequest) -> str:
    """Return the id of the session that asks."""
    return digest(request.session.session_key or "")


@login_required
@require_POST
def end_session(request: HttpRequest, session_id: str) -> HttpResponse:
    """End one of one's own sessions; the current one by leaving."""
    if session_id == _current(request):
        logout(request)
        return redirect("account_login")
    actions.end_session(me(request).pk, session_id)
    messages.success(request, _("Sesi itu sudah diakhiri."))
    return redirect("identity:sessions")


@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    ended = actions.end_sessions(me(request).pk, but=_current(request))
    messages.success(request, _("%(n)s sesi lain sudah diakhiri.") % {"n": ended})
    return redirect("identity:sessions")


@login_required
@never_cache
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Show a person all that is held on him, and who saw it (UU 27/2022, Ps 7)."""
    person_id = me(request).person_id
    access.record(request, "person.seen_by_self", "person", person_id)
    context = {
        "groups": held_groups(queries.held(person_id, at=timezone.now())),
        "accesses": access_rows(queries.accesses_to("person", person_id, limit=50)),
    }
    return page(request, "my_data", context)
