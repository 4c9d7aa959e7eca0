"""The pages for those who look after the rooms: which screens read the wall, pair one, end one."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere, Refused
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.sites.command_centre import actions, queries, rules
from kawal.sites.command_centre.permissions import PAIR
from kawal.ui import pages


class PairingForm(forms.Form):
    """The code on the screen, and where the screen stands."""

    code = forms.CharField(
        label=_("Kode di layar"), max_length=12, help_text=_("Enam huruf dan angka.")
    )
    name = forms.CharField(
        label=_("Nama ruang"), max_length=80, help_text=_("Misalnya: Ruang Wali Kota.")
    )
    days = forms.IntegerField(
        label=_("Berlaku (hari)"),
        min_value=1,
        max_value=rules.LONGEST.days,
        initial=365,
        help_text=_("Sesudah itu layar harus dipasangkan lagi."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def screens(request: HttpRequest) -> HttpResponse:
    """List the paired screens, and pair one by its code."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, PAIR)
    form = PairingForm(request.POST or None)
    reasons: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            paired = actions.pair_screen(**form.cleaned_data, actor=actor, at=timezone.now())
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("Layar %(name)s dipasangkan.") % {"name": paired.name})
            return redirect("wall_screens")
    return _page(request, form, reasons)


def _page(request: HttpRequest, form: PairingForm, reasons: tuple[object, ...]) -> HttpResponse:
    found = queries.paired_screens()
    names = identity.names({s.paired_by_id for s in found if s.paired_by_id is not None})
    at = timezone.now()
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "reasons": reasons, "screens": found, "names": names, "at": at}
    context["may_read"] = rules.may_read
    return pages.render(request, "command_centre/screens.jinja", context, status=status)


@require_POST
def revoke(request: HttpRequest, screen_id: int) -> HttpResponse:
    """End a screen's reading."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        actions.revoke_screen(screen_id=screen_id, actor=actor, at=timezone.now())
    except NotThere as error:
        raise Http404 from error
    messages.success(request, _("Layar itu tidak lagi dapat membaca dinding."))
    return redirect("wall_screens")
