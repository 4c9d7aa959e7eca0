"""Turns facts into what the pages of monitoring show: timelines, changes, choices, drawings."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kawal.kernel.words import N_
from kawal.monitoring import codes
from kawal.monitoring.facts import Change, EventKind, Kind, Light, State, Uptime
from kawal.monitoring.forms import specs
from kawal.monitoring.forms.applications import ApplicationForm
from kawal.monitoring.forms.checks import CheckForm
from kawal.monitoring.overviews import ChangeFacts, EventFacts, ResultFacts
from kawal.ui import charts, formats

TONES = {
    State.UP: "good",
    State.WARN: "warn",
    State.DOWN: "bad",
    State.UNKNOWN: "unknown",
    State.PAUSED: "paused",
}
EVENT_TONES = {
    EventKind.OPENED: "bad",
    EventKind.REOPENED: "bad",
    EventKind.WORSENED: "bad",
    EventKind.ESCALATED: "warn",
    EventKind.ACKNOWLEDGED: "info",
    EventKind.ASSIGNED: "info",
    EventKind.RESOLVED: "good",
}
_OTHER_FIELDS = {
    "agency_id": N_("OPD pemilik"),
    "officer_id": N_("Pejabat penanggung jawab"),
    "weekly": N_("Jam sendiri"),
    "decision": N_("Keputusan"),
    "decision_why": N_("Alasan"),
    "merge_into_id": N_("Digabung ke"),
    "retired_at": N_("Dihentikan"),
    "why": N_("Alasan"),
    "enabled": N_("Diawasi"),
    "spec": N_("Aturan"),
    "secrets": N_("Nilai rahasia"),
    "key": N_("Kunci kiriman"),
    "kind": N_("Jenis"),
}


def reason(code: int, detail: str = "") -> str:
    """Return why, in the reader's language, with what was found."""
    said = _(codes.words(code)) % {"status": code}
    return f"{said} ({detail})" if detail else said


def why(light: Light) -> str:
    """Return why a light is so, in the reader's language."""
    return _(light.why) % dict(light.values)


def spec_label(kind: Kind, name: str) -> str:
    """Return what a field of a kind's spec is called on its form."""
    field = specs.RENAMED.get(kind, {}).get(name, name)
    made = specs.FIELDS[kind].get(field)
    return str(made().label) if made else name


def since(at: datetime | None, now: datetime) -> str:
    """Return ``sejak 3 jam``; empty when it is not known."""
    if at is None:
        return ""
    return _("sejak %(span)s") % {"span": formats.durasi(now - at)}


def month(day: date) -> str:
    """Return ``November 2026``."""
    return format_date(day, "MMMM y", locale=formats.language())


def field_label(name: str) -> str:
    """Return what a field is called on its form."""
    if name in _OTHER_FIELDS:
        return _(_OTHER_FIELDS[name])
    for form in (ApplicationForm, CheckForm):
        if name in form.base_fields:
            return str(form.base_fields[name].label)
    return name


def shown(value: object) -> str:
    """Return a kept value as people read it."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {shown(one)}" for name, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(shown(one) for one in value)
    return str(value)


def changes(rows: Iterable[ChangeFacts], names: Mapping[int, str]) -> list[dict[str, str]]:
    """Return who changed what, for a timeline."""
    return [
        {
            "at": formats.waktu(row.at),
            "title": _("Versi %(version)s") % {"version": row.version},
            "who": names.get(row.by_id or 0, ""),
            "text": "; ".join(_change(name, *pair) for name, pair in row.changes.items()),
            "tone": "neutral",
        }
        for row in rows
    ]


def _change(name: str, old: object, new: object) -> str:
    if old in (None, "", []):
        return f"{field_label(name)}: {shown(new)}"
    return f"{field_label(name)}: {shown(old)} → {shown(new)}"


def timeline(events: Iterable[EventFacts], names: Mapping[int, str]) -> list[dict[str, str]]:
    """Return an incident's steps for a timeline, the last first."""
    found = [_event(event, names) for event in events]
    return found[::-1]


def _event(event: EventFacts, names: Mapping[int, str]) -> dict[str, str]:
    title = _(event.kind.label)
    if event.person_id:
        title = f"{title}: {names.get(event.person_id, '–')}"
    found = [event.check, reason(event.code) if event.code is not None else "", event.text]
    return {
        "at": formats.waktu(event.at),
        "title": title,
        "who": names.get(event.by_id, "") if event.by_id else _("pemeriksaan otomatis"),
        "text": " · ".join(one for one in found if one),
        "tone": EVENT_TONES.get(event.kind, "neutral"),
    }


def transitions(rows: Iterable[Change]) -> list[dict[str, str]]:
    """Return a check's changes of state for a timeline."""
    return [
        {
            "at": formats.waktu(row.at),
            "title": f"{_(row.old.label)} → {_(row.new.label)}",
            "who": "",
            "text": reason(row.code, row.detail),
            "tone": TONES[row.new],
        }
        for row in rows
    ]


def latency_line(results: Sequence[ResultFacts]) -> Any:
    """Return the latencies of raw results as a line, oldest first; bad answers are gaps."""
    answers = {State.UP, State.WARN}
    points = [one.ms if one.state in answers else None for one in reversed(results)]
    known = [point for point in points if point is not None]
    if not known:
        return ""
    label = _("Waktu jawaban %(count)s pemeriksaan terakhir: %(least)s sampai %(most)s milidetik")
    values = {"count": len(points), "least": formats.angka(min(known), 0)}
    values["most"] = formats.angka(max(known), 0)
    return charts.sparkline(points, label % values)


def phases(result: ResultFacts) -> list[str]:
    """Return how long each phase took: name, connection, TLS, first answer; a dash for none."""
    found = (result.dns, result.connect, result.tls, result.first)
    return ["> 3.276" if one is None else formats.angka(one, 1) if one else "–" for one in found]


def clock(at: datetime) -> str:
    """Return ``24 Nov 12.42.07``: raw results come many a minute."""
    local = at.astimezone(formats.zone())
    mark = ":" if formats.language() == "en" else "."
    day = format_date(local.date(), "d MMM", locale=formats.language())
    return f"{day} {local:%H}{mark}{local:%M}{mark}{local:%S}"


def days_strip(found: Sequence[Uptime], first: date, red_after: int) -> Any:
    """Return one part a day, oldest first: red after so many seconds down, grey where unknown."""
    parts = [_day(one, first + timedelta(days=n), red_after) for n, one in enumerate(found)]
    bad = sum(one.down > 0 for one in found)
    label = ngettext(
        "%(days)s hari terakhir; %(bad)s hari dengan gangguan",
        "%(days)s hari terakhir; %(bad)s hari dengan gangguan",
        bad,
    )
    return charts.strip(parts, label % {"days": len(found), "bad": bad})


def _day(one: Uptime, day: date, red_after: int) -> charts.Part:
    name = formats.tanggal(day)
    if not one.up + one.down:
        return charts.Part(1.0, "unknown", f"{name}: {_('tidak ada data')}")
    if not one.down:
        return charts.Part(1.0, "good", f"{name}: {_('tanpa gangguan')}")
    tone = "bad" if one.down >= red_after else "warn"
    words = _("terganggu %(span)s") % {"span": formats.durasi(one.down)}
    return charts.Part(1.0, tone, f"{name}: {words}")


def share(found: Sequence[Uptime]) -> str:
    """Return the availability over several days, a dash where nothing is known."""
    up, down = sum(one.up for one in found), sum(one.down for one in found)
    return formats.persen(up / (up + down), 2) if up + down else formats.NOTHING
