"""The compact bundle of a taxonomy: a signed manifest, and its parts compressed in one file.

The manifest is JSON secured with eddsa-jcs-2022. It holds the digest of every part as it travels, so that
nothing is inflated that the publisher did not sign, and of its content, so that a build can be compared
between hosts whose zlib compresses differently.
"""

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from importlib.resources import files
from typing import Any

from matching.errors import (
    MalformedTaxonomyBundle,
    TaxonomyBundleChanged,
    TaxonomyBundleTooLarge,
    TaxonomyPublisherUnknown,
)
from matching.limits import BUNDLE
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Release
from matching.taxonomy.parts import from_parts, to_parts
from passport.answers import Answer
from passport.clock import utc_now
from passport.dids.did_key import create_did_key, key_method_id
from passport.documents import DocumentCache
from passport.encoding import check_digest_multibase, digest_multibase
from passport.errors import Invalid, NoCryptography, PassportError
from passport.json import JsonObject, dump, parse_object
from passport.keys import Signer
from passport.limits import JsonLimits
from passport.proofs import EDDSA_JCS_2022, add_proof, method_source, verify_proofs

TYPE = "TaxonomyBundle"
MANIFEST, CONTENT, PUBLISHER = "manifest.json", "bundle.bin", "publisher.did"
_MANIFEST_JSON = JsonLimits(size=BUNDLE.manifest, depth=8, array=64, string=1_024)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as it travels: two files."""

    manifest: bytes
    content: bytes


def build_bundle(release: Release, *, signer: Signer, created: datetime) -> Bundle:
    """Derive and sign the bundle of a release: the same release, key and date give the same bytes."""
    publisher = create_did_key(signer.public_key)
    listed: list[JsonObject] = []
    content = bytearray()
    for name, data in to_parts(release).items():
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
    manifest = {
        "type": TYPE,
        "id": f"urn:taxonomy-bundle:{release.scheme.lower()}:{release.version}",
        "publisher": {"id": publisher},
        "scheme": release.scheme,
        "version": release.version,
        "licence": release.licence,
        "attribution": list(release.attribution),
        "counts": {
            "occupations": len(release.occupations),
            "skills": len(release.skills),
            "skillGroups": len(release.skill_groups),
            "occupationGroups": len(release.occupation_groups),
            "retired": len(release.retired),
        },
        "dropped": dict(release.dropped),
        "parts": listed,
    }
    signed = add_proof(
        manifest,
        signer=signer,
        verification_method=key_method_id(publisher),
        created=created,
        cryptosuite=EDDSA_JCS_2022.cryptosuite,
    )
    return Bundle(dump(signed), bytes(content))


def read_bundle(bundle: Bundle, *, publishers: Collection[str], now: datetime | None = None) -> Taxonomy:
    """Verify a bundle and read it.

    1. the manifest parses and names an expected publisher; 2. its proof holds, by that publisher's key;
    3. every part has the size and digest that the manifest says; 4. the parts fit together.

    A host without cryptography can't do 2: the taxonomy says so in `authentic`.

    Raises:
        TaxonomyPublisherUnknown, TaxonomyBundleChanged, MalformedTaxonomyBundle, TaxonomyBundleTooLarge
    """
    if len(bundle.content) > BUNDLE.size or len(bundle.manifest) > BUNDLE.manifest:
        raise TaxonomyBundleTooLarge(limit=BUNDLE.size)
    manifest = _parse_manifest(bundle.manifest)
    publisher = _check_publisher(manifest, publishers)
    authentic = _check_proof(manifest, publisher, now or utc_now())
    try:
        described = partial(
            Taxonomy,
            scheme=_text(manifest["scheme"]),
            version=_text(manifest["version"]),
            licence=_text(manifest["licence"]),
            attribution=tuple(map(_text, manifest["attribution"])),
            dropped={_text(rule): int(count) for rule, count in manifest["dropped"].items()},
            publisher=publisher,
            authentic=authentic,
        )
        parts = _open_parts(manifest["parts"], bundle.content)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise MalformedTaxonomyBundle from None
    return from_parts(parts, described)


@cache
def load_bundle() -> Taxonomy:
    """The taxonomy that is shipped: ESCO, in English with the Dutch labels there are.

    Read and verified once. Its publisher's DID is pinned in `matching/data/publisher.did`.
    """
    folder = files("matching") / "data"
    publisher = (folder / PUBLISHER).read_text(encoding="ascii").strip()
    bundle = Bundle((folder / MANIFEST).read_bytes(), (folder / CONTENT).read_bytes())
    return read_bundle(bundle, publishers={publisher})


def _parse_manifest(data: bytes) -> JsonObject:
    try:
        manifest = parse_object(data, _MANIFEST_JSON)
    except Invalid:
        raise MalformedTaxonomyBundle from None
    if manifest.get("type") != TYPE:
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
            check_digest_multibase(packed, _text(part["digestMultibase"]))
        except Invalid:
            raise TaxonomyBundleChanged from None
        parts[_text(part["name"])] = _inflate(packed, int(part["contentSize"]))
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


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise MalformedTaxonomyBundle
    return value
