"""The compact bundle: small, signed, the same each time, and refused when anything in it was changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest

from matching.building import write_bundle
from matching.bundle import CONTENT, MANIFEST, PUBLISHER, Bundle, build_bundle, load_bundle, read_bundle
from matching.errors import MalformedTaxonomyBundle, TaxonomyBundleChanged, TaxonomyPublisherUnknown
from matching.taxonomy.model import Grade, Reuse, SkillKind
from matching.taxonomy.packing import (
    pack_iris,
    pack_links,
    pack_numbers,
    unpack_iris,
    unpack_links,
    unpack_numbers,
)
from matching.taxonomy.parts import from_parts, telling, to_parts
from passport.answers import Answer
from passport.json import parse_object
from passport.keys import generate_signer, use_backend

CREATED = datetime(2026, 1, 2, tzinfo=UTC)


def test_a_release_comes_back_as_it_was(small, small_release):
    assert tuple(small.occupations) == tuple(concept.iri for concept in small_release.occupations)
    assert small.name == "TEST 2.0.0"
    for occupation in small_release.occupations:
        for grade in (Grade.ESSENTIAL, Grade.OPTIONAL):
            assert small.skills_of(occupation.iri, grade) == occupation.skills.get(grade, ())
    for skill in small_release.skills:
        assert (small.kind(skill.iri), small.reuse(skill.iri)) == (skill.kind, skill.reuse)
    assert small.kind(small_release.skills[4].iri) is SkillKind.KNOWLEDGE
    assert small.reuse(small_release.skills[4].iri) is Reuse.TRANSVERSAL
    assert small.codes == ("7212.3", "7512.1", "9999")
    assert small.retired["http://example.org/skill/gone"].successor is None
    assert small.dropped == {"relation-to-unknown-occupation": 2}


def test_a_label_falls_back_to_english_and_then_to_the_identifier(small, small_release):
    weld, read = small_release.skills[0].iri, small_release.skills[1].iri
    assert small.label(weld, "nl") == "pijpen lassen"
    assert small.label(read, "nl") == "read drawings"
    assert small.label("http://example.org/skill/gone", "nl") == "light lanterns"
    assert small.label("http://example.org/nothing") == "http://example.org/nothing"
    assert small.labels("nl") == {
        small_release.occupations[0].iri: "lasser",
        small_release.occupations[1].iri: "bakker",
        weld: "pijpen lassen",
    }
    assert small.labels("fr") == {}


def test_the_same_release_key_and_date_give_the_same_bytes(small_release, small_bundle, signer):
    assert build_bundle(small_release, signer=signer, created=CREATED) == small_bundle


def test_the_publishers_signature_is_checked(small, publisher):
    assert small.authentic is Answer.YES
    assert small.publisher == publisher


def test_a_bundle_of_another_publisher_is_refused(small_release, publisher):
    stranger = build_bundle(small_release, signer=generate_signer(), created=CREATED)
    with pytest.raises(TaxonomyPublisherUnknown):
        read_bundle(stranger, publishers={publisher})
    with pytest.raises(TaxonomyPublisherUnknown):
        read_bundle(stranger, publishers=())


def test_a_stranger_who_names_the_publisher_is_refused(small_release, small_bundle, publisher):
    """The manifest names the publisher, the proof is of another key."""
    stranger = generate_signer()
    made = build_bundle(small_release, signer=stranger, created=CREATED)
    theirs = parse_object(made.manifest)["publisher"]["id"]
    forged = made.manifest.replace(
        f'"publisher":{{"id":"{theirs}"}}'.encode(), f'"publisher":{{"id":"{publisher}"}}'.encode()
    )
    assert forged != made.manifest
    with pytest.raises(TaxonomyBundleChanged):
        read_bundle(replace(small_bundle, manifest=forged), publishers={publisher})


def test_a_bundle_from_the_future_is_refused(small_bundle, publisher):
    with pytest.raises(TaxonomyBundleChanged):
        read_bundle(small_bundle, publishers={publisher}, now=CREATED - timedelta(days=1))


def test_a_host_without_cryptography_says_that_it_cannot_tell(small_bundle, publisher):
    class Nothing:
        def verify(self, key, data, signature):
            from passport.errors import NoCryptography

            raise NoCryptography

        generate = load = verify

    before = use_backend(Nothing())
    try:
        assert read_bundle(small_bundle, publishers={publisher}).authentic is Answer.CANNOT_TELL
    finally:
        use_backend(before)


def test_the_shipped_bundle_is_small_authentic_and_attributed(esco):
    folder = files("matching") / "data"
    names = {MANIFEST, CONTENT, PUBLISHER}
    assert {entry.name for entry in folder.iterdir()} == names | {"previous"}
    assert sum(len((folder / name).read_bytes()) for name in names) < 1_500_000
    assert esco.authentic is Answer.YES
    assert esco.name == "ESCO 1.1.1"
    assert esco.attribution == ("This service uses the ESCO classification of the European Commission.",)
    assert (len(esco.occupations), len(esco.skills)) == (3007, 13896)
    assert esco.dropped["relation-to-unknown-occupation"] == 67
    assert load_bundle() is esco


def test_the_shipped_bundle_is_what_the_archives_give(published, esco, signer, tmp_path):
    """Digests of the content, as zlib may compress otherwise elsewhere."""
    release, newest = published
    write_bundle(tmp_path, release, signer=signer, created=newest)
    shipped = parse_object((files("matching") / "data" / MANIFEST).read_bytes())
    built = parse_object((tmp_path / MANIFEST).read_bytes())
    digests = [
        [(part["name"], part["contentDigestMultibase"]) for part in manifest["parts"]]
        for manifest in (shipped, built)
    ]
    assert digests[0] == digests[1]
    bundle = Bundle((tmp_path / MANIFEST).read_bytes(), (tmp_path / CONTENT).read_bytes())
    again = read_bundle(bundle, publishers={(tmp_path / PUBLISHER).read_text().strip()})
    assert again.occupations.iris == esco.occupations.iris


def test_descriptions_are_not_shipped(esco):
    longest = max(len(label) for table in (esco.skills, esco.occupations) for label in table.labels["en"])
    assert longest < 150


def test_telling_alternatives_keep_every_word():
    kept = telling("manage staff", ["manage the staff", "staff manager", "lead people", "lead staff"])
    assert kept == ["lead staff", "lead people", "manage the staff"]


def test_numbers_links_and_identifiers_come_back():
    assert list(unpack_numbers(pack_numbers([0, 1, 256, 65535]))) == [0, 1, 256, 65535]
    assert [list(row) for row in unpack_links(pack_links([[], [0, 3], [9]]), 3, 10)] == [[], [0, 3], [9]]
    for iris in (("http://a/1", "http://a/2"), ("http://a/00030d09-2b3a-4efd-87cc-c4ea39d27c34",), ()):
        assert unpack_iris(pack_iris(iris)) == iris


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts.pop("labels.en"),
        lambda parts: parts.pop("iris.skills"),
        lambda parts: parts.pop("kinds"),
        lambda parts: parts.update(kinds=b"\xff" * 5),
        lambda parts: parts.update(kinds=b"\x00"),
        lambda parts: parts.update({"labels.en": b"one"}),
        lambda parts: parts.update(retired=b"a\tb"),
        lambda parts: parts.update({"needed-by.essential": b"\x01\x00"}),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(small_release, change):
    parts = to_parts(small_release)
    change(parts)
    with pytest.raises(MalformedTaxonomyBundle):
        from_parts(parts, dict)
