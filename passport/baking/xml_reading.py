"""XML read by expat with bounds: no entities, no document type with declarations, nothing from elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from passport.baking.limits import PICTURE
from passport.errors.baking import BadgeFileTooLarge, EntitiesInSvg, MalformedSvg

SVG = "http://www.w3.org/2000/svg"
_BETWEEN = " "


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag. `at` is where its `<` stands in the bytes."""

    namespace: str
    name: str
    attributes: Mapping[str, str] = field(repr=False)
    """By name; of one with a namespace as `namespace name`."""
    at: int
    depth: int
    """1 for the root."""


@dataclass(frozen=True, slots=True)
class Handlers:
    """What is told of each part; each may be left out."""

    start: Callable[[Element], None]
    end: Callable[[Element, int], None] = lambda _element, _at: None
    text: Callable[[str], None] = lambda _text: None
    prefix: Callable[[str, str], None] = lambda _prefix, _namespace: None
    instruction: Callable[[], None] = lambda: None


def read_svg(data: bytes, handlers: Handlers, *, most: int = PICTURE.svg) -> None:
    """Go through an SVG once.

    A document type that only names the SVG DTD is passed over: it is never fetched.

    Raises:
        EntitiesInSvg: declarations of entities or anything else inside the document, or a reference to one.
        BadgeFileTooLarge: bytes, elements or levels beyond the limits.
        MalformedSvg: no XML in UTF-8 whose root is `svg`.
    """
    if len(data) > most:
        raise BadgeFileTooLarge(limit=most)
    try:
        data.decode("utf-8")  # offsets below are those of the bytes
    except UnicodeDecodeError:
        raise MalformedSvg from None
    parser = expat.ParserCreate("utf-8", _BETWEEN)
    parser.buffer_text = True
    parser.ordered_attributes = False
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    reading = _Reading(parser, handlers)
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = handlers.text
    parser.StartNamespaceDeclHandler = reading.prefix
    parser.StartDoctypeDeclHandler = reading.document_type
    parser.EntityDeclHandler = parser.SkippedEntityHandler = parser.ExternalEntityRefHandler = _refuse
    parser.ProcessingInstructionHandler = lambda _target, _data: handlers.instruction()
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise MalformedSvg from None


class _Reading:
    def __init__(self, parser: expat.XMLParserType, handlers: Handlers) -> None:
        self._parser, self._handlers = parser, handlers
        self._open: list[Element] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > PICTURE.elements or len(self._open) >= PICTURE.depth:
            raise BadgeFileTooLarge(elements=PICTURE.elements)
        namespace, _, local = name.rpartition(_BETWEEN)
        if not self._open and local != "svg":
            raise MalformedSvg
        element = Element(namespace, local, attributes, self._parser.CurrentByteIndex, len(self._open) + 1)
        self._open.append(element)
        self._handlers.start(element)

    def end(self, _name: str) -> None:
        self._handlers.end(self._open.pop(), self._parser.CurrentByteIndex)

    def prefix(self, prefix: str | None, namespace: str | None) -> None:
        if not self._open:  # at the root: it is told before its start tag
            self._handlers.prefix(prefix or "", namespace or "")

    def document_type(
        self, _name: str, _system: str | None, _public: str | None, has_declarations: object
    ) -> None:
        if has_declarations:
            raise EntitiesInSvg


def _refuse(*_told: object) -> int:
    raise EntitiesInSvg
