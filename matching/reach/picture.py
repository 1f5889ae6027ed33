"""A bar for each policy, with its interval; synthetic in the first line of the picture itself.

The longest bar fills the width: what counts is one policy beside another.
"""

from matching.pictures.frame import WIDTH, framed, text, wrapped
from matching.reach.simulate import PolicyReach, Reach
from matching.reach.summary import line_sentence
from matching.texts import catalogue
from passport.texts import Language

_LEFT, _ROW, _TOP, _BAR = 8, 62, 44, 14
_FULL = WIDTH - 2 * _LEFT


def draw_reach(
    reach: Reach, language: Language = Language.EN, *, name: str = "reach", standalone: bool = False
) -> str:
    """An SVG element: how many of a hundred made-up people each policy reaches."""
    say = catalogue().say
    top, most = _TOP, max((one.interval[1] for one in reach.told), default=1.0)
    parts = [
        text(_LEFT, 18 + 18 * place, line, size=14, bold=True)
        for place, line in enumerate(
            wrapped(say("reach.synthetic", language, {"people": reach.people}), 14, _FULL, 2)
        )
    ]
    sentences = [say("reach.synthetic", language, {"people": reach.people})]
    for one in reach.told:
        parts.append(_row(one, top, most, say(f"reach.{one.policy}", language)))
        sentences.append(line_sentence(one, language))
        top += _ROW
    return framed(
        parts,
        top + 4,
        name=name,
        title=say("reach.title", language),
        sentences=sentences,
        language=language,
        standalone=standalone,
    )


def _row(one: PolicyReach, top: float, most: float, label: str) -> str:
    low, high = (round(_LEFT + _FULL * share / most) for share in one.interval)
    y = top + 38
    [line] = wrapped(label, 14, _FULL - 90, 1)
    return (
        f"{text(_LEFT, top + 30, line, size=14)}"
        f"{text(WIDTH - _LEFT, top + 30, f'{one.reached} / {one.of}', size=14, bold=True, end=True)}"
        f'<rect x="{_LEFT}" y="{y:g}" width="{_FULL}" height="{_BAR}" rx="3" fill="none"'
        ' class="chain-line-quiet" stroke="#55606a" stroke-opacity="0.5"/>'
        f'<rect x="{_LEFT}" y="{y:g}" width="{round(_FULL * one.share / most)}" height="{_BAR}" rx="3"'
        ' class="chain-fill-hard" fill="#0d4f8b"/>'
        f'<path d="M{low} {y + 19:g}v-5m0 3H{high}m0 2v-5" class="chain-line-ink" stroke="#1d2327"'
        ' stroke-width="1.5" fill="none"/>'
    )
