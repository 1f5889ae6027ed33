"""N-Quads (RDF 1.1): terms as their own text, read from lines, written canonically (RDFC-1.0, section 5)."""

import re
from typing import TypeAlias

from passport.errors.jsonld import MalformedNQuads

Quad: TypeAlias = tuple[str, str, str, str]
"""Subject, predicate, object and graph as N-Quads terms; the graph is "" for the default graph."""

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

_FORBIDDEN_IN_IRI = r"\x00-\x20<>\"{}|^`\\"
_ESCAPE = {ord(char): f"\\{letter}" for char, letter in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)}
_ESCAPE |= {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F) if code not in _ESCAPE}
_NEEDS_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f]')

_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_IRI = rf"<(?:[^{_FORBIDDEN_IN_IRI}]|{_UCHAR})*>"
_BLANK = r"_:[\w:](?:[\w:.\-\u00b7]*[\w:\-\u00b7])?"
_LITERAL = rf'"(?:[^"\\\n\r]|\\[tbnrf"\'\\]|{_UCHAR})*"(?:\^\^{_IRI}|@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)?'
_WS = r"[ \t]*"
_LINE = re.compile(
    rf"{_WS}({_IRI}|{_BLANK}){_WS}({_IRI}){_WS}({_IRI}|{_BLANK}|{_LITERAL}){_WS}({_IRI}|{_BLANK})?{_WS}\.{_WS}(?:#.*)?"
)
_NOTHING = re.compile(rf"{_WS}(?:#.*)?")
_ESCAPED = re.compile(rf'{_UCHAR}|\\[tbnrf"\'\\]')
_PLAIN_IRI = re.compile(rf"<[^{_FORBIDDEN_IN_IRI}]*>")
_SURROGATES = range(0xD800, 0xE000)
_LAST_CHARACTER = 0x10FFFF
_UNESCAPE = dict(zip("btnfr\"'\\", "\b\t\n\f\r\"'\\", strict=True))


def escape(value: str) -> str:
    """The inside of a literal in canonical N-Quads: control characters, DEL, quote and backslash escaped."""
    return value.translate(_ESCAPE) if _NEEDS_ESCAPE.search(value) else value


def literal(value: str, datatype: str = "", language: str = "") -> str:
    """A literal in canonical N-Quads: xsd:string unsaid, control characters and DEL escaped."""
    escaped = escape(value)
    if language:
        return f'"{escaped}"@{language}'
    if datatype in {"", f"{XSD}string"}:
        return f'"{escaped}"'
    return f'"{escaped}"^^<{datatype}>'


def line(quad: Quad) -> str:
    """One quad as a line of canonical N-Quads."""
    subject, predicate, obj, graph = quad
    return f"{subject} {predicate} {obj} {graph} .\n" if graph else f"{subject} {predicate} {obj} .\n"


def parse_nquads(text: str) -> frozenset[Quad]:
    """Read an N-Quads document.

    Raises:
        MalformedNQuads: a line that is no quad; the message never holds the line.
    """
    quads = set()
    for number, written in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        match = _LINE.fullmatch(written)
        if match:
            subject, predicate, obj, graph = match.groups()
            quads.add((_term(subject), _term(predicate), _term(obj), _term(graph or "")))
        elif not _NOTHING.fullmatch(written):
            raise MalformedNQuads(line=number)
    return frozenset(quads)


def _term(written: str) -> str:
    if not written.startswith('"'):
        return _resource(written)
    body, _, ending = written.rpartition('"')
    value = _unescape(body[1:])
    if ending.startswith("@"):
        return literal(value, language=ending[1:])
    return literal(value, datatype=_resource(ending[2:])[1:-1])


def _resource(written: str) -> str:
    """An IRI or blank node; an escape must not smuggle in what ends an IRI."""
    term = _unescape(written)
    if term != written and not _PLAIN_IRI.fullmatch(term):
        raise MalformedNQuads
    return term


def _unescape(written: str) -> str:
    return _ESCAPED.sub(_unescaped, written) if "\\" in written else written


def _unescaped(match: re.Match[str]) -> str:
    escape = match[0]
    if escape[1] in "uU":
        code = int.from_bytes(bytes.fromhex(escape[2:]))
        if code in _SURROGATES or code > _LAST_CHARACTER:
            raise MalformedNQuads
        return chr(code)
    return _UNESCAPE[escape[1]]
