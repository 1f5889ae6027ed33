"""The compact bundle of a taxonomy: a release as signed parts, and the way back to the one before it."""

from collections.abc import Collection
from datetime import datetime
from functools import cache, partial
from importlib.resources import files

from matching.errors import MalformedTaxonomyBundle, TaxonomyDeltaOfAnother
from matching.signed_parts import (
    CONTENT,
    MANIFEST,
    PUBLISHER,
    Bundle,
    Opened,
    open_bundle,
    read_files,
    sign_parts,
    text_of,
)
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.delta import apply_delta, delta_parts
from matching.taxonomy.model import Release
from matching.taxonomy.parts import from_parts, to_parts
from passport.keys import Signer

__all__ = [
    "CONTENT",
    "MANIFEST",
    "PUBLISHER",
    "Bundle",
    "build_bundle",
    "build_delta",
    "load_bundle",
    "load_previous",
    "read_bundle",
    "read_delta",
    "taxonomy_of",
]

TYPE, DELTA = "TaxonomyBundle", "TaxonomyDelta"


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
    return from_parts(opened.parts, _described(opened))


def _described(opened: Opened) -> "partial[Taxonomy]":
    manifest = opened.manifest
    try:
        return partial(
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


def taxonomy_of(release: Release) -> Taxonomy:
    """A release as it is used, without a bundle around it: nobody signed it."""
    described = partial(
        Taxonomy,
        scheme=release.scheme,
        version=release.version,
        licence=release.licence,
        attribution=release.attribution,
        dropped=release.dropped,
    )
    return from_parts(to_parts(release), described)


def build_delta(older: Release, newer: Release, *, signer: Signer, created: datetime) -> Bundle:
    """Derive and sign what leads from a release back to the one before it."""
    described = {
        "id": f"urn:taxonomy-delta:{older.scheme.lower()}:{newer.version}:{older.version}",
        "scheme": older.scheme,
        "version": older.version,
        "from": newer.version,
        "licence": older.licence,
        "attribution": list(older.attribution),
        "dropped": dict(older.dropped),
    }
    parts = delta_parts(taxonomy_of(older), taxonomy_of(newer))
    return sign_parts(DELTA, described, parts, signer=signer, created=created)


def read_delta(
    bundle: Bundle, newer: Taxonomy, *, publishers: Collection[str], now: datetime | None = None
) -> Taxonomy:
    """Verify what leads back from a release, and go there.

    Raises:
        TaxonomyPublisherUnknown, TaxonomyBundleChanged, MalformedTaxonomyBundle, TaxonomyBundleTooLarge
        TaxonomyDeltaOfAnother: it leads back from another release.
    """
    opened = open_bundle(bundle, DELTA, publishers=publishers, now=now)
    if (opened.manifest.get("scheme"), opened.manifest.get("from")) != (newer.scheme, newer.version):
        raise TaxonomyDeltaOfAnother
    return apply_delta(newer, opened.parts, _described(opened))


@cache
def load_bundle() -> Taxonomy:
    """The taxonomy that is shipped: ESCO, in English with the Dutch labels there are.

    Read and verified once. Its publisher's DID is pinned in `matching/data/publisher.did`.
    """
    bundle, publisher = read_files(files("matching") / "data")
    return read_bundle(bundle, publishers={publisher})


@cache
def load_previous() -> Taxonomy:
    """The release before the shipped one, as far as a person's skills and rankings go."""
    bundle, publisher = read_files(files("matching") / "data" / "previous")
    return read_delta(bundle, load_bundle(), publishers={publisher})
