"""Paints the wall for the stream again and again: only what changed is read, and drawn, anew."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2.environment import TemplateModule

from kawal.monitoring import queries as monitoring
from kawal.regions import queries as regions
from kawal.regions.facts import ShapeMap
from kawal.sites.command_centre import figures, presenters, snapshot
from kawal.sites.command_centre.facts import Figure, Tile, Wall
from kawal.sites.command_centre.money import Purse
from kawal.ui.live import News

PARTS: Mapping[str, Callable[[Wall], object]] = {
    "summary": lambda wall: wall.counts,
    "needs": lambda wall: (wall.needs, wall.needs_total),
    "map": lambda wall: wall.map,
    "feed": lambda wall: wall.lines,
    "figures": lambda wall: wall.figures,
    "money": lambda wall: wall.money,
}  # each with all that its drawing shows

LONG_AGO = datetime.min.replace(tzinfo=UTC)
AVAILABILITY = timedelta(minutes=1)  # it names the minute up to which it is counted


class Painting:
    """One topic's memory between two paints; used by one thread."""

    def __init__(self) -> None:
        self._standing = monitoring.Standing()
        self._shapes: ShapeMap | None = None
        self._availability: tuple[Figure, ...] = ()
        self._availability_of = LONG_AGO
        self._purse = Purse()
        self._day: date | None = None
        self._drawn: dict[str, tuple[object, str]] = {}  # by element: what it shows, its HTML

    def fragments(self, at: datetime, news: News) -> dict[str, str]:
        """Return each fragment of the wall by its element's id, true at an instant.

        The outlines are read with the whole wall only, and the day's availability once a minute:
        neither belongs to a change, and with many checks the second takes longest.
        """
        wall, module, drawn = self._wall(at, news), _parts(), {}
        for part, shows in PARTS.items():
            if part not in ("map", "money") or shows(wall):
                draw = partial(getattr(module, part), wall)
                drawn[part] = self._draw(part, shows(wall), draw)
        for tile in map(_ageless, wall.tiles):
            draw = partial(getattr(module, "tile"), tile, False)  # noqa: B009 - a macro
            drawn[tile.element] = self._draw(tile.element, tile, draw)
        self._drawn = drawn
        return {element: html for element, (_shows, html) in drawn.items()}

    def _draw(self, element: str, shows: object, draw: Callable[[], object]) -> tuple[object, str]:
        """Return what an element shows and its HTML; the one it has when it shows the same."""
        known = self._drawn.get(element)
        return known if known and known[0] == shows else (shows, str(draw()))

    def _wall(self, at: datetime, news: News) -> Wall:
        today = regions.today(at)
        is_whole = news is None or today != self._day
        self._standing.read(today, news)
        if today != self._day:
            self._day, self._availability_of = today, LONG_AGO
        if is_whole:
            self._shapes = snapshot.shapes_of(today)
        agencies, lights = self._standing.agencies, self._standing.lights
        return snapshot.assembled(
            at,
            agencies,
            lights,
            self._shapes,
            self._figures(at, is_whole=is_whole),
            self._purse.read(at, None if is_whole else news),
        )

    def _figures(self, at: datetime, *, is_whole: bool) -> tuple[Figure, ...]:
        today = regions.today(at)
        with_uptime = is_whole and at - self._availability_of >= AVAILABILITY
        day = monitoring.day_summary(today, at, with_uptime=with_uptime)
        policy = monitoring.policy(today)
        if with_uptime:
            self._availability = (figures.availability(day, policy),)
            self._availability_of = at
        return self._availability + figures.quick_figures(day, policy)


def _ageless(tile: Tile) -> Tile:
    """Return a tile without the age of its data, which comes with the beat."""
    return replace(tile, as_of=None, stale_at=None)


def _parts() -> TemplateModule:
    backend = engines["jinja2"]
    assert isinstance(backend, Jinja2)
    template = backend.env.get_template("command_centre/parts/fragments.jinja")
    return template.make_module(presenters.vocabulary())
