"""What metadata says for people: read where it is in order, left out where it is not (OpenID4VCI 1.0, 12.2.4)."""

import pytest

from passport.openid4vc import ClaimDescription, Display, Logo, display_in
from passport.openid4vc.claims_description import parse_claims
from passport.openid4vc.display import parse_display
from passport.openid4vc.limits import VCI


def test_languages_come_in_their_order_and_each_once():
    value = [{"name": "A", "locale": "nl"}, {"name": "B", "locale": "nl"}, {"name": "C", "locale": "en-US"}]
    assert parse_display(value) == (Display("A", "nl"), Display("C", "en-US"))


@pytest.mark.parametrize(
    "value", [None, {}, "x", [7], [{}], [{"name": ""}], [{"name": "x" * (VCI.name + 1)}]]
)
def test_what_has_no_name_is_left_out(value):
    assert parse_display(value) == ()
    assert len(parse_display([{"name": "x" * VCI.name}])) == 1


def test_no_more_languages_than_the_limit():
    value = [
        {"name": "x", "locale": f"x{chr(97 + number // 26)}{chr(97 + number % 26)}"}
        for number in range(VCI.display + 1)
    ]
    assert len(parse_display(value)) == VCI.display


@pytest.mark.parametrize(
    "logo",
    [
        "https://school.example/logo.png",
        {"uri": 7},
        {"uri": "http://school.example/logo.png"},
        {"uri": "javascript:alert(1)"},
        {"uri": "data:image/svg+xml;base64,PHN2Zz4="},
        {"uri": "data:text/html;base64,PHN2Zz4="},
        {"uri": "data:image/png;base64," + "A" * VCI.picture},
        {"uri": "file:///etc/passwd"},
    ],
)
def test_a_logo_that_is_more_than_a_picture_is_left_out(logo):
    assert parse_display([{"name": "A", "logo": logo}]) == (Display("A"),)


def test_a_picture_may_be_as_large_as_the_limit():
    start = "data:image/png;base64,"
    uri = start + "A" * (VCI.picture - len(start))
    assert parse_display([{"name": "A", "logo": {"uri": uri}}]) == (Display("A", logo=Logo(uri)),)


@pytest.mark.parametrize("colour", ["red", "#12", "#12345g", "url(https://a.example)", "#fff;}", 7, ""])
def test_a_colour_that_could_be_more_than_a_colour_is_left_out(colour):
    value = [{"name": "A", "background_color": colour, "text_color": colour, "locale": "../x"}]
    assert parse_display(value) == (Display("A"),)


def test_people_see_their_own_language():
    dutch, english, neither = Display("A", "nl-NL"), Display("B", "EN"), Display("C")
    assert display_in((english, dutch, neither), "nl") == dutch
    assert display_in((dutch, english), "en") == english
    assert display_in((dutch, neither), "en") == neither
    assert display_in((dutch,), "en") == dutch
    assert display_in((), "en") is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        [7],
        [{}],
        [{"path": []}],
        [{"path": "name"}],
        [{"path": [-1]}],
        [{"path": [True]}],
        [{"path": [{}]}],
        [{"path": ["a"] * (VCI.path + 1)}],
        [{"path": ["a"]}, {"path": ["a"]}],
        [{"path": ["a", None]}, {"path": ["a", 0]}],
        [{"path": ["a", "b"]}, {"path": ["a", 0]}],
        [{"path": ["a", "b"]}, {"path": ["a", None, "b"]}],
        [{"path": ["a", str(number)]} for number in range(VCI.claims + 1)],
    ],
)
def test_descriptions_that_make_no_sense_or_contradict_each_other_count_for_nothing(value):
    assert parse_claims(value) == ()


def test_descriptions_that_agree_are_kept_in_their_order():
    value = [{"path": ["b"]}, {"path": ["a"], "mandatory": True}, {"path": ["a", "c"], "mandatory": "yes"}]
    assert parse_claims(value) == (
        ClaimDescription(("b",)),
        ClaimDescription(("a",), True),
        ClaimDescription(("a", "c")),
    )
    assert len(parse_claims([{"path": ["a", str(number)]} for number in range(VCI.claims)])) == VCI.claims
    assert parse_claims([{"path": ["a"] * VCI.path}])
