"""The gallery: every component in every state, for those who build and check pages."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.ui import charts, pages
from kawal.ui.jinja import ui_of

NOW = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
MOMENT = NOW - timedelta(hours=3, minutes=12)
AGENCIES = {
    "education": "Dinas Pendidikan",
    "health": "Dinas Kesehatan",
    "transport": "Dinas Perhubungan",
    "finance": "Badan Keuangan dan Aset Daerah",
    "social": "Dinas Sosial",
    "digital": "Dinas Komunikasi dan Informatika",
}
PEOPLE = {"siti": "Siti", "budi": "Budi", "rina": "Rina"}
VALUES = [58, 59, 60, 60, 57, 55, None, None, 59, 60, 60, 57]


class ExampleForm(forms.Form):
    """A form with mistakes in it."""

    name = forms.CharField(label=gettext_lazy("Nama aplikasi"))
    email = forms.EmailField(
        label=gettext_lazy("Surel"), help_text=gettext_lazy("Hanya untuk kabar gangguan.")
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Kekritisan"),
        choices=[("high", gettext_lazy("Tinggi")), ("low", gettext_lazy("Rendah"))],
        widget=forms.RadioSelect,
    )
    public = forms.BooleanField(label=gettext_lazy("Tampilkan kepada warga"), required=False)


def _guard(request: HttpRequest) -> None:
    if settings.DEPLOYMENT == "live" and not request.user.is_authenticated:
        raise Http404


def _tones() -> list[tuple[str, str]]:
    return [
        ("good", _("Berjalan")),
        ("bad", _("Terganggu")),
        ("warn", _("Perlu perhatian")),
        ("unknown", _("Belum diketahui")),
        ("paused", _("Dijeda")),
        ("info", _("Keterangan")),
        ("neutral", _("Rancangan")),
    ]


def _areas() -> list[charts.Area]:
    names = ("Binjai Utara", "Binjai Barat", "Binjai Kota", "Binjai Timur", "Binjai Selatan")
    tones = ("good", "bad", "good", "warn", "unknown")
    words = dict(_tones())
    corners = [(10, 10), (10, 80), (140, 80), (270, 80), (140, 150)]
    return [
        charts.Area(
            f"M{x} {y}h120v60h-120Z", "#a", name, words[tone], tone, (x + 60, y + 36), name[7:]
        )
        for (x, y), name, tone in zip(corners, names, tones, strict=True)
    ]


def _states() -> dict[str, Any]:
    rows = [("Dinas Kesehatan", 7, 3), ("Dinas Perhubungan", 4, 3), ("Dinas Sosial", 1, 3)]
    return {
        "tones": _tones(),
        "values": VALUES,
        "strip": [
            charts.Part(14, "good", _("Berjalan")),
            charts.Part(1, "bad", _("Terganggu")),
            charts.Part(1, "paused", _("Dijeda")),
            charts.Part(8, "good", _("Berjalan")),
        ],
        "bars": [
            charts.Bar(name, count, str(count), target, "bad" if count > target else "good")
            for name, count, target in rows
        ],
        "areas": _areas(),
    }


def _refusals() -> list[Reason]:
    return [
        Reason(
            "self_appointment",
            N_("Tidak seorang pun mengangkat dirinya sendiri."),
            mend=N_("Minta pejabat lain menyetujuinya."),
        ),
        Reason(
            "too_often",
            N_("Pemeriksaan paling cepat setiap %(seconds)s detik."),
            at="interval",
            values={"seconds": 10},
        ),
    ]


def _lists(request: HttpRequest) -> dict[str, Any]:
    ui = ui_of()
    words = dict(_tones())
    apps = [("e-Dokter", "bad", 182), ("e-Perizinan", "good", 96), ("JDIH", "paused", 0)]
    return {
        "columns": [
            {"label": _("Nama aplikasi"), "sort": "name"},
            {"label": _("Keadaan"), "sort": "state"},
            {"label": _("Waktu jawab (ms)"), "numeric": True},
        ],
        "rows": [[name, ui.tag(words[tone], tone), ms] for name, tone, ms in apps],
        "sorted": request.GET.get("sort", "name"),
        "page": Paginator(range(200), 20).get_page(request.GET.get("page", "4")),
    }


def _page(request: HttpRequest, part: str, context: dict[str, Any]) -> HttpResponse:
    _guard(request)
    example = {"now": NOW, "moment": MOMENT, "agencies": AGENCIES, "people": PEOPLE}
    context |= {"part": part} | example
    return pages.render(request, "ui/gallery.jinja", context)


def states(request: HttpRequest) -> HttpResponse:
    """Show states, messages and figures."""
    return _page(request, "states", _states())


def fields(request: HttpRequest) -> HttpResponse:
    """Show buttons and fields, right and wrong."""
    form = ExampleForm({"email": "siti", "level": "low"})
    return _page(request, "forms", {"form": form, "refusals": _refusals()})


def lists(request: HttpRequest) -> HttpResponse:
    """Show tables, lists and parts of a page."""
    return _page(request, "lists", _lists(request))


def done(request: HttpRequest) -> HttpResponse:
    """Show the page after an act."""
    _guard(request)
    return pages.render(request, "ui/gallery_done.jinja")
