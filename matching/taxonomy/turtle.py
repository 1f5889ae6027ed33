"""A strict subset of Turtle (RDF 1.1 Turtle, W3C, 2014): as much of it as lists of concepts are written in.

Prefixes, IRIs, prefixed names, literals with a language or datatype, numbers, booleans, and the shorthands
`a`, `;` and `,`. Refused, because concepts need none of it and a half-understood file is worse than none:
blank nodes, collections, relative IRIs and a base.
"""

import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from matching.errors import MalformedTaxonomyArchive, TaxonomyArchiveTooLarge
from matching.limits import ARCHIVE, ArchiveLimits

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Literal(NamedTuple):
    """A literal: its text, and its language tag in lower case where it has one."""

    text: str
    language: str = ""


class Triple(NamedTuple):
    """One statement; the object is an IRI or a literal."""

    subject: str
    predicate: str
    object: str | Literal


_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n]+|\#[^\n]*)
  | <(?P<iri>[^\x00-\x20<>"{}|^`\\]*)>
  | (?:\"\"\"(?P<long>(?:"{0,2}(?:[^"\\]|\\.))*)\"\"\"|"(?P<short>(?:[^"\\\n\r]|\\.)*)")
    (?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(?P<typed>))?
  | (?P<prefix>@prefix|(?i:PREFIX)(?=[ \t\r\n]))
  | (?P<name>(?:[A-Za-z](?:[\w.-]*[\w-])?)?:(?:[\w:%](?:[\w:%.-]*[\w:%-])?)?)
  | (?P<number>[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
  | (?P<word>a|true|false)(?![\w:])
  | (?P<mark>[;,.])
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_SURROGATES = range(0xD800, 0xE000)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.")

Token = tuple[str, str | Literal]


def read_turtle(data: bytes, bounds: ArchiveLimits = ARCHIVE) -> Iterator[Triple]:
    """The statements of a document, in its order.

    Raises:
        MalformedTaxonomyArchive: not UTF-8, not Turtle, or Turtle beyond this subset.
        TaxonomyArchiveTooLarge: more bytes or statements than the bounds.
    """
    if len(data) > bounds.entry_size:
        raise TaxonomyArchiveTooLarge(bytes=bounds.entry_size)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MalformedTaxonomyArchive from None
    prefixes: dict[str, str] = {}
    tokens = _tokens(text, prefixes)
    made = 0
    for kind, subject in tokens:
        if kind == "prefix":
            _read_prefix(tokens, prefixes, dotted=subject == "@prefix")
            continue
        for predicate, value in _read_objects(tokens):
            made += 1
            if made > bounds.rows:
                raise TaxonomyArchiveTooLarge(statements=bounds.rows)
            yield Triple(_as_iri(kind, subject), predicate, value)


def _read_prefix(tokens: Iterator[Token], prefixes: dict[str, str], *, dotted: bool) -> None:
    name, iri = next(tokens, ("", "")), next(tokens, ("", ""))
    if name[0] != "declared" or not isinstance(name[1], str):
        raise MalformedTaxonomyArchive
    prefixes[name[1]] = _as_iri(*iri)
    if dotted and next(tokens, None) != ("mark", "."):
        raise MalformedTaxonomyArchive


def _read_objects(tokens: Iterator[Token]) -> Iterator[tuple[str, str | Literal]]:
    """Predicates and objects of one subject, up to its full stop."""
    kind, value = next(tokens, ("", ""))
    while True:
        predicate = RDF_TYPE if (kind, value) == ("word", "a") else _as_iri(kind, value)
        mark = ","
        while mark == ",":
            yield predicate, _as_object(*next(tokens, ("", "")))
            mark = _mark(tokens)
        while mark == ";":
            kind, value = next(tokens, ("", ""))
            mark = str(value) if kind == "mark" else ""
        if mark == ".":
            return
        if mark:
            raise MalformedTaxonomyArchive


def _mark(tokens: Iterator[Token]) -> str:
    kind, value = next(tokens, ("", ""))
    if kind != "mark":
        raise MalformedTaxonomyArchive
    return str(value)


def _as_iri(kind: str, value: str | Literal) -> str:
    if kind != "iri" or not isinstance(value, str):
        raise MalformedTaxonomyArchive
    return value


def _as_object(kind: str, value: str | Literal) -> str | Literal:
    if kind not in {"iri", "literal"}:
        raise MalformedTaxonomyArchive
    return value


def _tokens(text: str, prefixes: dict[str, str]) -> Iterator[Token]:
    at, declaring, typed = 0, False, False
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise MalformedTaxonomyArchive
        at = match.end()
        kind = match.lastgroup or ""
        if kind == "space":
            continue
        token = _token(match, kind, prefixes, declaring=declaring)
        declaring = kind == "prefix"
        if typed and token[0] != "iri":
            raise MalformedTaxonomyArchive
        if not typed:
            yield token
        typed = match["typed"] is not None  # the datatype that follows is read, and not kept


def _token(match: "re.Match[str]", kind: str, prefixes: dict[str, str], *, declaring: bool) -> Token:
    if kind == "iri":
        if not _ABSOLUTE.match(match["iri"]):
            raise MalformedTaxonomyArchive
        return "iri", match["iri"]
    if kind == "name":
        prefix, _, local = match["name"].partition(":")
        if declaring and not local:
            return "declared", prefix
        if prefix not in prefixes:
            raise MalformedTaxonomyArchive
        return "iri", prefixes[prefix] + local
    if kind in {"number", "word", "mark", "prefix"}:
        spoken = kind == "number" or match[0] in {"true", "false"}
        return ("literal", Literal(match[0])) if spoken else (kind, match[0])
    written = match["long"] if match["long"] is not None else match["short"]
    return "literal", Literal(_unescaped(written), (match["language"] or "").lower())


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: "re.Match[str]") -> str:
    code = match[1] or match[2]
    if code is None:
        if match[3] not in _PLAIN:
            raise MalformedTaxonomyArchive
        return _PLAIN[match[3]]
    number = int(code, 16)
    if number > sys.maxunicode or number in _SURROGATES:
        raise MalformedTaxonomyArchive
    return chr(number)
