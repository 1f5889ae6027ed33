"""Names and descriptions in a language: read in any order, in one spelling (VC 2.0, sections 4.6 and 11.1)."""

import itertools

import pytest

from passport import limits
from passport.credentials.language import check_language_value, optional_name
from passport.credentials.profile import parse_issuer
from passport.errors.credentials import MalformedLanguageValue, MalformedMember
from passport.errors.jsonld import TooManyItems

DUTCH = {"@value": "Veilig op hoogte", "@language": "nl-NL"}
ENGLISH = {"@value": "Safe at heights", "@language": "en", "@direction": "ltr"}
ARABIC = {"@value": "آمن في المرتفعات", "@language": "ar", "@direction": "rtl"}
PLAIN = {"@value": "Heights", "@direction": "ltr"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Safe", "Safe"),
        (ENGLISH, "Safe at heights"),
        ([ARABIC, ENGLISH, DUTCH], "Veilig op hoogte"),
        ([ARABIC, ENGLISH], "Safe at heights"),
        ([ARABIC], ARABIC["@value"]),
        ([ARABIC, PLAIN], "Heights"),
        ([{"@value": "Nynorsk", "@language": "nno"}, ARABIC], ARABIC["@value"]),
    ],
)
def test_the_best_text_is_dutch_then_english_then_whatever_there_is(name, said):
    assert optional_name({"name": name}, "name") == said


def test_the_order_of_a_list_which_nobody_signs_changes_nothing():
    said = {
        optional_name({"name": list(order)}, "name", ("fr",))
        for order in itertools.permutations([DUTCH, ENGLISH, ARABIC])
    }
    assert said == {ARABIC["@value"]}


def test_another_language_can_be_asked_for():
    assert optional_name({"name": [DUTCH, ENGLISH]}, "name", ("en", "nl")) == "Safe at heights"


def test_no_name_is_none():
    assert optional_name({}, "name") is None


@pytest.mark.parametrize(
    "name",
    [None, 7, [], ["Safe", DUTCH], [[DUTCH]], [DUTCH, DUTCH], [DUTCH, {**DUTCH, "@language": "NL-nl"}]],
)
def test_anything_else_is_no_name(name):
    with pytest.raises(MalformedMember):
        optional_name({"name": name}, "name")


@pytest.mark.parametrize(
    "value",
    [
        {"@value": "x"},
        {"@language": "nl"},
        {"@value": 7, "@language": "nl"},
        {"@value": None, "@language": "nl"},
        {"@value": "x", "@language": None},
        {"@value": "x", "@language": ""},
        {"@value": "x", "@language": "nl_NL"},
        {"@value": "x", "@language": "nl-"},
        {"@value": "x", "@language": "n l"},
        {"@value": "x", "@language": "veryverylong"},
        {"@value": "x", "@direction": "up"},
        {"@value": "x", "@direction": None},
        {"@value": "x", "@direction": ["ltr"]},
        {"@value": "x", "@language": "nl", "@type": "urn:t"},
        {"@value": "x", "@language": "nl", "url": "https://example.org"},
        {"@value": "x", "@language": "nl", "@index": "i"},
    ],
)
def test_a_text_in_a_language_has_these_members_and_no_others(value):
    with pytest.raises(MalformedLanguageValue):
        check_language_value(value)


def test_no_name_has_more_languages_than_the_limit():
    most = limits.DOCUMENT.languages
    names = [{"@value": "x", "@language": f"x{number}".replace("x", "a-")} for number in range(most + 1)]
    assert optional_name({"name": names[:most]}, "name") == "x"
    with pytest.raises(TooManyItems):
        optional_name({"name": names}, "name")


def test_an_issuer_may_be_named_in_a_language():
    assert parse_issuer({"issuer": {"id": "urn:x", "name": [ENGLISH, DUTCH]}}).name == "Veilig op hoogte"
