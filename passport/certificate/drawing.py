"""The picture of a badge as SVG: shapes and text, no font or address from elsewhere."""

from xml.sax.saxutils import escape

from passport.certificate.seal import DISC, RING, SIDE, Point, Seal, seal_of

_WIDE, _NARROW = frozenset("mwMW@%"), frozenset("iljtfrI.,:;'|!() ")
_FAMILY = "'Fira Sans','Noto Sans','DejaVu Sans',Arial,Helvetica,sans-serif"


def draw_badge(title: str, issuer: str, issuer_id: str) -> bytes:
    """A badge of 512 by 512 with its name and its issuer on it."""
    seal = seal_of(title, issuer, issuer_id, about_as_wide)
    return written(seal, f"{title}, {issuer}").encode("utf-8", "replace")


def about_as_wide(text: str, size: float, bold: bool) -> float:
    """A guess on the broad side, for programs that bring their own letters."""
    widths = (
        1.05 if ord(letter) > 0x2E80 else 0.92 if letter in _WIDE else 0.36 if letter in _NARROW else 0.6  # noqa: PLR2004
        for letter in text
    )
    return sum(widths) * size * (1.04 if bold else 1.0)


def written(seal: Seal, name: str) -> str:
    tone, paper = seal.palette.tone, seal.palette.paper
    middle = SIDE // 2
    words = "".join(
        f'<text x="{each.x:.0f}" y="{each.y:.1f}" font-size="{each.size:.0f}"'
        f' font-weight="{600 if each.bold else 400}" fill="{"#1d2327" if each.bold else tone}">'
        f"{escape(each.text)}</text>"
        for each in seal.words
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" role="img">'
        f"<title>{escape(name)}</title>"
        f'<path d="{_path(seal.outline)}" fill="{tone}"/>'
        f'<circle cx="{middle}" cy="{middle}" r="{DISC:.0f}" fill="{paper}"/>'
        f'<circle cx="{middle}" cy="{middle}" r="{RING:.0f}" fill="#ffffff"'
        f' stroke="{tone}" stroke-width="3"/>'
        f'<path d="{_path(seal.star)}" fill="{tone}"/>'
        f'<g font-family="{_FAMILY}" text-anchor="middle">{words}</g></svg>'
    )


def _path(points: tuple[Point, ...]) -> str:
    return f"M{' '.join(f'{x:.1f} {y:.1f}' for x, y in points)}Z"
