"""The seal around a European Digital Credential: taken off to read what is inside, never checked."""

from enum import StrEnum
from typing import Any

from passport import limits
from passport.encoding import base64url_decode
from passport.errors import Invalid
from passport.errors.elm import MalformedElm
from passport.json import JsonObject, parse_object


class Seal(StrEnum):
    """What stands around the document; none of them is checked here."""

    NONE = "none"
    JADES = "jades"
    """An advanced electronic seal in JSON (ETSI TS 119 182-1), under X.509 certificates."""
    PROOF = "proof"
    """A proof over vocabularies that are not shipped here."""


def unwrapped(document: JsonObject) -> tuple[JsonObject, Seal]:
    """The credential and its seal: beside it (`signatures`), around it (`payload`), as a proof, or none.

    Raises:
        MalformedElm: a seal around nothing readable.
        Invalid: no JSON within limits inside.
    """
    if "payload" in document:
        return parse_object(_payload(document["payload"]), limits.ELM_JSON), Seal.JADES
    if "signatures" in document or "signature" in document:
        return document, Seal.JADES
    return document, Seal.PROOF if "proof" in document else Seal.NONE


def _payload(payload: Any) -> bytes:
    """As text where the signature is over the text itself (RFC 7797), or else as base64url (RFC 7515)."""
    if not isinstance(payload, str):
        raise MalformedElm(member="payload")
    if payload.lstrip().startswith("{"):
        return payload.encode("utf-8")
    try:
        return base64url_decode(payload)
    except Invalid:
        raise MalformedElm(member="payload") from None
