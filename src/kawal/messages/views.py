"""Pages of the message box, of its choices, and of the operators' log of deliveries."""

from django.conf import settings
from django.contrib import messages as flashes
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawal.identity import queries as identity
from kawal.messages import actions, permissions, presenters, queries, registry
from kawal.messages.facts import Channel, DeliveryState
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may, require
from kawal.ui import pages

PAGE = 50


def _person(request: HttpRequest) -> int:
    person_id = actor_of(request).person_id
    assert person_id is not None  # the view is for those who are signed in
    return person_id


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("sebelum", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


@login_required
@require_safe
def box(request: HttpRequest) -> HttpResponse:
    """Show a person's messages, newest first."""
    person_id, unread_only = _person(request), request.GET.get("tampil") == "baru"
    found = queries.box(person_id, unread_only=unread_only, before=_before(request), limit=PAGE + 1)
    context = {
        "rows": found[:PAGE],
        "next": found[PAGE - 1].delivery_id if len(found) > PAGE else None,
        "unread": queries.unread(person_id),
        "unread_only": unread_only,
    }
    return pages.render(request, "messages/box.jinja", context)


@login_required
@require_safe
def message(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Show one message; reading it does not mark it, the button does."""
    found = queries.message(_person(request), delivery_id)
    topic = presenters.topic_label(found.topic)
    return pages.render(request, "messages/message.jinja", {"message": found, "topic": topic})


@login_required
@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """Mark one message (``pesan``) or all of them as read, and go back to the box."""
    chosen = [int(one) for one in request.POST.getlist("pesan") if one.isdecimal()]
    person_id, at = _person(request), actor_of(request).at
    actions.mark_read(person_id=person_id, delivery_ids=chosen or None, at=at)
    return redirect("messages:box")


@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """Show and keep by which channels, and in which language, a person wants to hear."""
    person_id = _person(request)
    if request.method == "POST":
        for topic in registry.topics():
            wanted = set(request.POST.getlist(topic.name))
            actions.choose(
                person_id=person_id,
                topic=topic.name,
                wanted={channel: channel.value in wanted for channel in Channel},
                at=actor_of(request).at,
            )
        actions.choose_language(person_id=person_id, language=request.POST.get("bahasa", ""))
        flashes.success(request, _("Pilihan pesan Anda disimpan."))
        return redirect("messages:choices")
    context = {
        "topics": presenters.choices(queries.choices(person_id)),
        "language": queries.language_of(person_id),
        "languages": settings.LANGUAGES,
    }
    return pages.render(request, "messages/choices.jinja", context)


@login_required
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Show operators what was sent by mail, what failed and what was given up."""
    require(actor_of(request), permissions.SEE_DELIVERIES)
    wanted = request.GET.get("status", "")
    state = DeliveryState(wanted) if wanted in set(DeliveryState) else None
    found = queries.deliveries(state=state, before=_before(request), limit=PAGE + 1)
    shown = found[:PAGE]
    names = identity.names([row.person_id for row in shown if row.person_id is not None])
    context = {
        "rows": shown,
        "names": names,
        "next": shown[-1].id if len(found) > PAGE else None,
        "counts": queries.counts(),
        "state": state,
        "labels": presenters.state_labels(),
        "tones": presenters.TONES,
        "has_server": bool(settings.SMTP_URL),
    }
    return pages.render(request, "messages/deliveries.jinja", context)


@login_required
@require_safe
def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Show one delivery with every attempt."""
    actor = actor_of(request)
    require(actor, permissions.SEE_DELIVERIES)
    found = queries.delivery(delivery_id)
    names = identity.names([found.person_id] if found.person_id is not None else [])
    context = {
        "row": found,
        "reader": names.get(found.person_id or 0, found.address),
        "attempts": presenters.attempts(queries.attempts(delivery_id)),
        "labels": presenters.state_labels(),
        "tones": presenters.TONES,
        "topic": presenters.topic_label(found.topic),
        "may_retry": found.state in {DeliveryState.FAILED, DeliveryState.GIVEN_UP}
        and may(actor, permissions.RETRY_DELIVERY),
    }
    return pages.render(request, "messages/delivery.jinja", context)


@login_required
@require_POST
def retry(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Let the courier try a failed delivery at once."""
    actor = actor_of(request)
    require(actor, permissions.RETRY_DELIVERY)
    actions.retry_now(delivery_id, at=actor.at)
    flashes.success(request, _("Pengiriman dicoba lagi sekarang."))
    return redirect("messages:delivery", delivery_id)
