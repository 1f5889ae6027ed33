"""The bundle of O*NET: signed like every other one, and shipped."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from importlib.resources import files

from matching.errors import MalformedTaxonomyBundle
from matching.onet.model import Onet
from matching.onet.packing import from_parts, to_parts
from matching.signed_parts import Bundle, open_bundle, read_files, sign_parts, text_of
from passport.keys import Signer

TYPE = "OnetBundle"


def build_onet_bundle(onet: Onet, *, signer: Signer, created: datetime) -> Bundle:
    """Derive and sign the bundle: the same release, key and date give the same bytes."""
    described = {
        "id": f"urn:taxonomy-bundle:onet:{onet.version}",
        "scheme": "O*NET",
        "version": onet.version,
        "licence": onet.licence,
        "attribution": list(onet.attribution),
        "counts": {
            "occupations": len(onet.occupations),
            "items": len(onet.items),
            "crosswalk": len(onet.crosswalk.pairs),
        },
        "dropped": dict(onet.dropped),
    }
    return sign_parts(TYPE, described, to_parts(onet), signer=signer, created=created)


def read_onet_bundle(bundle: Bundle, *, publishers: Collection[str], now: datetime | None = None) -> Onet:
    """Verify a bundle and read it.

    Raises:
        TaxonomyPublisherUnknown, TaxonomyBundleChanged, MalformedTaxonomyBundle, TaxonomyBundleTooLarge
    """
    opened = open_bundle(bundle, TYPE, publishers=publishers, now=now)
    occupations, crosswalk = from_parts(opened.parts)
    manifest = opened.manifest
    try:
        return Onet(
            version=text_of(manifest["version"]),
            licence=text_of(manifest["licence"]),
            attribution=tuple(map(text_of, manifest["attribution"])),
            occupations=occupations,
            crosswalk=crosswalk,
            dropped={text_of(rule): int(count) for rule, count in manifest["dropped"].items()},
            publisher=opened.publisher,
            authentic=opened.authentic,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise MalformedTaxonomyBundle from None


@cache
def load_onet() -> Onet:
    """The O*NET release that is shipped; its publisher's DID is pinned beside it."""
    bundle, publisher = read_files(files("matching.onet") / "data")
    return read_onet_bundle(bundle, publishers={publisher})
