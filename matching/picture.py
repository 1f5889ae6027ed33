"""A small picture of a comparison: what is shared, missing and left over, as bars with numbers and words.

Nothing is said by colour alone, and a screen reader gets the same numbers as sentences.
"""

from html import escape

from matching.explain import Comparison
from matching.texts import catalogue
from passport.texts import Language

_WIDTH, _BAR, _ROW, _LEFT = 440, 16, 44, 8
_FULL = _WIDTH - 2 * _LEFT
_FILLS = {"overlap": "#1b6e4b", "shortage": "#b3541e", "surplus": "#5b6b7a"}


def draw_overlap(comparison: Comparison, language: Language = Language.EN, *, name: str = "overlap") -> str:
    """An SVG element for a page; `name` makes its ids unique there."""
    counts = {
        "overlap": len(comparison.overlap),
        "shortage": len(comparison.shortage),
        "surplus": len(comparison.surplus),
    }
    say = catalogue().say
    title = escape(say("picture.title", language, {"name": comparison.label}))
    sentences = [
        say(f"picture.{part}-sentence", language, {"count": count}) for part, count in counts.items()
    ]
    essential = say(
        "match.essential" if comparison.essential.of else "match.nothing-essential",
        language,
        {"met": comparison.essential.met, "of": comparison.essential.of, "name": comparison.label},
    )
    most = max(1, *counts.values())
    prefix = escape(name, quote=True)
    rows = "".join(
        _bar(place, say(f"picture.{part}", language), count, most, _FILLS[part])
        for place, (part, count) in enumerate(counts.items())
    )
    height = _ROW * len(counts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}"'
        f' height="{height}" role="img" aria-labelledby="{prefix}-title {prefix}-desc">'
        f'<title id="{prefix}-title">{title}</title>'
        f'<desc id="{prefix}-desc">{escape(" ".join((essential, *sentences)))}</desc>'
        f"{rows}</svg>"
    )


def _bar(place: int, label: str, count: int, most: int, fill: str) -> str:
    top = place * _ROW
    width = max(2, round(_FULL * count / most)) if count else 0
    return (
        f'<text x="{_LEFT}" y="{top + 16}" font-size="14" fill="currentColor">{escape(label)}: {count}</text>'
        f'<rect x="{_LEFT}" y="{top + 22}" width="{_FULL}" height="{_BAR}" rx="3" fill="none"'
        f' stroke="currentColor" stroke-opacity="0.4"/>'
        f'<rect x="{_LEFT}" y="{top + 22}" width="{width}" height="{_BAR}" rx="3" fill="{fill}"/>'
    )
