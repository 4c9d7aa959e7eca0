"""The colours keep enough contrast in both themes, where no browser can compute it too."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[1] / "static" / "ui" / "css" / "tokens.css"
PAIRS = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
COLOURS = {name: (light, dark) for name, light, dark in PAIRS.findall(TOKENS.read_text())}
TEXT, SHAPE = 4.5, 3.0
TONES = ("good", "warn", "bad", "unknown", "paused")

ON_TEXT = [
    *((tone, f"{tone}-soft") for tone in TONES),
    *((tone, ground) for tone in TONES for ground in ("paper", "surface")),
    *((ink, ground) for ink in ("ink", "ink-soft") for ground in ("paper", "surface", "sunken")),
    *((ink, f"{tone}-soft") for ink in ("ink", "ink-soft") for tone in TONES),
    *(("accent", ground) for ground in ("paper", "surface", "sunken", "accent-soft")),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("paper", "ink"),
    *(("surface", tone) for tone in TONES),  # names on the map
]
ON_SHAPE = [
    ("line-strong", "surface"),
    ("line-strong", "paper"),
    ("line-strong", "sunken"),
    ("focus", "focus-gap"),
    ("surface", "line-strong"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guideline_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), ON_TEXT)
def test_text_can_be_read(front: str, ground: str, theme: int):
    assert contrast(COLOURS[front][theme], COLOURS[ground][theme]) >= TEXT


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), ON_SHAPE)
def test_shapes_can_be_seen(front: str, ground: str, theme: int):
    assert contrast(COLOURS[front][theme], COLOURS[ground][theme]) >= SHAPE
