"""The compact bundle of a taxonomy of occupations and skills: a release as signed parts."""

from collections.abc import Collection
from datetime import datetime
from functools import cache, partial
from importlib.resources import files

from matching.errors import MalformedTaxonomyBundle
from matching.signed_parts import (
    CONTENT,
    MANIFEST,
    PUBLISHER,
    Bundle,
    open_bundle,
    read_files,
    sign_parts,
    text_of,
)
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Release
from matching.taxonomy.parts import from_parts, to_parts
from passport.keys import Signer

__all__ = ["CONTENT", "MANIFEST", "PUBLISHER", "Bundle", "build_bundle", "load_bundle", "read_bundle"]

TYPE = "TaxonomyBundle"


def build_bundle(release: Release, *, signer: Signer, created: datetime) -> Bundle:
    """Derive and sign the bundle of a release: the same release, key and date give the same bytes."""
    described = {
        "id": f"urn:taxonomy-bundle:{release.scheme.lower()}:{release.version}",
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
    }
    return sign_parts(TYPE, described, to_parts(release), signer=signer, created=created)


def read_bundle(bundle: Bundle, *, publishers: Collection[str], now: datetime | None = None) -> Taxonomy:
    """Verify a bundle (matching.signed_parts) and read it; its parts must fit together.

    Raises:
        TaxonomyPublisherUnknown, TaxonomyBundleChanged, MalformedTaxonomyBundle, TaxonomyBundleTooLarge
    """
    opened = open_bundle(bundle, TYPE, publishers=publishers, now=now)
    manifest = opened.manifest
    try:
        described = partial(
            Taxonomy,
            scheme=text_of(manifest["scheme"]),
            version=text_of(manifest["version"]),
            licence=text_of(manifest["licence"]),
            attribution=tuple(map(text_of, manifest["attribution"])),
            dropped={text_of(rule): int(count) for rule, count in manifest["dropped"].items()},
            publisher=opened.publisher,
            authentic=opened.authentic,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise MalformedTaxonomyBundle from None
    return from_parts(opened.parts, described)


@cache
def load_bundle() -> Taxonomy:
    """The taxonomy that is shipped: ESCO, in English with the Dutch labels there are.

    Read and verified once. Its publisher's DID is pinned in `matching/data/publisher.did`.
    """
    bundle, publisher = read_files(files("matching") / "data")
    return read_bundle(bundle, publishers={publisher})
