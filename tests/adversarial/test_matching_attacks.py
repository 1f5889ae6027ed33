"""Huge profiles, stuffing, look-alike names, and bundles and archives that were tampered with."""

import contextlib
import io
import random
import time
import zipfile
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from matching.bundle import CONTENT, MANIFEST, PUBLISHER, Bundle, build_bundle, load_bundle, read_bundle
from matching.errors import (
    MalformedTaxonomyArchive,
    MalformedTaxonomyBundle,
    SearchTextTooLong,
    TaxonomyArchiveTooLarge,
    TaxonomyBundleChanged,
    TaxonomyBundleTooLarge,
    TaxonomyPublisherUnknown,
    TooManySkills,
)
from matching.explain import compare
from matching.limits import BUNDLE, PROFILE, ArchiveLimits
from matching.score import rank
from matching.taxonomy.archive import Archive
from matching.taxonomy.model import Grade, Release
from matching.taxonomy.packing import unpack_iris, unpack_lines, unpack_links, unpack_numbers
from passport.dids.did_key import create_did_key
from passport.errors import PassportError
from passport.json import dump, parse_object
from passport.keys import KeyType, load_signer
from passport.proofs import add_proof

ESCO = load_bundle()
FOLDER = files("matching") / "data"
SHIPPED = Bundle((FOLDER / MANIFEST).read_bytes(), (FOLDER / CONTENT).read_bytes())
PINNED = (FOLDER / PUBLISHER).read_text().strip()
SIGNER = load_signer(KeyType.ED25519, bytes(range(32)))
DID = create_did_key(SIGNER.public_key)
NOW = datetime(2026, 1, 2, tzinfo=UTC)


# profiles


def test_a_profile_is_bounded_at_n_and_n_plus_1():
    many = list(ESCO.skills.iris[: PROFILE.skills])
    rank(many, ESCO)
    with pytest.raises(TooManySkills):
        rank([*many, "http://x/1"], ESCO)


def test_100000_skills_are_refused_before_any_work():
    stuffed = [f"http://x/{number}" for number in range(100_000)]
    start = time.process_time()
    for action in (lambda: rank(stuffed, ESCO), lambda: compare(stuffed, ESCO.occupations.iris[0], ESCO)):
        with pytest.raises(TooManySkills):
            action()
    assert time.process_time() - start < 1


@pytest.mark.parametrize("number", range(0, 3007, 500))
def test_stuffing_lowers_the_score_of_the_work_that_is_aimed_at(number):
    """Claiming everything claims nothing: the vector gets longer faster than the overlap grows."""
    occupation = ESCO.occupations.iris[number]
    honest = [skill for grade in ESCO.needed_by for skill in ESCO.skills_of(occupation, grade)]
    chooser = random.Random(number)
    before = rank(honest, ESCO).score(occupation)
    for more in (100, 1_000, 4_000):
        stuffed = {*honest, *chooser.sample(ESCO.skills.iris, more)}
        after = rank(stuffed, ESCO).score(occupation)
        assert after < before
        before = after


def test_naming_one_skill_many_times_counts_once():
    skill = ESCO.skills_of(ESCO.occupations.iris[0], Grade.ESSENTIAL)[0]
    assert list(rank([skill] * 500, ESCO)) == list(rank([skill], ESCO))


def test_an_identifier_that_looks_alike_is_another_one():
    skill = ESCO.skills_of(ESCO.occupations.iris[0], Grade.ESSENTIAL)[0]
    for disguised in (
        skill.upper(),
        skill + " ",
        skill + "\u200b",
        skill.replace("a", "\u0430"),
        skill + "#x",
    ):
        profile = rank([disguised], ESCO).profile
        assert (profile.numbers, profile.unknown) == ((), (disguised,))


# search


@pytest.mark.parametrize(
    "disguise", [("a", "\u0430"), ("e", "\u0435"), ("o", "\u03bf"), ("a", "\uff41"), ("s", "s\u200d")]
)
def test_a_homoglyph_name_finds_the_true_label_and_nothing_else(disguise):
    found = ESCO.search_skills("manage musical staff".replace(*disguise))
    assert found[0].label == "manage musical staff"
    assert all(one.iri in ESCO.skills and one.label == ESCO.label(one.iri) for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "a " * 100,
        "zq" * 100,
        "managemanagemanage" * 11,
        "\u0301" * 200,
        "\ud800",
        "\x00" * 200,
        "%s{0}" * 40,
        "<b>" * 60,
    ],
    ids=range(8),
)
def test_a_costly_text_is_answered_in_time(text):
    ESCO.search_skills("warm up")
    start = time.process_time()
    assert len(ESCO.search_skills(text)) <= 10
    assert time.process_time() - start < 0.5


def test_a_long_text_is_refused():
    with pytest.raises(SearchTextTooLong):
        ESCO.search_occupations("x" * 100_000)


# bundles


def read(bundle, publisher=PINNED):
    return read_bundle(bundle, publishers={publisher})


def test_a_flipped_byte_anywhere_in_the_content_is_refused():
    chooser = random.Random(1)
    for place in [0, len(SHIPPED.content) - 1, *chooser.sample(range(len(SHIPPED.content)), 40)]:
        changed = bytearray(SHIPPED.content)
        changed[place] ^= 1 << chooser.randrange(8)
        with pytest.raises(TaxonomyBundleChanged):
            read(replace(SHIPPED, content=bytes(changed)))


def test_a_flipped_byte_anywhere_in_the_manifest_is_refused():
    chooser = random.Random(2)
    for place in range(0, len(SHIPPED.manifest), 7):
        changed = bytearray(SHIPPED.manifest)
        changed[place] ^= 1 << chooser.randrange(8)
        with pytest.raises(MalformedTaxonomyBundle):
            read(replace(SHIPPED, manifest=bytes(changed)))


def test_a_truncated_or_lengthened_bundle_is_refused():
    for length in (0, 1, 1_000, len(SHIPPED.content) - 1):
        with pytest.raises(TaxonomyBundleChanged):
            read(replace(SHIPPED, content=SHIPPED.content[:length]))
    with pytest.raises(TaxonomyBundleChanged):
        read(replace(SHIPPED, content=SHIPPED.content + b"\x00"))
    for length in range(0, len(SHIPPED.manifest), 101):
        with pytest.raises(MalformedTaxonomyBundle):
            read(replace(SHIPPED, manifest=SHIPPED.manifest[:length]))


def test_an_older_bundle_under_the_pinned_name_is_another_publishers():
    empty = Release("ESCO", "1.1.1", "", (), (), (), (), ())
    with pytest.raises(TaxonomyPublisherUnknown):
        read(build_bundle(empty, signer=SIGNER, created=NOW))


def signed(**changes):
    """A bundle that its own publisher signed, with something wrong in it."""
    made = build_bundle(Release("T", "1", "", (), (), (), (), ()), signer=SIGNER, created=NOW)
    manifest = parse_object(made.manifest)
    del manifest["proof"]
    manifest |= changes
    method = f"{DID}#{DID.removeprefix('did:key:')}"
    document = add_proof(
        manifest, signer=SIGNER, verification_method=method, created=NOW, cryptosuite="eddsa-jcs-2022"
    )
    return replace(made, manifest=dump(document))


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "Other"},
        {"scheme": 1},
        {"attribution": 1},
        {"attribution": [1]},
        {"dropped": []},
        {"dropped": {"x": "y"}},
        {"parts": {}},
        {"parts": []},
        {"parts": [1]},
        {"parts": [{}]},
        {"parts": [{"name": "codes", "size": "1", "digestMultibase": "u", "contentSize": 1}]},
        {"publisher": DID},
        {"publisher": {}},
    ],
    ids=str,
)
def test_a_signed_manifest_of_another_shape_is_refused(changes):
    with pytest.raises(MalformedTaxonomyBundle):
        read(signed(**changes), DID)


def test_a_part_that_inflates_too_far_is_refused():
    bomb = zlib.compress(bytes(50_000_000), 9)
    from passport.encoding import digest_multibase

    part = {"name": "codes", "size": len(bomb), "digestMultibase": digest_multibase(bomb)}
    for size, error in ((100, MalformedTaxonomyBundle), (BUNDLE.expanded + 1, TaxonomyBundleTooLarge)):
        bundle = replace(signed(parts=[{**part, "contentSize": size}]), content=bomb)
        with pytest.raises(error):
            read(bundle, DID)


def test_a_bundle_beyond_the_limits_is_refused():
    for bundle in (Bundle(b"{}", bytes(BUNDLE.size + 1)), Bundle(bytes(BUNDLE.manifest + 1), b"")):
        with pytest.raises(TaxonomyBundleTooLarge):
            read(bundle)


def test_numbers_that_point_outside_are_refused():
    for action in (
        lambda: unpack_numbers(b"\x00"),
        lambda: unpack_links(b"\x01\x00\x05\x00", 1, 5),
        lambda: unpack_links(b"\x02\x00\x05\x00", 1, 9),
        lambda: unpack_links(b"\x02\x00\xff\xff\xff\xff", 1, 70_000),
        lambda: unpack_links(b"", 1, 5),
        lambda: unpack_iris(b"X"),
        lambda: unpack_iris(b"Uhttp://x/\n123"),
        lambda: unpack_iris(b"Tb\na"),
        lambda: unpack_iris(b"Ta\na"),
        lambda: unpack_lines(b"a\nb", 3),
        lambda: unpack_lines(b"\xff", 1),
    ):
        with pytest.raises(MalformedTaxonomyBundle):
            action()


@pytest.mark.parametrize("seed", range(8))
def test_rubbish_is_refused_with_a_typed_error(seed):
    chooser = random.Random(seed)
    rubbish = Bundle(chooser.randbytes(500), chooser.randbytes(5_000))
    with pytest.raises(PassportError):
        read(rubbish)


# archives


def test_an_archive_that_inflates_too_far_is_refused():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", bytes(2_000_000))
    with pytest.raises(TaxonomyArchiveTooLarge):
        Archive(data, ArchiveLimits(entry_size=1_000_000))


def test_an_archive_that_lies_about_its_size_is_refused():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("t.csv", b"a\n" + b"1\n" * 100_000)
    whole = data.getvalue()
    size = (200_002).to_bytes(4, "little")
    lying = whole.replace(size, (10).to_bytes(4, "little"))
    assert lying != whole
    with pytest.raises(MalformedTaxonomyArchive):
        list(Archive(io.BytesIO(lying)).table("t.csv", "a"))


def test_an_encrypted_or_oddly_packed_archive_is_refused():
    for options in ({"compress_type": zipfile.ZIP_LZMA}, {"compress_type": zipfile.ZIP_BZIP2}):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr("t.csv", b"a\n1\n", **options)
        with pytest.raises(MalformedTaxonomyArchive):
            Archive(data)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("t.csv", b"a\n1\n")
    encrypted = data.getvalue().replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )
    assert encrypted != data.getvalue()
    with pytest.raises(MalformedTaxonomyArchive):
        Archive(io.BytesIO(encrypted))


@pytest.mark.parametrize("seed", range(30))
def test_a_flipped_byte_in_an_archive_is_read_right_or_refused(seed):
    chooser = random.Random(seed)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("t.csv", b"a,b\n1,2\n")
    changed = bytearray(data.getvalue())
    changed[chooser.randrange(len(changed))] ^= 1 << chooser.randrange(8)
    with contextlib.suppress(PassportError):
        assert list(Archive(io.BytesIO(bytes(changed))).table("t.csv", "a")) == [{"a": "1"}]
