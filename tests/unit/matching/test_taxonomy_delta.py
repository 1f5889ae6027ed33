"""The way back to the release before: small, signed, and fitting. That it is exact: test_esco_archives.py."""

from datetime import UTC, datetime
from importlib.resources import files

import pytest

from matching.bundle import build_delta, read_delta
from matching.errors import (
    MalformedTaxonomyBundle,
    TaxonomyBundleChanged,
    TaxonomyDeltaOfAnother,
    TaxonomyPublisherUnknown,
)
from matching.onet.shipped import TYPE as ONET
from matching.signed_parts import CONTENT, MANIFEST, Bundle, sign_parts
from matching.taxonomy.delta import delta_parts

CREATED = datetime(2026, 1, 2, tzinfo=UTC)


def test_the_way_back_is_small():
    folder = files("matching") / "data" / "previous"
    assert sum(len((folder / name).read_bytes()) for name in (MANIFEST, CONTENT)) < 80_000


@pytest.fixture
def delta(small_release, signer):
    return build_delta(small_release, small_release, signer=signer, created=CREATED)


def test_a_delta_of_another_release_or_publisher_is_refused(delta, small, esco, publisher):
    assert read_delta(delta, small, publishers={publisher}).skills.iris == small.skills.iris
    with pytest.raises(TaxonomyDeltaOfAnother):
        read_delta(delta, esco, publishers={publisher})
    with pytest.raises(TaxonomyPublisherUnknown):
        read_delta(delta, small, publishers={"did:key:z6Mk"})
    with pytest.raises(TaxonomyBundleChanged):
        read_delta(Bundle(delta.manifest, delta.content[:-1] + b"\x00"), small, publishers={publisher})


def signed(parts, small, signer):
    described = {
        "scheme": small.scheme,
        "version": "1.0.0",
        "from": small.version,
        "licence": "none",
        "attribution": [],
        "dropped": {},
    }
    return sign_parts("TaxonomyDelta", described, parts, signer=signer, created=CREATED)


@pytest.mark.parametrize(
    ("part", "data"),
    [
        ("gone.skills", b"x:1\tlabel"),
        ("gone.skills", b"x:1\tlabel\t\t\tmany"),
        ("gone.skills", b"x:1\tlabel\t\t\t255"),
        ("appeared.skills", b"one\ttwo"),
        ("renamed.skills", b"en\tx:1"),
        ("codes", b"one"),
        ("kinds", b"x:1\t-1"),
        ("needs", b"\x00\x00"),
        ("needs", b"\xff\x00\x00\x00\x00\x00"),
        ("needs", b"\x00\x00\xff\x00\x00\x00"),
        ("broader.skills", b"\xff"),
        ("broader.occupations", b""),
        ("kinds", b"\xff"),
    ],
)
def test_a_signed_delta_that_does_not_fit_is_refused(part, data, small, signer, publisher):
    parts = delta_parts(small, small) | {part: data}
    with pytest.raises(MalformedTaxonomyBundle):
        read_delta(signed(parts, small, signer), small, publishers={publisher})


def test_a_delta_without_one_of_its_parts_is_refused(small, signer, publisher):
    whole = delta_parts(small, small)
    for left_out in whole:
        parts = {name: data for name, data in whole.items() if name != left_out}
        with pytest.raises(MalformedTaxonomyBundle):
            read_delta(signed(parts, small, signer), small, publishers={publisher})


def test_a_bundle_of_another_kind_is_no_delta(small, signer, publisher):
    other = sign_parts(ONET, {"scheme": small.scheme}, {}, signer=signer, created=CREATED)
    with pytest.raises(MalformedTaxonomyBundle):
        read_delta(other, small, publishers={publisher})
