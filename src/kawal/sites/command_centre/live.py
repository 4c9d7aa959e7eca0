"""What the stream sends to every wall: the fragments as they are, and how fresh their data are."""

from collections.abc import Mapping

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils import timezone
from jinja2.environment import TemplateModule

from kawal.monitoring import queries as monitoring
from kawal.sites.command_centre import presenters, snapshot
from kawal.ui import live

PARTS = ("summary", "needs", "map", "feed", "figures")


def fragments() -> Mapping[str, str]:
    """Return each fragment of the wall by its element's id."""
    wall = snapshot.wall(timezone.now())
    module = _parts()
    shown = [part for part in PARTS if part != "map" or wall.map]
    found = {part: str(getattr(module, part)(wall)) for part in shown}
    paint = getattr(module, "tile")  # noqa: B009 - a macro of the template
    return found | {tile.element: str(paint(tile, False)) for tile in wall.tiles}


def pulse() -> Mapping[str, object]:
    """Return for each tile when its data are of and when they grow stale, in epoch seconds."""
    fresh = {
        f"opd-{one.agency_id}": [round(one.as_of.timestamp()), round(one.stale_at.timestamp())]
        for one in monitoring.freshness()
    }
    return {"fresh": fresh}


def _parts() -> TemplateModule:
    backend = engines["jinja2"]
    assert isinstance(backend, Jinja2)
    template = backend.env.get_template("command_centre/parts/fragments.jinja")
    return template.make_module({"words": presenters.state_words()})


def register() -> None:
    """Offer the wall to the stream."""
    live.register(live.Topic("wall", fragments, pulse))
