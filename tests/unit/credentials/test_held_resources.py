"""A related resource that we hold: its digest is compared with the exact published bytes (VC 2.0, section 5.3)."""

import base64
import hashlib

import pytest

import contexts
from passport.credentials import parse_credential
from passport.credentials.evidence import RelatedResource
from passport.credentials.held_resources import check_digest_sri, check_held_resources, published
from passport.encoding import digest_multibase, multibase_encode
from passport.errors import DigestMismatch, MalformedEncoding, UnsupportedDigest
from tests.simulators.exchange import Signatory

V2 = "https://www.w3.org/ns/credentials/v2"
REFORMATTED = "https://www.w3.org/2018/credentials/v1"
BYTES = contexts.raw(V2)
PRINTED_SRI = "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU"
PRINTED_MULTIBASE = "uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ"


def sri(data, algorithm="sha384"):
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


def test_the_digests_that_the_specification_prints_are_those_of_our_bytes():
    check_held_resources([RelatedResource(V2, PRINTED_MULTIBASE, None, PRINTED_SRI)])


@pytest.mark.parametrize(
    "digest", [digest_multibase(BYTES), multibase_encode(hashlib.sha384(BYTES).digest(), "u")]
)
def test_a_multihash_or_the_bare_digest_fits(digest):
    check_held_resources([RelatedResource(V2, digest)])


@pytest.mark.parametrize(
    ("digest", "refusal"),
    [
        (digest_multibase(BYTES + b" "), DigestMismatch),
        (multibase_encode(hashlib.sha256(b"").digest(), "u"), DigestMismatch),
        (multibase_encode(b"\x11\x14" + b"\x00" * 20, "u"), UnsupportedDigest),
        ("sha256", MalformedEncoding),
        ("", MalformedEncoding),
    ],
)
def test_another_digest_is_refused(digest, refusal):
    with pytest.raises(refusal):
        check_held_resources([RelatedResource(V2, digest)])


@pytest.mark.parametrize(
    "digest",
    [
        sri(BYTES),
        sri(BYTES, "sha256"),
        sri(BYTES, "sha512"),
        f"{sri(b'', 'sha256')} {sri(BYTES)}",
        f"{sri(b'')}  {sri(BYTES)}",
        f"{sri(BYTES)}?ct=application/ld+json",
        f"md5-x {sri(BYTES)}",
    ],
)
def test_of_several_the_strongest_kind_counts_and_one_must_fit(digest):
    check_digest_sri(BYTES, digest)


@pytest.mark.parametrize(
    ("digest", "refusal"),
    [
        (sri(b""), DigestMismatch),
        (f"{sri(BYTES, 'sha256')} {sri(b'')}", DigestMismatch),
        ("sha384-", DigestMismatch),
        ("md5-AAAA", UnsupportedDigest),
        ("", UnsupportedDigest),
        ("sha256-é", UnsupportedDigest),
        ("sha256-ca3d163bab055381827226140568f3be", DigestMismatch),
        (sri(BYTES).rstrip("=") + "A", UnsupportedDigest),
    ],
)
def test_a_digest_that_does_not_fit_or_can_not_be_read_is_refused(digest, refusal):
    with pytest.raises(refusal):
        check_digest_sri(BYTES, digest)


def test_nothing_is_said_about_what_is_not_held_in_its_published_bytes():
    assert published("https://example.org/context") is None
    assert published(REFORMATTED) is None
    check_held_resources([RelatedResource(REFORMATTED, digest_multibase(b"other"))])


def test_a_badge_that_binds_a_context_by_a_wrong_digest_is_refused():
    badge = Signatory.web(1).badge(Signatory.key(2))
    parse_credential({**badge, "relatedResource": {"id": V2, "digestSRI": PRINTED_SRI}})
    with pytest.raises(DigestMismatch):
        parse_credential({**badge, "relatedResource": {"id": V2, "digestSRI": sri(b"")}})
