"""A few addresses that tests send submissions to: each act leaves a row that can be counted."""

import threading
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import include, path

from kawal.identity import access
from kawal.identity.fresh import freshly_proved
from kawal.identity.models import SignInFailure
from kawal.identity.submissions import keyless

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
entered, may_go_on = threading.Event(), threading.Event()


def _act() -> None:
    SignInFailure.objects.create(
        subject=str(SignInFailure.objects.count()).encode(), failures=1, last_at=NOW
    )


def acts() -> int:
    """Return how many acts were done."""
    return SignInFailure.objects.count()


def do(request: HttpRequest) -> HttpResponse:
    """Do it and lead to the next page."""
    _act()
    return HttpResponseRedirect(f"/done/{acts()}")


def slow(request: HttpRequest) -> HttpResponse:
    """Do it, and tell the test; go on when the test says so."""
    _act()
    entered.set()
    may_go_on.wait(10)
    return HttpResponseRedirect(f"/done/{acts()}")


def say(request: HttpRequest) -> HttpResponse:
    """Do it and answer in JSON."""
    _act()
    return JsonResponse({"acts": acts()}, status=201)


def large(request: HttpRequest) -> HttpResponse:
    """Do it and answer with more than is kept."""
    _act()
    return HttpResponse(b"x" * 70_000)


def mind(request: HttpRequest) -> HttpResponse:
    """Do it, then refuse unless the form is right."""
    _act()
    right = request.POST.get("name") == "right"
    return HttpResponseRedirect("/done") if right else HttpResponse("no", status=422)


def crash(request: HttpRequest) -> HttpResponse:
    """Do it, then fail."""
    _act()
    raise RuntimeError("the act fails after its write")


def prove(request: HttpRequest) -> HttpResponse:
    """Do it, then find that the sender has to prove himself first."""
    _act()
    return HttpResponseRedirect("/akun/pastikan/?next=/prove")


@freshly_proved
def delicate(request: HttpRequest) -> HttpResponse:
    """Do it for who has just proved himself."""
    _act()
    return HttpResponseRedirect("/done")


@keyless
def free(request: HttpRequest) -> HttpResponse:
    """Do it, key or not."""
    _act()
    return HttpResponse("ok")


def see(request: HttpRequest, person_id: int = 0) -> HttpResponse:
    """Show something."""
    return HttpResponse("seen")


def see_two(request: HttpRequest) -> HttpResponse:
    """Show two persons."""
    access.record(request, "person.seen", "person", 4)
    access.record(request, "person.seen", "person", 5)
    return HttpResponse("seen")


@access.unlogged
def poll(request: HttpRequest) -> HttpResponse:
    """Answer what a page asks by itself."""
    return HttpResponse("polled")


urlpatterns = [
    path("do", do),
    path("slow", slow),
    path("say", say),
    path("large", large),
    path("mind", mind),
    path("crash", crash),
    path("free", free),
    path("prove", prove),
    path("delicate", delicate),
    path("see", see, name="see"),
    path("see/<int:person_id>", see, name="see_person"),
    path("see-two", see_two),
    path("poll", poll),
    path("", include("kawal.config.urls")),
]
