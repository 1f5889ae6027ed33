"""Contrast of the tokens, by the formula of WCAG 2.2, in light and dark."""

import re
from importlib.resources import files

import pytest

SHEET = (files("passport.web") / "static" / "tokens.css").read_text(encoding="utf-8")
LIGHT_PART, DARK_PART = SHEET.split("@media (prefers-color-scheme: dark)")
STATES = ("yes", "no", "tell", "hard", "semi", "soft")
PAPERS = ("paper", "surface")
TEXTS = (
    *((text, paper) for text in ("ink", "quiet", "accent", *STATES) for paper in PAPERS),
    *((state, f"{state}-paper") for state in STATES),
    *(("ink", f"{paper}-paper") for paper in (*STATES, "accent")),
    *(("accent", "accent-paper"), ("quiet", "accent-paper"), ("quiet", "soft-paper")),
    *(("accent-ink", "accent"), ("paper", "no")),
)
"""What is read, and on what (1.4.3)."""
EDGES = tuple((edge, paper) for edge in ("edge", "accent", "no") for paper in (*PAPERS, "soft-paper"))
"""What tells where a field is, what is chosen and where the focus is (1.4.11)."""


def tokens(part: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", part))


MODES = {"light": tokens(LIGHT_PART), "dark": tokens(LIGHT_PART) | tokens(DARK_PART.split("@media")[0])}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(mode: str, one: str, other: str) -> float:
    low, high = sorted(luminance(MODES[mode][name]) for name in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", MODES)
def test_every_text_is_read_on_every_paper_it_stands_on(mode):
    low = {pair: contrast(mode, *pair) for pair in TEXTS if contrast(mode, *pair) < 4.5}
    assert not low


@pytest.mark.parametrize("mode", MODES)
def test_every_edge_and_the_focus_are_seen(mode):
    low = {pair: contrast(mode, *pair) for pair in EDGES if contrast(mode, *pair) < 3}
    assert not low


def test_dark_says_its_own_of_every_colour():
    assert tokens(LIGHT_PART).keys() == tokens(DARK_PART.split("@media")[0]).keys()
