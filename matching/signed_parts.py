"""A signed manifest, and parts compressed in one file: how everything large that is published travels.

The manifest is JSON secured with eddsa-jcs-2022. It holds the digest of every part as it travels, so that
nothing is inflated that the publisher did not sign, and of its content, so that a build can be compared
between hosts whose zlib compresses differently.
"""

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources.abc import Traversable
from typing import Any

from matching.errors import (
    MalformedTaxonomyBundle,
    TaxonomyBundleChanged,
    TaxonomyBundleTooLarge,
    TaxonomyPublisherUnknown,
)
from matching.limits import BUNDLE
from passport.answers import Answer
from passport.clock import utc_now
from passport.dids.did_key import create_did_key
from passport.documents import DocumentCache
from passport.encoding import check_digest_multibase, digest_multibase
from passport.errors import Invalid, NoCryptography, PassportError
from passport.json import JsonObject, parse_object
from passport.keys import Signer
from passport.limits import JsonLimits
from passport.proofs import EDDSA_JCS_2022, method_source, verify_proofs
from passport.statements import sign_statement

MANIFEST, CONTENT, PUBLISHER = "manifest.json", "bundle.bin", "publisher.did"
_MANIFEST_JSON = JsonLimits(size=BUNDLE.manifest, depth=8, array=64, string=1_024)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as it travels: two files."""

    manifest: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A bundle whose parts are what its publisher signed, as far as this host can tell."""

    manifest: JsonObject
    parts: Mapping[str, bytes]
    publisher: str
    authentic: Answer


def sign_parts(
    kind: str, described: JsonObject, parts: Mapping[str, bytes], *, signer: Signer, created: datetime
) -> Bundle:
    """Sign parts and what is said about them: the same input, key and date give the same bytes."""
    publisher = create_did_key(signer.public_key)
    listed: list[JsonObject] = []
    content = bytearray()
    for name, data in parts.items():
        packed = zlib.compress(data, 9)
        content += packed
        listed.append(
            {
                "name": name,
                "size": len(packed),
                "digestMultibase": digest_multibase(packed),
                "contentSize": len(data),
                "contentDigestMultibase": digest_multibase(data),
            }
        )
    manifest = {"type": kind, "publisher": {"id": publisher}, **described, "parts": listed}
    return Bundle(sign_statement(manifest, signer=signer, created=created), bytes(content))


def open_bundle(
    bundle: Bundle, kind: str, *, publishers: Collection[str], now: datetime | None = None
) -> Opened:
    """Verify a bundle and inflate its parts.

    1. the manifest parses and names an expected publisher; 2. its proof holds, by that publisher's key;
    3. every part has the size and digest that the manifest says.

    A host without cryptography can't do 2: `authentic` says so.

    Raises:
        TaxonomyPublisherUnknown, TaxonomyBundleChanged, MalformedTaxonomyBundle, TaxonomyBundleTooLarge
    """
    if len(bundle.content) > BUNDLE.size or len(bundle.manifest) > BUNDLE.manifest:
        raise TaxonomyBundleTooLarge(limit=BUNDLE.size)
    manifest = _parse_manifest(bundle.manifest, kind)
    publisher = _check_publisher(manifest, publishers)
    authentic = _check_proof(manifest, publisher, now or utc_now())
    try:
        parts = _open_parts(manifest["parts"], bundle.content)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise MalformedTaxonomyBundle from None
    return Opened(manifest, parts, publisher, authentic)


def read_files(folder: Traversable) -> tuple[Bundle, str]:
    """The three files of a shipped bundle: the bundle, and the DID whose signature is accepted."""
    bundle = Bundle((folder / MANIFEST).read_bytes(), (folder / CONTENT).read_bytes())
    return bundle, (folder / PUBLISHER).read_text(encoding="ascii").strip()


def _parse_manifest(data: bytes, kind: str) -> JsonObject:
    try:
        manifest = parse_object(data, _MANIFEST_JSON)
    except Invalid:
        raise MalformedTaxonomyBundle from None
    if manifest.get("type") != kind:
        raise MalformedTaxonomyBundle
    return manifest


def _check_publisher(manifest: Mapping[str, Any], publishers: Collection[str]) -> str:
    named = manifest.get("publisher")
    publisher = named.get("id") if isinstance(named, dict) else None
    if not isinstance(publisher, str) or publisher not in publishers:
        raise TaxonomyPublisherUnknown
    return publisher


def _check_proof(manifest: JsonObject, publisher: str, now: datetime) -> Answer:
    try:
        proofs = verify_proofs(
            manifest,
            method_for=method_source(DocumentCache()),
            expected_purpose="assertionMethod",
            now=now,
            accepted=(EDDSA_JCS_2022,),
        )
    except NoCryptography:
        return Answer.CANNOT_TELL
    except PassportError:  # a proof of another kind or method is not the pinned publisher's either
        raise TaxonomyBundleChanged from None
    if any(proof.verification_method.partition("#")[0] != publisher for proof in proofs):
        raise TaxonomyPublisherUnknown
    return Answer.YES


def _open_parts(listed: list[JsonObject], content: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    start = 0
    for part in listed:
        packed = content[start : start + int(part["size"])]
        start += len(packed)
        try:
            check_digest_multibase(packed, text_of(part["digestMultibase"]))
        except Invalid:
            raise TaxonomyBundleChanged from None
        parts[text_of(part["name"])] = _inflate(packed, int(part["contentSize"]))
    if start != len(content) or len(parts) != len(listed):
        raise TaxonomyBundleChanged
    return parts


def _inflate(packed: bytes, size: int) -> bytes:
    if not 0 <= size <= BUNDLE.expanded:
        raise TaxonomyBundleTooLarge(limit=BUNDLE.expanded)
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(packed, size + 1)
    except zlib.error:
        raise MalformedTaxonomyBundle from None
    if len(data) != size or not inflater.eof or inflater.unused_data:
        raise MalformedTaxonomyBundle
    return data


def text_of(value: object) -> str:
    """A member that must be text; raises MalformedTaxonomyBundle."""
    if not isinstance(value, str):
        raise MalformedTaxonomyBundle
    return value
