"""Two sets and what they share: a person's skills and those that work asks for, as circles of their size."""

import math

from matching.compared import Comparison
from matching.pictures.frame import WIDTH, framed, legend, text
from matching.texts import catalogue
from passport.texts import Language

_HEIGHT, _TOP, _LARGEST = 200, 30, 84.0
_OWN = 'class="chain-fill-hard" fill="#0d4f8b"'
_OWN_LINE = 'class="chain-line-hard" stroke="#0d4f8b"'
_WORK = 'class="chain-fill-semi-hard" fill="#5a3f94"'
_WORK_LINE = 'class="chain-line-semi-hard" stroke="#5a3f94"'
_DASHED = 'stroke-width="2" stroke-dasharray="6 4"'
_STEPS = 40


def draw_overlap(
    comparison: Comparison,
    language: Language = Language.EN,
    *,
    name: str = "overlap",
    standalone: bool = False,
) -> str:
    """An SVG element for a page; `name` makes its ids unique there."""
    shared, lacking, over = (
        len(comparison.overlap),
        len(comparison.shortage),
        len(comparison.surplus),
    )
    counts = {"overlap": shared, "shortage": lacking, "surplus": over}
    say = catalogue().say
    sentences = [
        say(f"picture.{part}-sentence", language, {"count": count}) for part, count in counts.items()
    ]
    essential = say(
        "match.essential" if comparison.essential.of else "match.nothing-essential",
        language,
        {"met": comparison.essential.met, "of": comparison.essential.of, "name": comparison.label},
    )
    rows = [(_MARKS[part], f"{say(f'picture.{part}', language)}: {count}") for part, count in counts.items()]
    low = len(comparison.too_low)
    if low:
        rows.append((_MARKS["too-low"], f"{say('picture.too-low', language)}: {low}"))
    listed, bottom = legend(_HEIGHT + 34, rows)
    heads = [
        text(4, 16, say("picture.yours", language), size=14, name="hard", colour="#0d4f8b", bold=True),
        text(
            WIDTH - 4,
            16,
            say("picture.asked", language),
            size=14,
            name="semi-hard",
            colour="#5a3f94",
            bold=True,
            end=True,
        ),
    ]
    return framed(
        [*heads, *_circles(shared, lacking, over), *listed],
        bottom,
        name=name,
        title=say("picture.title", language, {"name": comparison.label}),
        sentences=[essential, *sentences],
        language=language,
        standalone=standalone,
    )


_MARKS = {
    "overlap": (
        f'<rect x="-8" y="-8" width="16" height="16" rx="3" {_OWN} fill-opacity="0.22"/>'
        f'<rect x="-8" y="-8" width="16" height="16" rx="3" {_WORK} fill-opacity="0.3"/>'
        '<path d="M-4 0l3 3l5-6" class="chain-line-ink" fill="none" stroke="#1d2327" stroke-width="2"/>'
    ),
    "shortage": (
        f'<rect x="-8" y="-8" width="16" height="16" rx="3" {_WORK_LINE} fill="none" stroke-width="2"'
        ' stroke-dasharray="4 3"/>'
    ),
    "surplus": (
        f'<rect x="-8" y="-8" width="16" height="16" rx="3" {_OWN_LINE} fill="none" stroke-width="2"/>'
    ),
    "too-low": '<path d="M0-7v14m-5-5l5 5l5-5" class="chain-line-ink" fill="none" stroke="#1d2327" '
    'stroke-width="2"/>',
}


def _circles(shared: int, lacking: int, over: int) -> list[str]:
    own, work = shared + over, shared + lacking
    most = max(own, work)
    if not most:
        return []
    radius_own, radius_work = (_LARGEST * math.sqrt(count / most) for count in (own, work))
    distance = _distance(radius_own, radius_work, math.pi * _LARGEST**2 * shared / most, shared)
    middle = _TOP + _HEIGHT / 2
    width = radius_own + distance + radius_work
    if shared and min(own, work) == shared:  # one lies within the other
        width = 2 * max(radius_own, radius_work)
    scale = min(1.0, (WIDTH - 12) / width)
    left = (WIDTH - scale * width) / 2
    if shared and own == shared and work > own:
        x_work = left + scale * radius_work
        x_own = x_work - scale * distance
    else:
        x_own = left + scale * radius_own
        x_work = x_own + scale * distance
    radius_own, radius_work = round(scale * radius_own), round(scale * radius_work)
    x_own, x_work = round(x_own), round(x_work)
    return [
        f'<circle cx="{x_own}" cy="{middle:g}" r="{radius_own}" {_OWN} fill-opacity="0.22"/>',
        f'<circle cx="{x_work}" cy="{middle:g}" r="{radius_work}" {_WORK} fill-opacity="0.22"/>',
        f'<circle cx="{x_own}" cy="{middle:g}" r="{radius_own}" {_OWN_LINE} fill="none" stroke-width="2"/>',
        f'<circle cx="{x_work}" cy="{middle:g}" r="{radius_work}" {_WORK_LINE} fill="none" {_DASHED}/>',
        *_numbers(
            (x_own - radius_own, x_own + radius_own),
            (x_work - radius_work, x_work + radius_work),
            (over, shared, lacking),
            middle,
        ),
    ]


def _numbers(
    own: tuple[int, int], work: tuple[int, int], counts: tuple[int, int, int], middle: float
) -> list[str]:
    """Each count in the middle of its part, where there is room; all of them stand below as well."""
    spans = (
        (own[0], min(own[1], work[0])),
        (max(own[0], work[0]), min(own[1], work[1])),
        (max(own[1], work[0]), work[1]),
    )
    found = []
    for (start, end), count in zip(spans, counts, strict=True):
        if count and end - start >= 12 * len(str(count)) + 12:
            found.append(
                f'<text x="{(start + end) / 2:g}" y="{middle + 7:g}" font-size="20" font-weight="700"'
                f' text-anchor="middle" class="chain-fill-ink" fill="#1d2327">{count}</text>'
            )
    return found


def _distance(one: float, other: float, area: float, shared: int) -> float:
    """Between the middles of two circles that have so much in common, found by halving."""
    if not shared:
        return one + other + 8
    least, most = abs(one - other), one + other
    for _ in range(_STEPS):
        middle = (least + most) / 2
        least, most = (middle, most) if _lens(one, other, middle) > area else (least, middle)
    return most


def _lens(one: float, other: float, distance: float) -> float:
    """The area that two circles share."""
    if distance >= one + other:
        return 0.0
    if distance <= abs(one - other):
        return math.pi * min(one, other) * min(one, other)
    return _segment(one, other, distance) + _segment(other, one, distance)


def _segment(one: float, other: float, distance: float) -> float:
    reach = (distance * distance + one * one - other * other) / (2 * distance)
    reach = max(-one, min(one, reach))
    return one * one * math.acos(reach / one) - reach * math.sqrt(one * one - reach * reach)
