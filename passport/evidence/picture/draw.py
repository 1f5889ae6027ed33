"""One skill's chain of proof as an SVG: a lane for each strength, hard on top, a node for each signed act.

Made for a phone: 360 units wide, one node under another. A screen reader gets the same as sentences.
"""

import hashlib
from dataclasses import dataclass
from html import escape

from passport.answers import Answer
from passport.evidence.kinds import Strength
from passport.evidence.link import SkillEvidence
from passport.evidence.picture import drawing
from passport.evidence.picture.chain import Chain, Ghost, Node, read_chain
from passport.evidence.picture.lettering import drawable, wrapped
from passport.evidence.picture.words import Words
from passport.evidence.report import write_skill
from passport.json import JsonObject
from passport.texts import Language, render_reason

WIDTH = 360
"""Units: pixels on a small phone."""
MOST = 10
"""Acts that are drawn; more are counted."""

_LEFT, _INSIDE, _GAP = 38, 12, 8
_CARD = WIDTH - _LEFT - _GAP
_WORDS = _CARD - 2 * _INSIDE
_BIG, _NORMAL, _SMALL = 17.0, 14.0, 13.0
_LINE = 18
_HEAD = 34
_CHANNELS = (8, 16, 24)
_FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif"


def draw_chain(
    skill: SkillEvidence | JsonObject,
    language: Language,
    *,
    name: str | None = None,
    heading: bool = False,
    standalone: bool = False,
    most: int = MOST,
) -> str:
    """An SVG element.

    Args:
        skill: what was weighed, or one skill of a report that `passport.evidence.report` wrote.
        language: of the words in it.
        name: makes its ids unique on a page, where one skill has two pictures.
        heading: also write the skill and what its proof counts for.
        standalone: for a file of its own, which brings its colours for light and dark with it.
        most: acts that are drawn at most.
    """
    content = write_skill(skill) if isinstance(skill, SkillEvidence) else skill
    own = name or f"chain-{hashlib.sha256(content['skill'].encode()).hexdigest()[:12]}"
    return _Drawing(read_chain(content, most), language).svg(own, heading=heading, standalone=standalone)


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    size: float = _SMALL
    colour: tuple[str, str] = ("quiet", drawing.QUIET)
    bold: bool = False
    struck: bool = False


class _Drawing:
    """The picture while it grows downwards."""

    def __init__(self, chain: Chain, language: Language) -> None:
        self._chain = chain
        self._words = Words(language)
        self._parts: list[str] = []
        self._middles: dict[int, float] = {}
        self._y = 0.0

    def svg(self, name: str, *, heading: bool, standalone: bool) -> str:
        if heading:
            self._heading()
        for strength in reversed(Strength):
            self._lane(strength)
        self._arrows()
        self._footer()
        label = escape(name, quote=True)
        title = self._words.say("title", skill=drawable(self._chain.label))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chain" viewBox="0 0 {WIDTH} {self._y:g}"'
            f' width="{WIDTH}" height="{self._y:g}" role="img" lang="{self._words.language}" direction="ltr"'
            f' font-family="{_FONT}" aria-labelledby="{label}-title {label}-desc">'
            f'<title id="{label}-title">{escape(title)}</title>'
            f'<desc id="{label}-desc">{escape(" ".join(self._words.told(self._chain)))}</desc>'
            f"{_colours() if standalone else ''}{''.join(self._parts)}</svg>"
        )

    def _heading(self) -> None:
        y = 20.0
        for words in wrapped(self._chain.label, _BIG, WIDTH - 12, 2):
            self._parts.append(drawing.text(4, y, words, size=_BIG, bold=True))
            y += 22
        for words in wrapped(self._words.verdict(self._chain), _NORMAL, WIDTH - 12, 3):
            self._parts.append(drawing.text(4, y, words, size=_NORMAL))
            y += _LINE
        self._y = y - 4

    def _lane(self, strength: Strength) -> None:
        """A lane with what stands in it; an empty one is a thin one."""
        top, ground = self._y, len(self._parts)
        colour, _ = drawing.LANES[strength]
        self._parts.append(drawing.shape(strength, _LEFT + 9, top + 18))
        self._parts.append(
            drawing.text(
                _LEFT + 26,
                top + 23,
                self._words.strength(strength),
                size=15,
                name=strength,
                colour=colour,
                bold=True,
            )
        )
        note = self._note(strength)
        if note:
            self._parts.append(
                drawing.text(
                    WIDTH - 10, top + 23, note, size=_SMALL, name=strength, colour=colour, bold=True, end=True
                )
            )
        self._y = top + _HEAD
        for ghost in self._chain.ghosts:
            if ghost.lane is strength:
                self._ghost(ghost)
        inside = [node for node in self._chain.nodes if node.lane is strength]
        for node in sorted(inside, key=lambda each: -each.depth):
            self._node(node)
        self._parts.insert(ground, drawing.lane(strength, top, WIDTH, self._y - top + 2))
        self._y += 8

    def _note(self, strength: Strength) -> str:
        """Which lane the proof stands in now, and in which it would."""
        chain = self._chain
        if chain.strength_without is strength:
            return self._words.say("counts")
        uncertain = chain.answer is Answer.CANNOT_TELL and chain.strength is strength
        return self._words.say("would-count") if uncertain else ""

    def _node(self, node: Node) -> None:
        lines = self._lines(node)
        place = (_LEFT, self._y, _CARD, self._height(lines))
        self._parts.append(drawing.box(node.lane, node.answer, place))
        self._parts.append(drawing.state_mark(node.answer, WIDTH - _GAP - 18, self._y + 19))
        self._write(lines)
        self._middles[node.place] = self._y + 19
        self._y += place[3] + _GAP

    def _lines(self, node: Node) -> list[_Line]:
        title = wrapped(self._words.say(node.kind), _NORMAL * 1.06, _WORDS - 30, 2)
        ink = ("ink", drawing.INK)
        struck = node.answer is Answer.NO
        lines = [_Line(words, _NORMAL, ink, bold=True, struck=struck) for words in title]
        lines += [_Line(words, _NORMAL, ink) for words in wrapped(self._words.who(node), _NORMAL, _WORDS, 2)]
        if node.calls_itself is not None:
            calls = self._words.say("calls-itself", name=drawable(node.calls_itself))
            lines += [_Line(words) for words in wrapped(calls, _SMALL, _WORDS, 2)]
        when = self._words.when(node)
        lines += [_Line(words) for words in (wrapped(when, _SMALL, _WORDS, 2) if when else ())]
        state = (str(node.answer), drawing.STATES[node.answer])
        if node.answer is not Answer.YES:
            word = self._words.say(f"state.{node.answer}")
            lines.append(_Line(word[:1].upper() + word[1:], _SMALL, state, bold=True))
        if node.why is not None:
            colour = ("quiet", drawing.QUIET) if node.answer is Answer.YES else state
            sentence = render_reason(node.why, self._words.language)
            lines += [_Line(words, _SMALL, colour) for words in wrapped(sentence, _SMALL, _WORDS, 4)]
        return lines

    def _ghost(self, ghost: Ghost) -> None:
        colour, _ = drawing.LANES[ghost.lane]
        own = (str(ghost.lane), colour)
        head = wrapped(self._words.say("raise"), _SMALL * 1.06, _WORDS - 26, 2)
        sentence = wrapped(render_reason(ghost.reason, self._words.language), _SMALL, _WORDS, 5)
        lines = [
            *(_Line(words, _SMALL, own, bold=True) for words in head),
            *(_Line(words, _SMALL, own) for words in sentence),
        ]
        place = (_LEFT, self._y, _CARD, self._height(lines))
        self._parts.append(drawing.ghost_box(ghost.lane, place))
        self._parts.append(drawing.plus_mark(ghost.lane, WIDTH - _GAP - 18, self._y + 19))
        self._write(lines)
        self._y += place[3] + _GAP

    @staticmethod
    def _height(lines: list[_Line]) -> float:
        return len(lines) * _LINE + 14

    def _write(self, lines: list[_Line]) -> None:
        for number, line in enumerate(lines):
            name, colour = line.colour
            self._parts.append(
                drawing.text(
                    _LEFT + _INSIDE,
                    self._y + 21 + number * _LINE,
                    line.words,
                    size=line.size,
                    name=name,
                    colour=colour,
                    bold=line.bold,
                    struck=line.struck,
                )
            )

    def _arrows(self) -> None:
        """Each in a channel of the gutter; an arrow that is nearer to the nodes is drawn further in."""
        standing = {node.place: node.answer for node in self._chain.nodes}
        for number, (upper, lower) in enumerate(self._chain.rests):
            self._parts.append(
                drawing.arrow(
                    _CHANNELS[-1 - number % len(_CHANNELS)],
                    self._middles[upper] + 8,
                    self._middles[lower] - 4,
                    _LEFT,
                    standing[lower],
                )
            )

    def _footer(self) -> None:
        said = [self._words.say("more", count=self._chain.more)] if self._chain.more else []
        said += [self._words.say("legend")] if self._chain.rests else []
        for sentence in said:
            for words in wrapped(sentence, _SMALL, WIDTH - 12, 2):
                self._y += _LINE
                self._parts.append(
                    drawing.text(4, self._y - 4, words, size=_SMALL, name="quiet", colour=drawing.QUIET)
                )
        self._y += 4


def _colours() -> str:
    """The dark colours, where the picture is not on a page of ours."""
    rules = "".join(
        f".chain-fill-{name}{{fill:{colour}}}.chain-line-{name}{{stroke:{colour}}}"
        for name, colour in drawing.DARK.items()
    )
    return f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"
