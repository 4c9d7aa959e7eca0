"""The numbers of the day: each with its owner, its time, and its target where one is set."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from kawal.monitoring.codes import words
from kawal.monitoring.overviews import DaySummary, PolicyFacts
from kawal.sites.command_centre.facts import Figure
from kawal.ui import formats


def figures_of(day: DaySummary, policy: PolicyFacts) -> tuple[Figure, ...]:
    """Return the figures of a day until now."""
    return (availability(day, policy), *quick_figures(day, policy))


def quick_figures(day: DaySummary, policy: PolicyFacts) -> tuple[Figure, ...]:
    """Return those that are current within a moment: all but the day's availability."""
    return (incidents(day), taking(day, policy), checking(day))


def availability(day: DaySummary, policy: PolicyFacts) -> Figure:
    """Return how much of the service hours so far the applications answered."""
    percent = day.uptime.percent if day.uptime else None
    target = policy.uptime_target
    return Figure(
        key="availability",
        label=_("Ketersediaan hari ini"),
        value=_percent(percent),
        unit="%" if percent is not None else "",
        target=_target(None if target is None else f"{formats.angka(target)} %"),
        owner=_("Pusat Kendali"),
        as_of=day.as_of,
        href=reverse("wall_needs"),
        is_missed=percent is not None and target is not None and percent < target,
    )


def incidents(day: DaySummary) -> Figure:
    """Return how many incidents the day has seen."""
    return Figure(
        key="incidents",
        label=_("Insiden hari ini"),
        value=formats.angka(day.opened),
        unit="",
        target=_("%(open)s terbuka, %(resolved)s selesai")
        % {"open": day.open_now, "resolved": day.resolved},
        owner=_("Pusat Kendali"),
        as_of=day.as_of,
        href=reverse("wall_needs"),
    )


def taking(day: DaySummary, policy: PolicyFacts) -> Figure:
    """Return the median time until somebody took an incident."""
    seconds, limit = day.to_acknowledge, policy.take_within
    return Figure(
        key="taking",
        label=_("Sampai diterima (median)"),
        value=formats.durasi(seconds) if seconds is not None else "–",
        unit="",
        target=_target(None if limit is None else formats.durasi(limit)),
        owner=_("Pusat Kendali"),
        as_of=day.as_of,
        href=reverse("wall_needs"),
        is_missed=seconds is not None and limit is not None and seconds > limit,
    )


def checking(day: DaySummary) -> Figure:
    """Return how many checks a minute are really made, and how the watcher judges itself."""
    verdicts = [watcher.verdict for watcher in day.watchers]
    sick = next((verdict for verdict in verdicts if verdict), 0)
    rate = day.checks_per_minute
    if not verdicts:
        judgement = _("Pengawas belum berjalan")
    else:
        judgement = _(words(sick)) if sick else _("Pengawas sehat")
    return Figure(
        key="checking",
        label=_("Pemeriksaan per menit"),
        value="–" if rate is None else formats.angka(round(rate)),
        unit="",
        target=judgement,
        owner=_("Pusat Kendali"),
        as_of=day.as_of,
        href=reverse("wall_needs"),
        is_missed=bool(sick) or not verdicts,
    )


def _percent(percent: Decimal | None) -> str:
    """Return a percentage cut to two places: 99,999 must never read as 100."""
    if percent is None:
        return "–"
    return formats.angka(Decimal(int(percent * 100)) / 100, 2)


def _target(text: str | None) -> str:
    if text is None:
        return _("target belum ditetapkan")
    return _("target %(target)s") % {"target": text}
