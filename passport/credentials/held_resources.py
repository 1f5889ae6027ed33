"""Related resources that we hold ourselves: their digests are checked at once (VC 2.0, section 5.3).

A digest is one of bytes as they are published. A context that we have in other bytes, though equal as JSON,
is not held in this sense: nothing can be said about its digest.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Iterable
from functools import cache

import contexts
from passport.credentials.evidence import RelatedResource
from passport.encoding import check_digest_multibase, multibase_decode
from passport.errors import DigestMismatch, UnsupportedDigest

Published = Callable[[str], bytes | None]
"""From an address to the exact bytes that are published there, where we have them."""

_STRONGEST_FIRST = ("sha512", "sha384", "sha256")
_PLAIN = {32: "sha256", 48: "sha384"}


@cache
def published(address: str) -> bytes | None:
    """The exact bytes of one of the contexts that are shipped."""
    exact = {entry.url for entry in contexts.manifest() if entry.bytes}
    return contexts.raw(address) if address in exact else None


def check_held_resources(resources: Iterable[RelatedResource], held: Published = published) -> None:
    """Compare the digests of those that we hold.

    Raises:
        DigestMismatch: what its issuer bound is something else.
        UnsupportedDigest, MalformedEncoding, EncodingTooLong: a digest that can't be compared.
    """
    for resource in resources:
        data = held(resource.id)
        if data is None:
            continue
        if resource.digest_multibase is not None:
            _check_multibase(data, resource.digest_multibase)
        if resource.digest_sri is not None:
            check_digest_sri(data, resource.digest_sri)


def check_digest_sri(data: bytes, digest: str) -> None:
    """Compare bytes with a `digestSRI`: of several digests the strongest kind counts, and one must fit.

    Raises:
        DigestMismatch
        UnsupportedDigest: none of its digests is of a known kind, or well-formed.
    """
    for algorithm in _STRONGEST_FIRST:
        listed = [
            _base64(entry.partition("-")[2]) for entry in digest.split() if entry.startswith(f"{algorithm}-")
        ]
        if listed:
            found = hashlib.new(algorithm, data).digest()
            if not any(hmac.compare_digest(found, each) for each in listed):
                raise DigestMismatch
            return
    raise UnsupportedDigest


def _check_multibase(data: bytes, digest: str) -> None:
    """A multihash; the bare digest, which VC 2.0's own examples print, is compared as well."""
    plain = multibase_decode(digest)
    algorithm = _PLAIN.get(len(plain))
    if algorithm is None:
        check_digest_multibase(data, digest)
    elif not hmac.compare_digest(hashlib.new(algorithm, data).digest(), plain):
        raise DigestMismatch


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text.partition("?")[0], validate=True)
    except (binascii.Error, ValueError):
        raise UnsupportedDigest from None
