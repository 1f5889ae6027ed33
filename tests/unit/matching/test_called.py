"""Skills are named for their reader: translated where the list can, marked where it can't, else left alone."""

import pytest

from matching.bundle import load_bundle
from matching.called import SkillName, called
from matching.called_in_list import skill_called
from passport.texts import Language

BUNDLE = load_bundle()


def first(*, dutch: bool) -> str:
    return next(each for each in BUNDLE.skills.iris if BUNDLE.has_label(each, "nl") is dutch)


def test_a_name_that_the_list_has_in_the_readers_language_is_said_so():
    iri = first(dutch=True)
    english, dutch = BUNDLE.label(iri, "en"), BUNDLE.label(iri, "nl")
    assert skill_called(iri, f" {english.upper()} ", "nl") == SkillName(dutch)
    assert skill_called(iri, dutch, "en") == SkillName(english)
    assert skill_called(iri, dutch, "nl") == SkillName(dutch)


def test_a_name_that_it_has_not_is_marked_as_english():
    iri = first(dutch=False)
    english = BUNDLE.label(iri, "en")
    assert skill_called(iri, english, "nl") == SkillName(english, Language.EN)
    assert skill_called(iri, english, "en") == SkillName(english)


@pytest.mark.parametrize("iri", [first(dutch=True), "urn:another-list"])
def test_what_a_signer_calls_it_otherwise_stays_as_it_is(iri):
    assert called(iri, "something else", BUNDLE, Language.NL) == SkillName("something else")
