"""A class of a list's own that is to give more than it may, or to be taken for something else."""

import pytest

from passport.errors.trust import AmbiguousClass, MalformedClass, MalformedTrustList, ShadowingClass
from passport.evidence import Strength, weigh
from passport.json import dump, parse_object
from passport.limits import PUBLISHED
from passport.texts import Language, render_reason
from passport.trust import Recognition, RecognitionClass, build_trust_list, parse_trust_list
from tests.simulators.delegating import (
    COMPANY,
    EDUCATOR,
    EMPLOYER,
    SCHOOL,
    SECTOR,
    SECTOR_LIST,
    WORLD,
    delegates,
    opened,
    sector_list,
    words,
)
from tests.simulators.parties import ESCO, NOW, Party, recognise

ADVISER, VALIDATOR = Recognition.ADVISER, Recognition.VALIDATOR
SKILL, WORKER = f"{ESCO}plan", Party("A worker")


def a_class(word, key="guide", **names):
    return RecognitionClass(key, word, names or {"nl": "Begeleider bij werk", "en": "Guide at work"})


def named(name, word=ADVISER, key="guide"):
    return WORLD.trust_list(classes=[RecognitionClass(key, word, {"en": name})])


class TestADelegate:
    def test_gives_a_class_within_the_words_that_it_may_give(self):
        store = opened(WORLD.trust_list(delegates(SECTOR)), sector_list(recognise(SCHOOL, a_class(EDUCATOR))))
        [found] = store.recognitions(SCHOOL.did, NOW)
        assert (found.recognition, found.named) == (EDUCATOR, a_class(EDUCATOR))
        assert found.delegator is not None

    def test_gives_no_class_that_counts_as_a_word_that_it_may_not_give(self):
        entry = recognise(SCHOOL, a_class(VALIDATOR), EDUCATOR)
        store = opened(WORLD.trust_list(delegates(SECTOR)), sector_list(entry))
        assert words(store, SCHOOL) == {EDUCATOR}
        assert store.ever(SCHOOL.did) == {EDUCATOR}

    def test_is_bound_by_the_word_of_the_class_that_it_may_give(self):
        root = WORLD.trust_list(delegates(SECTOR, words=(a_class(EDUCATOR),)))
        store = opened(root, sector_list(recognise(SCHOOL, EDUCATOR, VALIDATOR)))
        assert words(store, SCHOOL) == {EDUCATOR}

    def test_gains_nothing_by_a_class_of_the_same_id_that_counts_as_more(self):
        """The id that the delegator names means what it means on the delegator's list."""
        root = WORLD.trust_list(delegates(SECTOR, words=(a_class(ADVISER),)))
        store = opened(root, sector_list(recognise(SCHOOL, a_class(VALIDATOR))))
        assert words(store, SCHOOL) == set()

    def test_names_no_class_of_its_delegators_list(self):
        root = parse_object(WORLD.trust_list(delegates(SECTOR), classes=[a_class(EDUCATOR)]), PUBLISHED)
        assert parse_trust_list(root).classes == (a_class(EDUCATOR),)
        theirs = parse_object(sector_list(recognise(SCHOOL, EDUCATOR)), PUBLISHED)
        theirs["entries"][0]["recognisedAs"] = ["guide"]
        with pytest.raises(MalformedTrustList):
            parse_trust_list(theirs)


def test_an_employer_under_another_name_is_never_independent():
    """What counts as employer is related, whatever a registrar calls it."""
    store = opened(WORLD.trust_list(recognise(COMPANY, a_class(EMPLOYER))))
    assert store.ever(COMPANY.did) == {EMPLOYER}


def test_a_class_gives_an_adviser_no_diploma():
    store = opened(WORLD.trust_list(recognise(SCHOOL, a_class(ADVISER))))
    diploma = WORLD.verify(SCHOOL.issue(WORKER, [SKILL], kind="Diploma"))
    [found] = weigh([diploma], trust=store, now=NOW)
    assert found.strength is Strength.SOFT
    assert found.links[0].recognised_as == {ADVISER}


def test_it_is_told_what_a_class_counts_as_right_behind_its_name():
    store = opened(WORLD.trust_list(recognise(SCHOOL, a_class(ADVISER, nl="Gecertificeerd assessor"))))
    [found] = weigh([WORLD.verify(SCHOOL.issue(WORKER, [SKILL]))], trust=store, now=NOW)
    told = [render_reason(reason, Language.NL) for reason in found.links[0].reasons]
    assert "Registrar noemt dit “Gecertificeerd assessor”. Dat telt als adviseur." in told


@pytest.mark.parametrize("word", Recognition)
def test_a_class_with_the_id_of_a_word_is_refused(word):
    with pytest.raises(ShadowingClass):
        named("Something else", key=word)


@pytest.mark.parametrize(
    "name",
    [
        *("School", "SCHOOL", "s c h o o l", "schöol", "Schoo1", "SchooI", "sch00l", "School."),
        *("Assessor", "Validator", "Werkgever", "Leer-bedrijf", "Work placement company", "adv1ser"),
    ],
)
def test_a_name_that_looks_like_one_of_our_words_is_refused(name):
    with pytest.raises(ShadowingClass):
        named(name)


@pytest.mark.parametrize(
    "name",
    [
        "Ѕchool of guides",  # Cyrillic
        "Guide\u202eloohcs",
        "Guide\u200bs",
        "Guide\u00ads",
        "ｓｃｈｏｏｌｓ",
        "Gu\u0131de",
        "Gui\u0308de",
        "Guide” counts as school. “",
        'Guide" counts as school. "',
        "Guide\nThat counts as school",
        "Guide  two",
        "<b>Guide</b>",
        "{class}",
        "[red]Guide[/]",
        "学校",
        "🏫",
    ],
)
def test_a_name_that_hides_something_or_leaves_its_quotes_is_refused(name):
    with pytest.raises(MalformedTrustList) as caught:
        named(name)
    assert name not in str(caught.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Job coach", "Jobcoach"), ("Guide", "GUIDE"), ("Gids é", "Gids e"), ("Guide 1", "Guide l")],
)
def test_two_classes_that_look_the_same_are_refused(one, other):
    with pytest.raises(AmbiguousClass):
        WORLD.trust_list(
            classes=[
                RecognitionClass("one", ADVISER, {"en": one}),
                RecognitionClass("other", VALIDATOR, {"nl": other}),
            ]
        )


def test_a_thousand_classes_are_refused():
    classes = [RecognitionClass(f"c-{n}", ADVISER, {"en": f"Class {n}"}) for n in range(1_000)]
    with pytest.raises(MalformedTrustList):
        WORLD.trust_list(classes=classes)


def test_a_class_that_counts_as_another_class_is_refused():
    document = parse_object(WORLD.trust_list(classes=[a_class(ADVISER)]), PUBLISHED)
    document["classes"].append({"id": "second", "name": {"en": "Second kind"}, "countsAs": "guide"})
    with pytest.raises(MalformedClass):
        parse_trust_list(dump(document))


def test_a_list_that_does_not_read_back_as_it_was_meant_is_not_built():
    """An entry that means another class than the list's, under the same id."""
    meant = recognise(SCHOOL, a_class(ADVISER))
    with pytest.raises(AmbiguousClass):
        build_trust_list(
            list_id=SECTOR_LIST,
            version=1,
            name={"en": "L"},
            publisher=WORLD.registrar.did,
            publisher_name="S",
            valid_from=NOW,
            valid_until=NOW.replace(year=2027),
            entries=[meant],
            classes=[a_class(VALIDATOR)],
        )
