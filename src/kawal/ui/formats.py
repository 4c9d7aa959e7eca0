"""Dates, spans and numbers as people here write them, in both languages."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from jinja2 import pass_context
from jinja2.runtime import Context

from kawal.kernel import typed
from kawal.ui import place

Number = int | float | Decimal
NOTHING = "–"
_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def language() -> str:
    """Return the language of the page: ``id`` or ``en``."""
    return (translation.get_language() or "id")[:2]


def decimal_mark() -> str:
    """Return the decimal mark of the page's language, which names its style of numbers."""
    return typed.ENGLISH if language() == "en" else typed.INDONESIAN


def zone() -> ZoneInfo:
    """Return the city's time zone."""
    return place.current().zone


def tanggal(day: date | None) -> str:
    """Return ``24 November 2026``; an instant counts as its day in the city."""
    if day is None:
        return NOTHING
    if isinstance(day, datetime):
        day = day.astimezone(zone()).date()
    return format_date(day, "d MMMM y", locale=language())


def jam(at: datetime | None) -> str:
    """Return ``14.05 WIB``, with a colon in English."""
    if at is None:
        return NOTHING
    local = at.astimezone(zone())
    mark = ":" if language() == "en" else "."
    return f"{local:%H}{mark}{local:%M}\u00a0{_zone_name(local)}"


def waktu(at: datetime | None) -> str:
    """Return ``24 Nov 2026 14.05 WIB``."""
    if at is None:
        return NOTHING
    local = at.astimezone(zone())
    return f"{format_date(local.date(), 'd MMM y', locale=language())} {jam(at)}"


def _zone_name(local: datetime) -> str:
    offset = local.utcoffset() or timedelta()
    return _ZONES.get(round(offset.total_seconds() / 3600), local.strftime("%Z"))


def durasi(span: timedelta | Number | None) -> str:
    """Return a span (seconds, or a timedelta) in its two largest units: ``3 jam 12 menit``."""
    if span is None:
        return NOTHING
    seconds = int(span.total_seconds() if isinstance(span, timedelta) else span)
    days, rest = divmod(abs(seconds), 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, secs = divmod(rest, 60)
    parts: list[tuple[int, str]] = [
        (days, ngettext("%(n)s hari", "%(n)s hari", days)),
        (hours, ngettext("%(n)s jam", "%(n)s jam", hours)),
        (minutes, ngettext("%(n)s menit", "%(n)s menit", minutes)),
        (secs, ngettext("%(n)s detik", "%(n)s detik", secs)),
    ]
    first = next((i for i, (n, _text) in enumerate(parts) if n), 3)
    shown = [text % {"n": angka(n)} for n, text in parts[first : first + 2] if n]
    return " ".join(shown) or parts[3][1] % {"n": 0}


def sejak(at: datetime | None, now: datetime) -> str:
    """Return how long ago an instant was, seen from ``now``: ``3 jam 12 menit lalu``."""
    if at is None:
        return NOTHING
    if now - at < timedelta(seconds=1):
        return _("baru saja")
    return _("%(lama)s lalu") % {"lama": durasi(now - at)}


def angka(number: Number | None, decimals: int | None = None) -> str:
    """Return ``1.234.567,89``; ``decimals`` fixes the places after the comma."""
    if number is None:
        return NOTHING
    places = "#" * 6 if decimals is None else "0" * decimals
    pattern = f"#,##0.{places}" if places else "#,##0"
    return format_decimal(number, format=pattern, locale=language())


def as_typed(amount: Decimal) -> str:
    """Return an amount as one types it: ``55.000``, with its sen only where it has any."""
    return angka(amount, 2 if amount % 1 else 0)


def rupiah(amount: Number | None, decimals: int = 2) -> str:
    """Return ``Rp 1.234.567,89``; a negative amount has its sign before the Rp."""
    if amount is None:
        return NOTHING
    if amount < 0:
        return f"\u2212{rupiah(-amount, decimals)}"
    return f"Rp\u00a0{angka(amount, decimals)}"


def persen(share: Number | None, decimals: int = 1) -> str:
    """Return a share (1 is the whole) as ``99,9 %``."""
    if share is None:
        return NOTHING
    places = "." + "0" * decimals if decimals else ""
    text: str = format_percent(share, format=f"0{places}\u00a0%", locale=language())
    return text


def _for_each_reader(plain: Callable[..., str]) -> Callable[..., str]:
    """Return the filter that Jinja calls for each page: it would work a constant out only once,

    in the language of the first reader, when it compiles the template.
    """

    @pass_context
    def filter_(_context: Context, value: object, *args: object, **kwargs: object) -> str:
        return plain(value, *args, **kwargs)

    return filter_


FILTERS = {
    plain.__name__: _for_each_reader(plain)
    for plain in (tanggal, waktu, jam, durasi, sejak, rupiah, angka, persen)
}
