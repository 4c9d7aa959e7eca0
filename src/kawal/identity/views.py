"""Pages of those who keep the persons: find, enter, amend, open and close logins, look at accesses.

Whether the reader may is answered from above (``registry.permitted``).
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kawal.identity import access, actions, mails, queries, registry
from kawal.identity.facts import PersonFacts
from kawal.identity.forms import LoginForm, PersonForm
from kawal.identity.fresh import freshly_proved
from kawal.identity.pages import page
from kawal.identity.presenters import access_rows
from kawal.kernel.refusals import NotThere, Refused, StaleDraft

View = Callable[..., HttpResponse]
FORM_METHODS = ["GET", "POST"]


def permitted(act: str) -> Callable[[View], View]:
    """Return a decorator that asks the layer above; what is not there is a page not found."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not registry.permitted(request, act):
                raise PermissionDenied
            try:
                return view(request, *args, **kwargs)
            except NotThere as missing:
                raise Http404 from missing

        return login_required(never_cache(guarded))

    return decorate


@permitted(registry.SEE_PEOPLE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List persons by a part of their name, or find one by his whole number."""
    text = request.GET.get("cari", "")
    found = queries.people_page(text, request.GET.get("page", "1"))
    with_login = queries.people_with_login([person.id for person in found])
    may_manage = registry.permitted(request, registry.MANAGE_PEOPLE)
    access.record(request, "people.listed")
    context = {"text": text, "found": found, "with_login": with_login, "may_manage": may_manage}
    return page(request, "people", context)


@permitted(registry.SEE_PEOPLE)
@require_GET
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show one person, his logins, and who saw him."""
    context = {
        "person": queries.person(person_id),
        "logins": queries.logins_of(person_id),
        "accesses": access_rows(queries.accesses_to("person", person_id, limit=20)),
        "may_manage": registry.permitted(request, registry.MANAGE_PEOPLE),
        "form": LoginForm(),
        "numbers": None,
        "reasons": (),
    }
    access.record(request, "person.seen", "person", person_id)
    return page(request, "person", context)


@permitted(registry.MANAGE_PEOPLE)
@freshly_proved
@require_GET
def numbers(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show a person's sealed numbers to who has just proved himself; it is logged."""
    access.record(request, "person.numbers_seen", "person", person_id)
    context = {"person": queries.person(person_id), "numbers": queries.numbers(person_id)}
    return page(request, "numbers", context)


@permitted(registry.MANAGE_PEOPLE)
@require_http_methods(FORM_METHODS)
def new_person(request: HttpRequest) -> HttpResponse:
    """Enter a person."""
    form = PersonForm(request.POST or None)
    if request.method == "GET":
        return page(request, "new_person", {"form": form, "reasons": ()})
    try:
        made = actions.register_person(form.draft(), at=timezone.now())
    except Refused as refused:
        return page(request, "new_person", {"form": form, "reasons": refused.reasons}, 422)
    access.record(request, "person.entered", "person", made.id)
    messages.success(request, _("%(name)s sudah terdaftar.") % {"name": made.full_name})
    return redirect("people:person", made.id)


@permitted(registry.MANAGE_PEOPLE)
@require_http_methods(FORM_METHODS)
def amend_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Amend a person; of two editors the second sees both versions."""
    current = queries.person(person_id)
    known = {name: getattr(current, name, "") for name in PersonForm.base_fields}
    form = PersonForm(request.POST or None, initial=known)
    context: dict[str, Any] = {"person": current, "form": form, "reasons": (), "conflict": ()}
    if request.method == "GET":
        return page(request, "amend_person", context)
    read = request.POST.get("version", "")
    try:
        actions.amend_person(
            person_id, form.draft(), read=int(read) if read.isdigit() else 0, at=timezone.now()
        )
    except Refused as refused:
        return page(request, "amend_person", context | {"reasons": refused.reasons}, 422)
    except StaleDraft as stale:
        rows = _compare(form, stale)
        return page(request, "amend_person", context | {"conflict": rows}, 409)
    access.record(request, "person.amended", "person", person_id)
    if form.draft().email.strip().lower() != current.email:
        _warn(current, _("alamat surel diganti oleh pengelola"))
    messages.success(request, _("Perubahan sudah disimpan."))
    return redirect("people:person", person_id)


def _warn(owner: PersonFacts, what: str) -> None:
    """Write to the address that a person had before, about all his open logins."""
    names = [login.username for login in queries.logins_of(owner.id) if login.is_active]
    mails.send_warning(owner.email, names, owner.full_name, what, timezone.now())


def _compare(form: PersonForm, stale: StaleDraft) -> list[tuple[Any, str, str]]:
    """Return label, mine and theirs of each field that both sides show."""
    return [
        (bound.label, bound.value() or "", str(stale.theirs[bound.name]))
        for bound in form
        if bound.name in stale.theirs
    ]


@permitted(registry.MANAGE_PEOPLE)
@require_POST
def open_login(request: HttpRequest, person_id: int) -> HttpResponse:
    """Open a login without a password; its owner sets one by the link mailed to him."""
    form = LoginForm(request.POST)
    form.full_clean()
    owner = queries.person(person_id)
    try:
        made = actions.open_login(person_id, form.cleaned_data["username"], at=timezone.now())
    except Refused as refused:
        context = {
            "person": owner,
            "logins": queries.logins_of(person_id),
            "accesses": [],
            "may_manage": True,
            "form": form,
            "numbers": None,
            "reasons": refused.reasons,
        }
        return page(request, "person", context, 422)
    access.record(request, "login.opened", "login", made.id)
    if owner.email:
        mails.send_reset(owner.email)
        messages.success(request, _("Akun dibuka. Tautan kata sandi dikirim ke surelnya."))
    else:
        messages.warning(request, _("Akun dibuka, tetapi orang ini belum punya alamat surel."))
    return redirect("people:person", person_id)


@permitted(registry.MANAGE_PEOPLE)
@require_POST
def close_login(request: HttpRequest, login_id: int) -> HttpResponse:
    """Close a login and end its sessions."""
    closed = actions.close_login(login_id, at=timezone.now())
    access.record(request, "login.closed", "login", login_id)
    messages.success(request, _("Akun %(name)s ditutup.") % {"name": closed.username})
    return redirect("people:person", closed.person_id)


@permitted(registry.MANAGE_PEOPLE)
@require_POST
def reopen_login(request: HttpRequest, login_id: int) -> HttpResponse:
    """Open a closed login again."""
    try:
        opened = actions.reopen_login(login_id)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, _(reason.text))
        return redirect("people:person", queries.login(login_id).person_id)
    access.record(request, "login.opened", "login", login_id)
    messages.success(request, _("Akun %(name)s dibuka lagi.") % {"name": opened.username})
    return redirect("people:person", opened.person_id)


@permitted(registry.MANAGE_PEOPLE)
@require_POST
def close_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Mark a person as no longer active; all his logins close."""
    closed = actions.close_person(person_id, at=timezone.now())
    access.record(request, "person.closed", "person", person_id)
    messages.success(request, _("%(name)s tidak aktif lagi.") % {"name": closed.full_name})
    return redirect("people:person", person_id)


@permitted(registry.MANAGE_PEOPLE)
@require_POST
def reopen_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Mark a person as active again; his logins stay closed."""
    opened = actions.reopen_person(person_id)
    access.record(request, "person.reopened", "person", person_id)
    messages.success(request, _("%(name)s aktif lagi.") % {"name": opened.full_name})
    return redirect("people:person", person_id)


@permitted(registry.MANAGE_PEOPLE)
@require_POST
def reset_factors(request: HttpRequest, login_id: int) -> HttpResponse:
    """Take a login's second factors away, for an owner who lost them."""
    login = queries.login(login_id)
    actions.reset_factors(login_id)
    access.record(request, "login.factors_reset", "login", login_id)
    _warn(queries.person(login.person_id), _("faktor kedua dilepas oleh pengelola"))
    messages.success(request, _("Faktor kedua %(name)s dilepas.") % {"name": login.username})
    return redirect("people:person", login.person_id)


@permitted(registry.SEE_ACCESS)
@require_GET
def accesses(request: HttpRequest) -> HttpResponse:
    """Show the access log to the inspector: by person, by object, by days."""
    asked = {
        name: request.GET.get(name, "") for name in ("orang", "jenis", "objek", "dari", "sampai")
    }
    lines = queries.accesses(
        person_id=int(asked["orang"]) if asked["orang"].isdigit() else None,
        kind=asked["jenis"],
        object_id=asked["objek"],
        since=_day(asked["dari"]),
        until=_day(asked["sampai"], after=1),
    )
    access.record(request, "accesses.seen")
    return page(request, "accesses", {"asked": asked, "accesses": access_rows(lines)})


def _day(text: str, *, after: int = 0) -> datetime | None:
    try:
        day = date.fromisoformat(text) + timedelta(days=after)
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
