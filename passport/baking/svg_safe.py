"""A drawing that an organisation chooses for its badges: shapes, colours and text, and nothing else.

It is shown by whoever opens the badge, in programs that we don't know. So what may stand in it is listed.
"""

import re

from passport.baking.limits import PICTURE
from passport.baking.svg_again import Drawing
from passport.baking.xml_reading import SVG, Element, Handlers, read_svg
from passport.errors.baking import UnsafeSvg

_XLINK = "http://www.w3.org/1999/xlink"
_ELEMENTS = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "metadata"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern"),
    }
)
_LINKS = frozenset({"href", f"{_XLINK} href"})
_XML = "http://www.w3.org/XML/1998/namespace"
_OWN_REFERENCE = re.compile(r"#[A-Za-z_][\w.-]*")
_FUNCTION = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)
_WORDS_OF_STYLE = re.compile(r"@|\\|expression|javascript:|data:|/\*", re.IGNORECASE)


def check_drawing(picture: bytes) -> None:
    """Refuse an SVG that is more than a drawing.

    Raises:
        UnsafeSvg: an element or attribute that is not on the list: scripts, handlers, links, pictures; or
            more that is drawn again and again than a browser draws in a moment.
        MalformedSvg, EntitiesInSvg, BadgeFileTooLarge.
    """
    drawing = Drawing()

    def start(element: Element) -> None:
        _check(element)
        drawing.start(element)

    handlers = Handlers(start, lambda _element, _at: drawing.end(), instruction=_refuse)
    read_svg(picture, handlers, most=PICTURE.own_svg)
    drawing.check()


def _check(element: Element) -> None:
    if element.namespace != SVG or element.name not in _ELEMENTS:
        raise UnsafeSvg
    for name, value in element.attributes.items():
        namespace, _, local = name.rpartition(" ")
        if name in _LINKS:
            if _OWN_REFERENCE.fullmatch(value) is None:
                raise UnsafeSvg
        elif namespace not in {"", _XML} or _acts(local, value):
            raise UnsafeSvg


def _acts(name: str, value: str) -> bool:
    """A handler of events, or a value that reaches outside the drawing."""
    if name.lower().startswith("on") or name == "base":
        return True
    return bool(_FUNCTION.search(value) or _WORDS_OF_STYLE.search(value))


def _refuse() -> None:
    raise UnsafeSvg
