"""A number chooses its words: today, 1 day, 2 days; not "0 days old" and "1 passkeys"."""

from importlib.resources import files

import pytest

from passport.texts import Catalogue, Language

CATALOGUE = Catalogue(files("wallet.texts"), files("issuer.texts"), files("passport.texts"))


@pytest.mark.parametrize(
    ("code", "name", "number", "said"),
    [
        ("person-passkeys", "count", 1, "1 passkey"),
        ("person-passkeys", "count", 0, "no passkeys"),
        ("person-passkeys", "count", 12, "12 passkeys"),
        ("sets-age", "days", 0, "Published: today."),
        ("sets-age", "days", "1", "Published: 1 day ago."),
        ("sets-age", "days", 11, "Published: 11 days ago."),
        ("journal-refused", "count", 1, "You kept 1 part at home."),
        ("journal-refused", "count", 10, "You kept 10 parts at home."),
    ],
)
def test_a_number_chooses_its_words(code, name, number, said):
    assert CATALOGUE.say(code, Language.EN, {name: number}) == said


def test_two_words_are_for_one_and_for_more():
    assert CATALOGUE.say("checkup-snooze-days", Language.NL, {"days": 0}) == "0 dagen"


def test_a_value_that_is_missing_breaks_no_page():
    assert CATALOGUE.say("person-passkeys", Language.EN) == " passkeys"


def test_a_value_of_a_stranger_chooses_no_words_of_its_own():
    assert CATALOGUE.say("sets-age", Language.EN, {"days": "1|2#"}) == "Published: 1|2# days ago."
