"""A map of near work: the closer to the middle, the closer to what the person can do.

The distance is that of the score, the direction only puts work side by side that is alike.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matching.adjacent import rank_near
from matching.closeness import BOUNDS, Closeness, closeness
from matching.pictures.frame import WIDTH, framed, legend
from matching.taxonomy.compact import Taxonomy
from matching.texts import catalogue
from passport.texts import Language

MOST = 10
"""Occupations on one map."""
_MIDDLE, _OUTER = WIDTH / 2, 150.0
_RINGS = {
    Closeness.VERY_CLOSE: 60.0,
    Closeness.CLOSE: 105.0,
    Closeness.SOMEWHAT: _OUTER,
    Closeness.FAR: _OUTER + 22,
}


@dataclass(frozen=True, slots=True)
class Near:
    """One occupation on the map."""

    occupation: str
    label: str
    score: float


def draw_near(
    found: Sequence[Near],
    taxonomy: Taxonomy,
    language: Language = Language.EN,
    *,
    middle: str,
    name: str = "near",
    standalone: bool = False,
) -> str:
    """An SVG element; `middle` is what stands in the middle: the person, or an occupation."""
    say = catalogue().say
    shown = found[:MOST]
    turned = _turned([one.occupation for one in shown], taxonomy)
    words = [closeness(one.score) for one in shown]
    scale = _OUTER / max((_RINGS[word] for word in words), default=_OUTER)
    parts = [_ring(scale * radius) for word, radius in _RINGS.items() if scale * radius <= _OUTER]
    rows = [(_MIDDLE_MARK, middle)]
    for place, (one, word) in enumerate(zip(shown, words, strict=True), 1):
        angle = 2 * math.pi * turned[one.occupation] / len(shown) - math.pi / 2
        radius = scale * _radius(one.score)
        x, y = round(_MIDDLE + radius * math.cos(angle)), round(_MIDDLE + radius * math.sin(angle))
        parts.append(f'<path d="M{_MIDDLE:g} {_MIDDLE:g}L{x} {y}" {_THIN}/>{_dot(x, y, place)}')
        if word not in words[: place - 1]:
            rows.append((_RING_MARK, say(f"picture.near-{word}", language)))
        rows.append((_dot(0, 0, place), one.label))
    parts.append(f'<circle cx="{_MIDDLE:g}" cy="{_MIDDLE:g}" r="7" class="chain-fill-hard" fill="#0d4f8b"/>')
    listed, bottom = legend(2 * _MIDDLE + 4, rows)
    sentences = [
        say(
            "picture.near-sentence",
            language,
            {"place": place, "name": one.label, "word": say(f"closeness.{closeness(one.score)}", language)},
        )
        for place, one in enumerate(shown, 1)
    ]
    return framed(
        [*parts, *listed],
        bottom,
        name=name,
        title=say("picture.near-title", language, {"name": middle}),
        sentences=[*sentences, say("picture.near-direction", language)],
        language=language,
        standalone=standalone,
    )


_THIN = 'class="chain-line-quiet" stroke="#55606a" stroke-width="1" stroke-opacity="0.5"'
_RING_MARK = (
    '<path d="M-8 4a10 10 0 0 1 16 0" fill="none" class="chain-line-quiet" stroke="#55606a"'
    ' stroke-width="1.5" stroke-dasharray="3 3"/>'
)
_MIDDLE_MARK = '<circle r="7" class="chain-fill-hard" fill="#0d4f8b"/>'


def _radius(score: float) -> float:
    """From the middle (1) over the rings to the edge (0): a straight line between two rings."""
    steps = [(1.0, 18.0), *((least, _RINGS[word]) for least, word in BOUNDS), (0.0, _RINGS[Closeness.FAR])]
    for (above, inner), (below, outer) in pairwise(steps):
        if score >= below:
            return inner + (outer - inner) * (above - min(score, above)) / (above - below)
    return _RINGS[Closeness.FAR]


def _turned(occupations: Sequence[str], taxonomy: Taxonomy) -> dict[str, int]:
    """An order round the circle: each next to the one that is most like it among those that are left."""
    left = list(occupations[1:])
    order = list(occupations[:1])
    while left:
        near = rank_near(order[-1], taxonomy)
        following = max(left, key=lambda iri: (near.score(iri), iri))
        left.remove(following)
        order.append(following)
    return {iri: place for place, iri in enumerate(order)}


def _ring(radius: float) -> str:
    return (
        f'<circle cx="{_MIDDLE:g}" cy="{_MIDDLE:g}" r="{radius:g}" fill="none" {_THIN}'
        ' stroke-dasharray="3 4"/>'
    )


def _dot(x: int, y: int, place: int) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="11" class="chain-fill-semi-hard" fill="#5a3f94"/>'
        f'<text x="{x}" y="{y + 5}" font-size="13" font-weight="700" text-anchor="middle"'
        f' class="chain-fill-paper" fill="#ffffff">{place}</text>'
    )
