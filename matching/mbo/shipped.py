"""The bundle of qualifications: signed like every other one, and shipped."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from importlib.resources import files

from matching.errors import MalformedTaxonomyBundle
from matching.mbo.model import Mbo, Qualification
from matching.signed_parts import Bundle, open_bundle, read_files, sign_parts, text_of
from matching.taxonomy.packing import pack_lines, unpack_lines
from passport.keys import Signer

TYPE = "QualificationBundle"
_CELLS, _HIGHEST = 6, 4


def build_mbo_bundle(mbo: Mbo, *, signer: Signer, created: datetime) -> Bundle:
    """Derive and sign the bundle: the same table, key and date give the same bytes."""
    described = {
        "id": f"urn:taxonomy-bundle:mbo:{mbo.year}",
        "scheme": "mbo",
        "version": mbo.year,
        "licence": mbo.licence,
        "attribution": list(mbo.attribution),
        "counts": {"qualifications": len(mbo.qualifications)},
        "dropped": dict(mbo.dropped),
    }
    lines = [
        "\t".join((one.crebo, one.name, one.dossier, one.domain, str(one.level), one.route))
        for one in mbo.qualifications
    ]
    return sign_parts(TYPE, described, {"qualifications": pack_lines(lines)}, signer=signer, created=created)


def read_mbo_bundle(bundle: Bundle, *, publishers: Collection[str], now: datetime | None = None) -> Mbo:
    """Verify a bundle and read it.

    Raises:
        TaxonomyPublisherUnknown, TaxonomyBundleChanged, MalformedTaxonomyBundle, TaxonomyBundleTooLarge
    """
    opened = open_bundle(bundle, TYPE, publishers=publishers, now=now)
    manifest = opened.manifest
    try:
        data = opened.parts["qualifications"]
        return Mbo(
            year=text_of(manifest["version"]),
            licence=text_of(manifest["licence"]),
            attribution=tuple(map(text_of, manifest["attribution"])),
            qualifications=tuple(
                _qualification(line) for line in unpack_lines(data, data.count(b"\n") + 1 if data else 0)[0]
            ),
            dropped={text_of(rule): int(count) for rule, count in manifest["dropped"].items()},
            publisher=opened.publisher,
            authentic=opened.authentic,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise MalformedTaxonomyBundle from None


def _qualification(line: str) -> Qualification:
    cells = line.split("\t")
    if len(cells) != _CELLS or not 1 <= int(cells[4]) <= _HIGHEST:
        raise MalformedTaxonomyBundle
    crebo, name, dossier, domain, level, route = cells
    return Qualification(crebo, name, dossier, domain, int(level), route)


@cache
def load_mbo() -> Mbo:
    """The qualifications that are shipped; their publisher's DID is pinned beside them."""
    bundle, publisher = read_files(files("matching.mbo") / "data")
    return read_mbo_bundle(bundle, publishers={publisher})
