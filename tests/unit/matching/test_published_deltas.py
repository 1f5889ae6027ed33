"""Deltas between two contents of a set: they lead to the newer one, and are small where little changed."""

import random

import pytest

from matching.published.delta import apply_delta, make_delta
from matching.published.errors import PublishedSetChanged, PublishedSetTooLarge
from matching.published.limits import PUBLISHED_SETS
from matching.published.packing import inflate, pack, read_content, unpack, write_content
from passport.encoding import digest_multibase


def test_a_small_change_is_a_small_delta():
    old = random.Random(7).randbytes(200_000)
    new = old[:50_000] + b"changed" + old[50_010:120_000] + old[130_000:] + b"more"
    delta = make_delta(old, new)
    assert len(delta) < 100
    assert apply_delta(old, delta, len(new)) == new
    assert make_delta(old, new) == delta


@pytest.mark.parametrize(
    "delta",
    [
        b"\x05\x00",
        b"\x7f\x00\x00",
        b"\x04\x09\x00",
        b"\x00\x00\x04ab",
        b"\xff\xff\xff\xff\xff\xff\x01\x00",
        b"\x0a\x00\x00" * 9,
        b"",
    ],
)
def test_steps_that_lead_elsewhere_are_refused(delta):
    with pytest.raises(PublishedSetChanged):
        apply_delta(b"0123456789", delta, 50)


def test_content_is_the_same_for_the_same_documents():
    documents = [{"b": 1, "a": 2}, {"id": "é"}]
    content = write_content(documents)
    assert content == write_content([{"id": "é"}, {"a": 2, "b": 1}])
    assert len(read_content(content)) == 2
    packed = pack(content)
    assert unpack(packed, size=len(packed), digest=digest_multibase(packed), most=len(content)) == content


def test_a_set_that_is_too_large_is_not_made_and_not_read():
    with pytest.raises(PublishedSetTooLarge):
        write_content({"n": n} for n in range(PUBLISHED_SETS.documents + 1))
    with pytest.raises(PublishedSetTooLarge):
        read_content(b"{}\n" * (PUBLISHED_SETS.documents + 1))
    with pytest.raises(PublishedSetTooLarge):
        pack(random.Random(1).randbytes(PUBLISHED_SETS.file + 1))
    with pytest.raises(PublishedSetTooLarge):
        inflate(pack(bytes(4_000_000)), 1_000)
    for broken in (b"no zlib", pack(b"a")[:-1], pack(b"a") + b"more"):
        with pytest.raises(PublishedSetChanged):
            inflate(broken, 100)
