"""Credentials and presentations in envelopes (VC Data Model 2.0, sections 4.13.1 and 4.13.2)."""

import re

from passport.credentials.reading import text
from passport.credentials.vocabulary import CREDENTIALS_V2, ENVELOPED_CREDENTIAL
from passport.errors.credentials import MalformedEnvelope
from passport.jose import vc_jwt
from passport.json import JsonObject

_ENVELOPED_PRESENTATION = "EnvelopedVerifiablePresentation"
_MEDIA_TYPES = {
    ENVELOPED_CREDENTIAL: frozenset({"application/vc+jwt", "application/jwt"}),
    _ENVELOPED_PRESENTATION: frozenset({"application/vp+jwt", "application/jwt"}),
}
_DATA = re.compile(r"data:([a-z0-9+.-]+/[a-z0-9+.-]+),([A-Za-z0-9_.-]+)")


def enveloped_presentation(token: str) -> JsonObject:
    return {
        "@context": CREDENTIALS_V2,
        "id": f"data:application/vp+jwt,{token}",
        "type": _ENVELOPED_PRESENTATION,
    }


def open_envelope(document: JsonObject) -> vc_jwt.JwtDocument | None:
    """The token in an envelope, read and not verified; None where the document is no envelope.

    Raises:
        MalformedEnvelope: it says that it is one, and is not.
        PassportError: what reading the token raises.
    """
    kinds = document.get("type")
    named = [kinds] if isinstance(kinds, str) else kinds
    kind = next((name for name in _MEDIA_TYPES if isinstance(named, list) and name in named), None)
    if kind is None or not isinstance(named, list):
        return None
    contexts = document.get("@context")
    if CREDENTIALS_V2 not in (contexts if isinstance(contexts, list) else [contexts]):
        raise MalformedEnvelope
    found = _DATA.fullmatch(text(document, "id"))
    if len(named) != 1 or found is None or found[1] not in _MEDIA_TYPES[kind]:
        raise MalformedEnvelope
    return vc_jwt.read(found[2])
