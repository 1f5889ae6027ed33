"""What a document says that it is, before any of it is verified: that decides which list it is held to."""

from enum import StrEnum

from passport.credentials.endorsement import is_endorsement
from passport.errors import PassportError
from passport.json import JsonObject
from passport.limits import PRESENTATION
from passport.securing import read_secured

_PRESENTATION = b"VerifiablePresentation"
_OTHERS = (b"EndorsementCredential", b"EnvelopedVerifiableCredential", _PRESENTATION)


class Kind(StrEnum):
    """Of one document. What is neither of the others is held to the list of a badge, which says why not."""

    CREDENTIAL = "credential"
    ENDORSEMENT = "endorsement"
    PRESENTATION = "presentation"


def kind_of(source: bytes) -> Kind:
    """The kind of a document, in any form.

    JSON in which no word of another kind stands, and none could in another spelling, need not be read for
    that. A badge may hold endorsements: of JSON that can't be read its own list says why.

    Raises:
        PassportError: what reading a token or a presentation raises.
    """
    escaped = b"\\u" in source
    is_json = source.lstrip().startswith(b"{")
    if is_json and not escaped and not any(word in source for word in _OTHERS):
        return Kind.CREDENTIAL
    try:
        document = read_secured(source, PRESENTATION).document
    except PassportError:
        if is_json and not escaped and _PRESENTATION not in source:
            return Kind.CREDENTIAL
        raise
    if _names(document, _PRESENTATION.decode()):
        return Kind.PRESENTATION
    return Kind.ENDORSEMENT if is_endorsement(document) else Kind.CREDENTIAL


def _names(document: JsonObject, kind: str) -> bool:
    types = document.get("type")
    return kind in (types if isinstance(types, list) else [types])
