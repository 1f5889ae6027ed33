"""The digest by which one credential names another that it builds on (VC Data Model 2.0, section 5.3).

A credential travels in many spellings of one JSON, and an SD-JWT with more or fewer disclosures. So the
digest is of what its issuer signed: the one form of the JSON (RFC 8785), proof included, or the issuer's part
of a token, up to the first `~`. A credential derived with ecdsa-sd-2023 has another proof, so another digest.
"""

from passport import limits
from passport.credentials.enveloped import MEDIA_TYPES, is_enveloped, unwrap
from passport.encoding import digest_multibase
from passport.json import JsonObject, canonicalize, parse_object

CREDENTIAL_MEDIA_TYPES = frozenset({"application/vc", "application/vc+ld+json", *MEDIA_TYPES.values()})
"""What `relatedResource.mediaType` says of a credential, whatever form it is in."""

_BLANKS = b" \t\r\n"
_DISCLOSURES = b"~"


def credential_digest(source: bytes | JsonObject) -> str:
    """The `digestMultibase` (SHA-256) of a secured credential: JSON text or object, token, or envelope.

    Raises:
        Invalid: JSON that is not an object within limits, or an envelope that is not one.
    """
    return digest_multibase(digested_form(source))


def digested_form(source: bytes | JsonObject) -> bytes:
    """The bytes that the digest of a secured credential is of; raises as `credential_digest`."""
    if isinstance(source, bytes):
        text = source.strip(_BLANKS)
        if not text.startswith(b"{"):
            return _issuers_part(text)
        source = parse_object(text, limits.CREDENTIAL)
    if is_enveloped(source):
        return _issuers_part(unwrap(source)[1])
    return canonicalize(source)


def _issuers_part(token: bytes) -> bytes:
    return token.partition(_DISCLOSURES)[0]
