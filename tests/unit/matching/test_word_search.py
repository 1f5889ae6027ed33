"""Search forgives: typing errors, unfinished words, other forms, compounds, accents and look-alike letters."""

import random
import string

import pytest

from matching.errors import SearchTextTooLong
from matching.folding import fold, words
from matching.limits import PROFILE
from matching.words import WordIndex, edit_distance


def labels(found):
    return [one.label for one in found]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("manage musical staff", "manage musical staff"),
        ("mange musical staf", "manage musical staff"),
        ("MANAGE  musical\tstaff", "manage musical staff"),
        ("staff musical manage", "manage musical staff"),
        ("manag musical staff", "manage musical staff"),
        ("c++", "C++"),
        ("java", "Java (computer programming)"),
        ("pythno programing", "Python (computer programming)"),
        ("\u0440ython computer programming", "Python (computer programming)"),
    ],
)
def test_english_skills_are_found_first(esco, text, label):
    assert esco.search_skills(text)[0].label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("vrachtwagenchauffeur", "vrachtwagenchauffeur"),
        ("vrachtwagen chaufeur", "vrachtwagenchauffeur"),
        ("chauffeur vrachtwagen", "vrachtwagenchauffeur"),
        ("loodgeiter", "loodgieter"),
        ("inspicient", "inspiciënt"),
        ("truck driver", "vrachtwagenchauffeur"),
    ],
)
def test_dutch_occupations_are_found(esco, text, label):
    assert label in labels(esco.search_occupations(text, "nl", top=5))


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [("welder", "nl", "lasser"), ("lasser", "en", "welder"), ("bakker", "en", "baker")],
)
def test_a_whole_title_of_the_other_language_comes_first(esco, text, language, label):
    assert esco.search_occupations(text, language)[0].label == label


def test_a_title_of_the_other_language_may_have_a_typing_error(esco):
    assert "plumber" in labels(esco.search_occupations("loodgeiter", "en", top=3))


def test_a_dutch_search_finds_skills_that_have_no_dutch_label(esco):
    assert esco.search_skills("Nederlands schrijven", "nl")[0].label == "Nederlands schrijven"
    assert esco.search_skills("manage musical staff", "nl")[0].label == "manage musical staff"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("lasr", "lasser"),
        ("lassr", "lasser"),
        ("heftruk", "heftruckchauffeur"),
        ("bakkr", "bakker"),
        ("kokk", "kok"),
        ("metselar", "metselaar"),
        ("schoonmaker", "interieurverzorger"),
        ("verpleger", "algemeen verpleegkundige"),
        ("kapster", "kapper"),
        ("vakken vullen", "schappenvuller"),
        ("vuilnisman", "vuilnisophaler"),
        ("kassameisje", "kassamedewerker"),
    ],
)
def test_work_is_found_by_the_words_that_people_use_and_misspell(esco, text, label):
    assert esco.search_occupations(text, "nl")[0].label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("heftruk", "operate forklift"),
        ("vakken vullen", "stock shelves"),
        ("ik maak ramen schoon", "clean glass surfaces"),
        ("pijpen lassen", "operate welding equipment"),
        ("beton storten", "pour concrete"),
        ("banden vervangen", "replace tyres"),
    ],
)
def test_a_dutch_search_finds_skills_with_an_english_name(esco, text, label):
    assert label in labels(esco.search_skills(text, "nl", top=3))


def test_a_long_row_of_misspelled_words_takes_no_more_work_than_its_first_words(esco):
    """Words beyond the limit are not looked at, however many fit in a search."""
    few = " ".join(f"lasr{letter}" for letter in string.ascii_lowercase[:24])
    assert esco.search_skills(f"{few} qqq", "en") == esco.search_skills(f"{few} www", "en")


def test_an_alternative_name_finds_the_concept(small):
    assert labels(small.search_occupations("pijplaser", "nl")) == ["lasser"]
    assert labels(small.search_occupations("pipe welder", "en")) == ["welder"]


def test_nothing_that_resembles_gives_nothing(esco):
    for text in ("", "  ", "?!", "qqqqzzzzxxxx", "\u4f60\u597d"):
        assert esco.search_skills(text) == ()


def test_results_are_the_same_each_time_and_at_most_top(esco):
    assert esco.search_skills("manage", top=5) == esco.search_skills("manage", top=5)
    assert len(esco.search_skills("manage", top=5)) == 5


def test_labels_are_found_from_one_typing_error(esco):
    chooser = random.Random(4)
    asked = found = 0
    for number in chooser.sample(range(len(esco.skills)), 120):
        label = esco.skills.label(number, "en")
        place = chooser.randrange(len(label))
        wrong = label[:place] + chooser.choice(string.ascii_lowercase) + label[place + 1 :]
        asked += 1
        found += esco.skills.iris[number] in {one.iri for one in esco.search_skills(wrong)}
    assert found / asked > 0.9


def test_a_text_is_bounded_at_n_and_n_plus_1(esco):
    esco.search_skills("a" * PROFILE.search)
    with pytest.raises(SearchTextTooLong):
        esco.search_skills("a" * (PROFILE.search + 1))


def test_folding_gives_one_spelling():
    assert fold("Inspici\u00ebnt") == fold("INSPICIE\u0308NT") == "inspicient"
    assert fold("m\u0430nage") == fold("manage\u200b") == "manage"
    assert fold("\uff37eld") == "weld"
    assert words("C#, C++ and .NET") == ["C#", "C++", "and", "NET"]


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [
        ("weld", "weld", 0),
        ("weld", "wled", 1),
        ("weld", "wld", 1),
        ("weld", "weed", 1),
        ("ab", "cdef", 3),
        ("abc", "xyz", 3),
    ],
)
def test_edit_distance_counts_swaps_as_one_and_stops_early(left, right, distance):
    assert edit_distance(left, right, 2) == distance
    assert edit_distance(right, left, 2) == distance


def test_a_compound_holds_the_word():
    index = WordIndex(["vrachtwagenchauffeur", "bakker"], ["", ""])
    assert set(index.scores("chauffeur")) == {0}
