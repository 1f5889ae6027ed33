"""Dutch words of work: our dictionary, the forms of words, verbs that come apart, compounds, typing errors."""

from itertools import chain

import pytest

from matching.dutch.dictionary import load_dictionary, read_dictionary
from matching.dutch.forms import root, verb_roots
from matching.dutch.names import skill_names, work_names
from matching.dutch.reading import meanings, word_meanings
from matching.dutch.stems import stem
from matching.folding import fold, words


def english(text):
    return {" ".join(each) for one in meanings(words(fold(text))) for each in one.english}


@pytest.mark.parametrize(
    ("forms", "same"),
    [
        ("doos dozen doosje", root),
        ("muur muren muurtje", root),
        ("brief brieven", root),
        ("huis huizen", root),
        ("klant klanten", root),
        ("oud oude", root),
    ],
)
def test_forms_of_one_word_share_a_root(forms, same):
    assert len({same(each) for each in forms.split()}) == 1


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("maken", "maak maakt maakte maakten gemaakt"),
        ("lassen", "las last laste gelast"),
        ("verven", "verf verft verfde geverfd"),
        ("bouwen", "bouw bouwt bouwde gebouwd"),
    ],
)
def test_each_form_of_a_verb_leads_to_it(verb, forms):
    assert all(root(verb) in verb_roots(each) for each in forms.split())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ik pak dozen in", "pack"),
        ("ik pak de dozen in bij een bedrijf", "pack"),
        ("om dozen in te pakken", "pack"),
        ("ik heb dozen ingepakt", "pack"),
        ("ik maak de trap schoon", "clean"),
        ("ik moet schoon maken", "clean"),
        ("oude mensen helpen", "elderly"),
        ("ik vul vakken", "stock shelves"),
        ("ik houd de deur in de gaten", "surveillance"),
        ("ziekenhuisbedden", "hospital"),
        ("heftruk", "forklift"),
        ("vrachtwagenchaufeur", "driver"),
        ("co\u00f6rdineren", "coordinate"),
    ],
)
def test_words_are_read_as_a_person_means_them(text, meant):
    assert meant in english(text)


@pytest.mark.parametrize("text", ["", "ik ben het", "q", "xyzzyx", "werk in de week", "1234567"])
def test_words_that_say_nothing_mean_nothing(text):
    assert english(text) == set()


def test_a_preposition_in_the_middle_is_no_particle():
    assert "pack" not in {
        " ".join(each) for one in meanings(["pak", "in", "doos"]) for each in one.english[1:2]
    }


def test_what_was_typed_is_told():
    typed = [one.typed for one in meanings(words("ik maak het ziekenhuis schoon"))]
    assert typed == [("maak", "schoon"), ("ziekenhuis",)]
    assert [one.typed for one in word_meanings("ziekenhuisbed")] == [("ziekenhuisbed",)] * 2


def test_every_line_leads_to_words_that_names_use(esco):
    """A line of which no alternative occurs in a name would never find anything."""
    names = [*skill_names(esco).stems, *work_names(esco).stems]
    known = set(names)
    dictionary = load_dictionary()
    entries = [*chain(*dictionary.exact.values()), *(phrase.entry for phrase in dictionary.phrases)]
    lost = [
        entry.english
        for entry in entries
        if not any(known.issuperset(map(stem, each)) for each in entry.english)
    ]
    assert lost == []
    assert len(dictionary.exact) + len(dictionary.phrases) + len(dictionary.empty) > 1_500


@pytest.mark.parametrize("line", ["v;lassen", "z;lassen;weld", "v;lassen;weld;more"])
def test_a_line_that_is_no_entry_is_refused(line):
    with pytest.raises(ValueError, match="lassen"):
        read_dictionary(f"# a comment\n\n{line}\n")


@pytest.mark.parametrize(
    ("forms", "shared"),
    [("weld welding welded", "weld"), ("knife knives", "knif"), ("body bodies", "body"), ("glass", "glass")],
)
def test_english_forms_share_a_stem(forms, shared):
    assert {stem(each) for each in forms.split()} == {shared}


@pytest.mark.parametrize(
    "clause", [["lassen" * 3_333], ["a" * 20_000], ["op"] * 6_000, ["in", "pak"] * 3_000]
)
def test_a_clause_that_never_ends_is_bounded(clause):
    assert len(meanings(clause)) <= 24
