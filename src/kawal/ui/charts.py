"""Small charts as SVG drawn on the server: no script, no inline style, and a table beside each."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

Point = float | None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a strip: its share of the width, its tone and what it says."""

    share: float
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: label, value, its text, and where the value should be (``None``: no target)."""

    label: str
    value: float
    text: str
    target: float | None = None
    tone: str = "neutral"


def _svg(kind: str, width: float, height: float, label: str, body: Markup) -> Markup:
    return Markup(
        '<svg class="chart chart-{}" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}"'
        ' preserveAspectRatio="none" focusable="false">{}</svg>'
    ).format(kind, width, height, label, body)


def _runs(points: Sequence[tuple[float, Point]]) -> list[list[tuple[float, float]]]:
    """Split at gaps: a missing value breaks the line and is never bridged."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if y is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    return [run for run in runs if run]


def sparkline(
    values: Sequence[Point], label: str, *, target: float | None = None, zero: bool = True
) -> Markup:
    """Return a line of values, oldest first; ``None`` is a gap, ``zero`` starts the scale there.

    ``label`` is the sentence that a reader who cannot see the line gets.
    """
    known = [value for value in values if value is not None]
    scale = [*known, *([target] if target is not None else []), *([0.0] if zero else [])]
    if not known:
        return _svg("sparkline", 100, 28, label, Markup(""))
    low, high = min(scale), max(scale)
    span = (high - low) or 1.0
    step = 100 / max(len(values) - 1, 1)

    def height(value: float) -> float:
        return round(26 - 24 * (value - low) / span, 2)

    points = [(round(i * step, 2), None if v is None else height(v)) for i, v in enumerate(values)]
    parts = [_line(run) for run in _runs(points)]
    if target is not None:
        y = height(target)
        parts.insert(0, Markup('<path class="target" d="M0 {0:g}H100"/>').format(y))
    return _svg("sparkline", 100, 28, label, Markup("").join(parts))


def _line(run: Sequence[tuple[float, float]]) -> Markup:
    if len(run) == 1:
        (x, y) = run[0]
        return Markup('<path class="line" d="M{:g} {:g}h0.1"/>').format(x, y)
    path = " ".join(f"{x:g} {y:g}" for x, y in run)
    area = f"M{run[0][0]:g} 28L{path}L{run[-1][0]:g} 28Z"
    return Markup('<path class="area" d="{}"/><path class="line" d="M{}"/>').format(area, path)


def strip(parts: Sequence[Part], label: str) -> Markup:
    """Return parts side by side, such as a day of up and down; height also tells the tone.

    Shares are summed; an empty sequence draws an empty strip.
    """
    whole = sum(part.share for part in parts) or 1.0
    at, drawn = 0.0, []
    for part in parts:
        width = 1000 * part.share / whole
        top = {"bad": 0, "warn": 4, "good": 8}.get(part.tone, 14)
        drawn.append(
            Markup(
                '<rect class="tone-{}" x="{:.2f}" y="{}" width="{:.2f}" height="{}">'
                "<title>{}</title></rect>"
            ).format(part.tone, at, top, max(width, 1.5), 24 - top, part.label)
        )
        at += width
    return _svg("strip", 1000, 24, label, Markup("").join(drawn))


def longest(rows: Sequence[Bar]) -> float:
    """Return the end of the scale on which bars and their targets are drawn from zero."""
    return max([1e-9, *(row.value for row in rows), *(row.target or 0.0 for row in rows)])


def meter(share: float, label: str, *, tone: str = "accent", target: float | None = None) -> Markup:
    """Return one bar that fills to ``share`` (0 to 1), with the target as a mark."""
    filled = min(max(share, 0.0), 1.0)
    body = Markup(
        '<rect class="track" width="1000" height="12"/>'
        '<rect class="tone-{}" width="{:.1f}" height="12"/>'
    ).format(tone, 1000 * filled)
    if target is not None:
        x = min(max(target, 0.0), 1.0) * 997
        body += Markup('<rect class="aim" x="{:.1f}" width="3" height="12"/>').format(x)
    return _svg("meter", 1000, 12, label, body)


@dataclass(frozen=True, slots=True)
class Area:
    """One region of a map: the path of its outline, its page, its name and what it says."""

    path: str
    url: str
    name: str
    text: str
    tone: str = "neutral"
    at: tuple[float, float] | None = None
    short: str = ""


HATCHES = {
    "bad": "M0 8 8 0M-2 2 2-2M6 10 10 6",
    "warn": "M0 2h8M0 6h8",
    "unknown": "M2 2h.1M6 6h.1",
    "paused": "M2 0v8M6 0v8",
}


def choropleth(areas: Sequence[Area], view_box: str, label: str, *, name: str = "map") -> Markup:
    """Return a map in which every region is a link that says its name and its state.

    Each tone has a hatch of its own beside its colour; ``name`` tells two maps of a page apart.
    """
    hatches = Markup("").join(
        Markup(
            '<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse">'
            '<path class="hatch" d="{}"/></pattern>'
        ).format(name, tone, path)
        for tone, path in HATCHES.items()
    )
    drawn = Markup("").join(_area(area, name) for area in areas)
    return Markup(
        '<svg class="chart chart-map" viewBox="{}" role="group" aria-label="{}">'
        "<defs>{}</defs>{}</svg>"
    ).format(view_box, label, hatches, drawn)


def _area(area: Area, name: str) -> Markup:
    inner = Markup('<path class="tone-{}" d="{}"/>').format(area.tone, area.path)
    if area.tone in HATCHES:
        inner += Markup('<path fill="url(#{}-{})" d="{}"/>').format(name, area.tone, area.path)
    if area.at and area.short:
        text = Markup('<text x="{:g}" y="{:g}" aria-hidden="true">{}</text>')
        inner += text.format(*area.at, area.short)
    said = escape(f"{area.name}: {area.text}")
    return Markup('<a href="{}" aria-label="{}"><title>{}</title>{}</a>').format(
        area.url, said, said, inner
    )
