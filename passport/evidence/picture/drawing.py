"""The marks of the picture as SVG: shapes of strength and state, boxes, lines of text, arrows.

Colours stand in attributes and can be set by a stylesheet through classes, since a page of ours allows no
styles of its own. Nothing is said by colour alone: every state has a shape and a word, every lane too.
"""

from collections.abc import Sequence
from html import escape

from passport.answers import Answer
from passport.evidence.kinds import Strength

INK, QUIET, PAPER = "#1d2327", "#55606a", "#ffffff"
LANES = {
    Strength.HARD: ("#0d4f8b", "#e3eefa"),
    Strength.SEMI_HARD: ("#5a3f94", "#eee8fa"),
    Strength.SOFT: ("#5c5f62", "#eeeeec"),
}
STATES = {Answer.YES: "#1b6437", Answer.NO: "#9c2518", Answer.CANNOT_TELL: "#6d5200"}
DARK = {
    "ink": "#eceeec",
    "quiet": "#adb6bb",
    "paper": "#1d2326",
    "hard": "#a5cdf7",
    "semi-hard": "#cfbdf6",
    "soft": "#c6c9cb",
    "hard-lane": "#14283d",
    "semi-hard-lane": "#2a2140",
    "soft-lane": "#2c3032",
    "yes": "#8fd8a8",
    "no": "#ffb1a6",
    "cannot-tell": "#f0d070",
}
"""The colours of the dark page, for a picture in a file of its own: on a page the stylesheet has them."""

_DASHES = {
    Answer.YES: "",
    Answer.NO: ' stroke-dasharray="2 4"',
    Answer.CANNOT_TELL: ' stroke-dasharray="6 4"',
}
_SECTORS = {
    Strength.HARD: '<circle cx="{x}" cy="{y}" r="8"{fill}/>',
    Strength.SEMI_HARD: '<path d="M{x} {top}a8 8 0 0 1 0 16z"{fill}/>',
    Strength.SOFT: '<path d="M{x} {top}a8 8 0 0 1 8 8h-8z"{fill}/>',
}


def filled(name: str, colour: str) -> str:
    return f' class="chain-fill-{name}" fill="{colour}"'


def stroked(name: str, colour: str, width: float = 1.5) -> str:
    return f' class="chain-line-{name}" fill="none" stroke="{colour}" stroke-width="{width}"'


def text(
    x: float,
    y: float,
    line: str,
    *,
    size: float,
    name: str = "ink",
    colour: str = INK,
    bold: bool = False,
    struck: bool = False,
    end: bool = False,
) -> str:
    """One line of text; `y` is that of its base line."""
    more = ' font-weight="700"' if bold else ""
    more += ' text-decoration="line-through"' if struck else ""
    more += ' text-anchor="end"' if end else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{more}{filled(name, colour)}>{escape(line)}</text>'


def lane(strength: Strength, y: float, width: float, height: float) -> str:
    """The ground of a lane."""
    _, ground = LANES[strength]
    return (
        f'<rect y="{y:g}" width="{width:g}" height="{height:g}" rx="10"{filled(f"{strength}-lane", ground)}/>'
    )


def shape(strength: Strength, x: float, y: float) -> str:
    """A quarter, half or whole disc, as the marks of the pages have it."""
    colour, _ = LANES[strength]
    sector = _SECTORS[strength].format(
        x=f"{x:g}", y=f"{y:g}", top=f"{y - 8:g}", fill=filled(strength, colour)
    )
    return f'<circle cx="{x:g}" cy="{y:g}" r="8"{stroked(strength, colour, 2)}/>{sector}'


def box(strength: Strength, answer: Answer, place: Sequence[float]) -> str:
    """The frame of a node, dashed where it can't be told whether it holds."""
    x, y, width, height = place
    colour = LANES[strength][0] if answer is Answer.YES else STATES[answer]
    name = str(strength if answer is Answer.YES else answer)
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="8"{filled("paper", PAPER)}/>'
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="8"'
        f"{stroked(name, colour)}{_DASHES[answer] if answer is Answer.CANNOT_TELL else ''}/>"
    )


def ghost_box(strength: Strength, place: Sequence[float]) -> str:
    """The frame of what is not there yet: dotted, and nothing in it."""
    x, y, width, height = place
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="8"'
        f'{stroked(strength, LANES[strength][0])} stroke-dasharray="2 5" stroke-linecap="round"/>'
    )


def state_mark(answer: Answer, x: float, y: float) -> str:
    """A tick, a cross or a question mark in a disc."""
    colour = STATES[answer]
    disc = f'<circle cx="{x:g}" cy="{y:g}" r="9"{filled(answer, colour)}/>'
    if answer is Answer.CANNOT_TELL:
        return disc + (
            f'<text x="{x:g}" y="{y + 5:g}" font-size="14" font-weight="700" text-anchor="middle"'
            f"{filled('paper', PAPER)}>?</text>"
        )
    lines = {Answer.YES: "m-4 0l3 3l5-6", Answer.NO: "m-3.5-3.5l7 7m0-7l-7 7"}[answer]
    return disc + (f'<path d="M{x:g} {y:g}{lines}" stroke-linecap="round"{stroked("paper", PAPER, 2)}/>')


def plus_mark(strength: Strength, x: float, y: float) -> str:
    """A plus in an open disc: this could be added."""
    colour = LANES[strength][0]
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="9" stroke-dasharray="2 3"{stroked(strength, colour)}/>'
        f'<path d="M{x:g} {y:g}m-4 0h8m-4-4v8" stroke-linecap="round"{stroked(strength, colour, 2)}/>'
    )


def arrow(channel: float, upper: float, lower: float, edge: float, answer: Answer) -> str:
    """From a node down the gutter to the node that it rests on; `answer` is how that one stands."""
    name, colour = ("quiet", QUIET) if answer is Answer.YES else (str(answer), STATES[answer])
    return (
        f'<path d="M{edge:g} {upper:g}H{channel + 6:g}q-6 0-6 6V{lower - 6:g}q0 6 6 6H{edge - 5:g}"'
        f"{stroked(name, colour, 1.75)}{_DASHES[answer]}/>"
        f'<path d="M{edge - 1:g} {lower:g}l-7-4.5v9z"{filled(name, colour)}/>'
    )
