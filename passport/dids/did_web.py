"""did:web: the address of a DID document, and the document that an organisation publishes there.

One spelling for one address: hosts in lower case (internationalised names in their `xn--` form, as DNS has
them), a port as `%3A` and digits, path segments without percent-encoding.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from passport.clock import format_datetime
from passport.dids.syntax import check_did
from passport.errors.dids import MalformedDid
from passport.json import JsonObject
from passport.keys import PublicKey

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_LAST_LABEL = r"[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"  # an IP address ends in a number
_HOST = re.compile(rf"(?:{_LABEL}\.)*{_LAST_LABEL}")
_PORT = re.compile(r"[1-9][0-9]{0,4}")
_SEGMENT = re.compile(r"[A-Za-z0-9._-]+")
_FRAGMENT = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HOST_LENGTH = 253
_HIGHEST_PORT = 65_535


def did_web_url(did: str) -> str:
    """The address of a did:web's document (did:web method specification, section 2.5.2).

    Raises:
        MalformedDid: another method, an IP address, an upper-case host, `..`, an empty or percent-encoded
            segment, a port out of range.
    """
    prefix, method, host_and_port, *segments = check_did(did).split(":")
    if (prefix, method) != ("did", "web"):
        raise MalformedDid
    host, mark, port = host_and_port.partition("%3A")
    if len(host) > _HOST_LENGTH or not _HOST.fullmatch(host):
        raise MalformedDid
    if mark and not (_PORT.fullmatch(port) and int(port) <= _HIGHEST_PORT):
        raise MalformedDid
    if any(not _SEGMENT.fullmatch(segment) or segment in {".", ".."} for segment in segments):
        raise MalformedDid
    authority = f"{host}:{port}" if mark else host
    return f"https://{authority}/{'/'.join(segments) if segments else '.well-known'}/did.json"


def create_did_web(authority: str, *segments: str) -> str:
    """The did:web of a host, with its port if it has one, and path segments.

    Raises:
        MalformedDid: one of them does not fit.
    """
    did = ":".join(("did:web", authority.replace(":", "%3A"), *segments))
    did_web_url(did)
    return did


@dataclass(frozen=True, slots=True)
class DidWebKey:
    """A key in an organisation's DID document.

    A retired key stays, so that what it signed can still be verified. A key that leaked gets `revoked`:
    from then on nothing that it signed is accepted, whatever date it bears.
    """

    fragment: str
    public_key: PublicKey
    expires: datetime | None = None
    revoked: datetime | None = None


def build_document(did: str, keys: Sequence[DidWebKey]) -> JsonObject:
    """The DID document for a did:web with its present and former keys, newest first.

    Raises:
        MalformedDid: no did:web, no keys, or a fragment that is malformed or used twice.
    """
    did_web_url(did)
    fragments = [key.fragment for key in keys]
    if not keys or len(set(fragments)) != len(keys) or not all(map(_FRAGMENT.fullmatch, fragments)):
        raise MalformedDid
    usable = [f"{did}#{key.fragment}" for key in keys if key.revoked is None]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [_method(did, key) for key in keys],
        "assertionMethod": usable,
        "authentication": usable.copy(),
    }


def _method(did: str, key: DidWebKey) -> JsonObject:
    method: JsonObject = {
        "id": f"{did}#{key.fragment}",
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": key.public_key.to_multikey(),
    }
    if key.expires is not None:
        method["expires"] = format_datetime(key.expires)
    if key.revoked is not None:
        method["revoked"] = format_datetime(key.revoked)
    return method
