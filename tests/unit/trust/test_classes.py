"""A registrar's own classes on a trust list: read, written, found, and no more than the word they count as."""

import tomllib
from pathlib import Path

import pytest

from passport import limits
from passport.errors.trust import (
    AmbiguousClass,
    MalformedClass,
    MalformedTrustList,
    ShadowingClass,
    TooManyClasses,
    UnknownRecognition,
)
from passport.json import parse_object
from passport.limits import PUBLISHED
from passport.texts import Language, render_error
from passport.trust import Recognition, RecognitionClass, TrustStore, parse_trust_list, verify_trust_list
from passport.trust.classes import ID_LENGTH, NAME_LENGTH, RESERVED
from tests.simulators.parties import NOW, Party, World, recognise

ROOT = Path(__file__).resolve().parents[3]
WORLD, GUIDES = World(), Party("Guides")
ADVISER, VALIDATOR = Recognition.ADVISER, Recognition.VALIDATOR
GUIDE = RecognitionClass(
    "reintegration-guide", ADVISER, {"en": "Reintegration guide", "nl": "Re-integratiebegeleider"}
)
COACH = RecognitionClass("job-coach", ADVISER, {"nl": "Jobcoach"})
JSON = {"id": "guide", "name": {"nl": "Begeleider bij re-integratie"}, "countsAs": "adviser"}


def document(*classes, **entry):
    """A list with one entry, as JSON, with these classes."""
    made = parse_object(WORLD.trust_list(recognise(GUIDES, ADVISER)), PUBLISHED)
    made["entries"][0].update(entry)
    return made | {"classes": list(classes)}


def found(*entries, **members):
    source = WORLD.trust_list(*entries, **members)
    verified = verify_trust_list(source, context=WORLD.context, expected_publishers={WORLD.registrar.did})
    return TrustStore([verified]).recognitions(GUIDES.did, NOW)


def test_what_is_built_is_read_back():
    entry = recognise(
        GUIDES, GUIDE, VALIDATOR, may_recognise=frozenset({COACH}), list_id="https://g.example/l"
    )
    parsed = parse_trust_list(WORLD.trust_list(entry))
    assert parsed.entries == (entry,)
    assert parsed.classes == (COACH, GUIDE)
    assert parsed.entries[0].words == {ADVISER, VALIDATOR}
    assert parsed.entries[0].may_words == {ADVISER}


def test_a_class_that_no_entry_names_stays_on_the_list():
    assert parse_trust_list(WORLD.trust_list(classes=[GUIDE])).classes == (GUIDE,)


def test_a_list_without_classes_reads_and_writes_as_before():
    source = parse_object(WORLD.trust_list(recognise(GUIDES, ADVISER)), PUBLISHED)
    assert "classes" not in source
    assert parse_trust_list(source).classes == ()


def test_it_is_found_as_the_word_that_it_counts_as_with_its_own_name():
    [one, two, three] = found(recognise(GUIDES, GUIDE, COACH, ADVISER))
    assert {each.recognition for each in (one, two, three)} == {ADVISER}
    assert (one.named, two.named, three.named) == (None, COACH, GUIDE)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"id": "Guide"}, MalformedClass),
        ({"id": ""}, MalformedClass),
        ({"id": "-guide"}, MalformedClass),
        ({"id": "guide, adviser"}, MalformedClass),
        ({"id": "g" * (ID_LENGTH + 1)}, MalformedClass),
        ({"id": None}, MalformedClass),
        ({"name": {}}, MalformedClass),
        ({"name": {"fr": "Guide"}}, MalformedClass),
        ({"name": "Guide"}, MalformedClass),
        ({"name": {"nl": "g" * (NAME_LENGTH + 1)}}, MalformedClass),
        ({"name": {"nl": " Begeleider"}}, MalformedClass),
        ({"name": {"nl": "(-)"}}, MalformedClass),
        ({"countsAs": "guide"}, MalformedClass),
        ({"countsAs": ["adviser"]}, MalformedClass),
        ({"countsAs": None}, MalformedClass),
        ({"ceiling": "hard"}, MalformedClass),
        ({"id": "educator"}, ShadowingClass),
        ({"name": {"nl": "School"}}, ShadowingClass),
        ({"name": {"en": "Guide", "nl": "leerbedrijf"}}, ShadowingClass),
    ],
)
def test_a_class_in_another_form(change, refusal):
    with pytest.raises(refusal) as caught:
        parse_trust_list(document(JSON | change))
    assert type(caught.value) is refusal
    assert isinstance(caught.value, MalformedTrustList)


@pytest.mark.parametrize("missing", ["id", "name", "countsAs"])
def test_a_class_that_misses_a_member(missing):
    with pytest.raises(MalformedClass):
        parse_trust_list(document({name: value for name, value in JSON.items() if name != missing}))


@pytest.mark.parametrize("classes", [[], {}, None, "guide", [1], [None]])
def test_no_list_of_classes(classes):
    with pytest.raises(MalformedClass):
        parse_trust_list(document() | {"classes": classes})


def test_as_many_as_are_taken_and_one_more():
    many = [
        {"id": f"c-{number}-x", "name": {"nl": f"Soort {number} van ons"}, "countsAs": "adviser"}
        for number in range(2, limits.TRUST.classes + 3)
    ]
    with pytest.raises(TooManyClasses) as caught:
        parse_trust_list(document(*many))
    assert caught.value.details == {"limit": limits.TRUST.classes}
    assert len(parse_trust_list(document(*many[:-1])).classes) == limits.TRUST.classes


@pytest.mark.parametrize("name", ["recognisedAs", "mayRecognise"])
@pytest.mark.parametrize("words", [["guid"], ["guide", "king"], ["GUIDE"], ["adviser "]])
def test_an_entry_that_names_no_class_of_its_list(name, words):
    with pytest.raises(UnknownRecognition) as caught:
        parse_trust_list(document(JSON, **{name: words, "list": "https://g.example/l"}))
    assert caught.value.details == {"member": name}


@pytest.mark.parametrize("words", [[], ["guide", "guide"], [["guide"]], "guide", [1]])
def test_what_names_nothing_or_one_thing_twice(words):
    with pytest.raises(MalformedTrustList):
        parse_trust_list(document(JSON, recognisedAs=words))


def test_an_entry_names_so_many_and_no_more():
    many = [
        {"id": f"c-{number}-x", "name": {"nl": f"Soort {number} van ons"}, "countsAs": "adviser"}
        for number in range(limits.TRUST.recognitions + 1)
        if number != 1
    ]
    keys = [each["id"] for each in many]
    assert len(parse_trust_list(document(*many, recognisedAs=keys)).entries[0].recognised_as) == len(keys)
    with pytest.raises(MalformedTrustList):
        parse_trust_list(document(*many, recognisedAs=[*keys, "educator"]))


def test_two_classes_that_differ_under_one_id_are_not_built():
    other = RecognitionClass(GUIDE.id, VALIDATOR, {"nl": "Iets anders"})
    with pytest.raises(AmbiguousClass):
        WORLD.trust_list(recognise(GUIDES, other), classes=[GUIDE])


@pytest.mark.parametrize(
    "refusal", [MalformedClass, ShadowingClass, AmbiguousClass, TooManyClasses, UnknownRecognition]
)
def test_each_refusal_is_said_in_both_languages(refusal):
    english, dutch = (render_error(refusal(), language) for language in Language)
    assert english != dutch
    assert refusal.code not in {english, dutch}


def test_what_our_pages_call_the_five_words_is_no_name_for_a_class():
    shown = set()
    for path in ROOT.glob("*/texts/*.toml"):
        texts = tomllib.loads(path.read_text(encoding="utf-8"))
        shown |= set(texts.get("recognised_as", {}).values())
        shown |= {
            texts[f"{prefix}-{word}"]
            for prefix in ("recognised", "trust-word")
            for word in Recognition
            if f"{prefix}-{word}" in texts
        }
    assert len(shown) > len(Recognition)
    assert shown <= RESERVED
