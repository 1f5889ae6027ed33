"""The frame of every picture of a match: title, sentences for who listens, colours for a file of its own."""

from collections.abc import Iterable, Sequence
from html import escape

from passport.evidence.picture.drawing import DARK, INK, QUIET, text
from passport.evidence.picture.lettering import drawable, width_of, wrapped
from passport.texts import Language

__all__ = ["INK", "QUIET", "WIDTH", "drawable", "framed", "legend", "text", "width_of", "wrapped"]

WIDTH = 360
"""Units: pixels on a small phone."""
_FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif"
_LINE = 19


def framed(
    parts: Iterable[str],
    height: float,
    *,
    name: str,
    title: str,
    sentences: Sequence[str],
    language: Language,
    standalone: bool,
) -> str:
    """An SVG element.

    Args:
        parts: what is in it.
        height: in units.
        name: makes its ids unique on a page.
        title: what it is a picture of.
        sentences: the same in words.
        language: of the words in it.
        standalone: for a file of its own, which brings its dark colours with it.
    """
    label = escape(name, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chain" viewBox="0 0 {WIDTH} {height:g}"'
        f' width="{WIDTH}" height="{height:g}" role="img" lang="{language}" direction="ltr"'
        f' font-family="{_FONT}" aria-labelledby="{label}-title {label}-desc">'
        f'<title id="{label}-title">{escape(drawable(title))}</title>'
        f'<desc id="{label}-desc">{escape(drawable(" ".join(sentences)))}</desc>'
        f"{_dark() if standalone else ''}{''.join(parts)}</svg>"
    )


def legend(top: float, rows: Iterable[tuple[str, str]]) -> tuple[list[str], float]:
    """Rows of a mark (a shape around 0,0) and its words; also where they end."""
    parts, y = [], top
    for mark, words in rows:
        parts.append(f'<g transform="translate(14 {y + 9:g})">{mark}</g>')
        for line in wrapped(words, 14, WIDTH - 40, 2):
            parts.append(text(32, y + 14, line, size=14))
            y += _LINE
        y += 5
    return parts, y


def _dark() -> str:
    rules = "".join(
        f".chain-fill-{name}{{fill:{colour}}}.chain-line-{name}{{stroke:{colour}}}"
        for name, colour in DARK.items()
    )
    return f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"
