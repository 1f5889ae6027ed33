"""Presentation: credentials that a holder shows together (VC Data Model 2.0, section 4.13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from passport import limits
from passport.credentials.description import check_description
from passport.credentials.endorsement import is_endorsement
from passport.credentials.enveloped import is_enveloped, unwrap
from passport.credentials.reading import is_url, mapping, types, url
from passport.credentials.verifiable_credential import parse_contexts, read_document
from passport.credentials.vocabulary import (
    ENVELOPED_CREDENTIAL,
    VERIFIABLE_CREDENTIAL,
    VERIFIABLE_PRESENTATION,
)
from passport.errors.credentials import (
    EmptyPresentation,
    MissingMember,
    NotAPresentation,
    NotAUrl,
    UnsupportedForm,
    WrongType,
)
from passport.errors.jsonld import TooManyItems
from passport.json import JsonObject

_CREDENTIALS = "verifiableCredential"


@dataclass(frozen=True, slots=True)
class Presentation:
    """A parsed presentation. Parsed is not verified."""

    holder: str
    credentials: tuple[JsonObject, ...]
    document: JsonObject
    source: bytes


def parse_presentation(source: bytes | JsonObject) -> Presentation:
    """Read a presentation with credentials embedded as JSON objects or in envelopes, 1 to 16 of them.

    Up to 32 endorsements may stand beside them.

    The credentials are not read here: each is verified by itself.

    Raises:
        Invalid: NotAPresentation, EmptyPresentation, TooManyItems, UnsupportedForm and others.
    """
    return presentation_of(*read_document(source, limits.PRESENTATION))


def presentation_of(document: JsonObject, source: bytes) -> Presentation:
    """The presentation that a document is, whatever form it came in; raises as `parse_presentation`."""
    parse_contexts(document)
    try:
        types(document, VERIFIABLE_PRESENTATION)
    except (WrongType, MissingMember):
        raise NotAPresentation from None
    check_description({name: value for name, value in document.items() if name != _CREDENTIALS})
    return Presentation(_holder(document), _credentials(document), document, source)


def _holder(document: JsonObject) -> str:
    found: Any = document.get("holder")
    if found is None:
        raise MissingMember(member="holder")
    if isinstance(found, str):
        if not is_url(found):
            raise NotAUrl(member="holder")
        return found
    return url(mapping(document, "holder"), "id")


def _credentials(document: JsonObject) -> tuple[JsonObject, ...]:
    found: Any = document.get(_CREDENTIALS, [])
    items = found if isinstance(found, list) else [found]
    if not items:
        raise EmptyPresentation
    check_how_many(items)
    for item in items:
        if not isinstance(item, dict):
            raise UnsupportedForm
        if is_enveloped(item):
            unwrap(item)
            continue
        found_types = types(item)
        if VERIFIABLE_CREDENTIAL not in found_types or ENVELOPED_CREDENTIAL in found_types:
            raise UnsupportedForm
    return tuple(items)


def check_how_many(items: Sequence[Any]) -> None:
    """Whether that many may be shown together: endorsements are counted by themselves, as the JSON says.

    One in an envelope is not opened for that, and counts as a credential.

    Raises:
        TooManyItems
    """
    endorsements = sum(isinstance(item, dict) and is_endorsement(item) for item in items)
    if endorsements > limits.DOCUMENT.endorsements:
        raise TooManyItems(member=_CREDENTIALS, limit=limits.DOCUMENT.endorsements)
    if len(items) - endorsements > limits.DOCUMENT.credentials:
        raise TooManyItems(member=_CREDENTIALS, limit=limits.DOCUMENT.credentials)
