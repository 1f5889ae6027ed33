"""Free text to skills to tick: found by their names, each with its sentence, within bounds."""

import pytest

from matching.bundle import load_bundle
from matching.dutch.reading import word_meanings
from matching.folding import fold
from matching.intake.errors import FreeTextTooLong
from matching.intake.free_text import parts_of, read_text, read_work, written_in
from matching.intake.limits import INTAKE


def labels(found, taxonomy):
    return {taxonomy.label(one.skill): one.quote for one in found}


def test_a_sentence_offers_the_skill_that_it_names_and_is_kept_beside_it(esco):
    found = labels(read_text("I operate a forklift. On Fridays I keep stock records!", esco), esco)
    assert found["operate forklift"] == "I operate a forklift"
    assert found["keep stock records"] == "On Fridays I keep stock records"


def test_dutch_text_finds_no_english_names_by_accident_and_offers_work(esco):
    text = "Ik ben heftruckchauffeur en ik werk met Excel. Ik spreek Duits."
    assert written_in(text) == "nl"
    for one in read_text(text, esco):
        dutch = esco.skills.labels["nl"][esco.skills.numbers[one.skill]]
        assert dutch or any(True for word in one.words for _ in word_meanings(fold(word)))
    assert "heftruckchauffeur" in {esco.label(each, "nl") for each in read_work(text, esco)}


@pytest.mark.parametrize(
    ("text", "skills", "typed"),
    [
        (
            "Ik las pijpen en rijd op de heftruck.",
            {"operate welding equipment", "operate forklift"},
            {"las", "heftruck"},
        ),
        (
            "Ik pak dozen in en plak er stickers op.",
            {"pack goods", "label samples"},
            {"pak", "in", "stickers"},
        ),
        (
            "IK REPAREER AUTO'S, EN STORT BETON",
            {"carry out repair of vehicles", "pour concrete"},
            {"auto", "beton"},
        ),
        ("Ik help oude mensen met wassen", {"tend to elderly people"}, {"oude", "mensen"}),
        ("Ik verzorg pati\u00ebnten", {"interact with healthcare users"}, {"pati\u00ebnten"}),
    ],
)
def test_dutch_text_offers_skills_with_an_english_name_and_says_by_which_words(esco, text, skills, typed):
    found = read_text(text, esco)
    assert skills <= {esco.label(one.skill) for one in found}
    assert typed <= {word for one in found for word in one.words}


def test_work_is_offered_by_what_somebody_does(esco):
    for text, work in [
        ("Ik breng eten naar de tafel en neem bestellingen op in het restaurant", "ober/serveerster"),
        ("Ik snoei heggen en maai het gras", "tuinier"),
        ("Ik zit achter de kassa", "kassamedewerker"),
    ]:
        assert work in {esco.label(each, "nl") for each in read_work(text, esco)}


@pytest.mark.parametrize("text", ["", " . ! ", "the and of", "I do", "\u202e\u0000", "字" * 50])
def test_a_text_that_says_nothing_offers_nothing(esco, text):
    assert read_text(text, esco) == ()


def test_a_long_text_is_bounded(esco):
    with pytest.raises(FreeTextTooLong):
        read_text("x" * (INTAKE.text + 1), esco)
    with pytest.raises(FreeTextTooLong):
        read_work("x" * (INTAKE.text + 1), esco)
    many = "I weld pipes. I bake bread. I keep records. " * 100
    assert 0 < len(read_text(many, esco)) <= INTAKE.offered
    assert len(list(parts_of(many))) > INTAKE.sentences


def test_the_same_text_offers_the_same(esco):
    text = "I train colleagues, load trucks and handle customer complaints."
    assert read_text(text, esco) == read_text(text, esco)


def test_a_word_that_only_ends_alike_offers_nothing():
    taxonomy = load_bundle()
    found = read_text("Ik rij pallets naar de vrachtwagen", taxonomy)
    assert "Lets" not in {taxonomy.label(each.skill, "nl") for each in found}


def test_text_without_points_is_read_by_pieces(esco):
    text = (
        "ik maak elke dag de wc schoon dan was ik de ramen dan vul ik de vakken en soms rijd ik op de heftruck "
        "of ik pak dozen in voor klanten die iets besteld hebben bij ons"
    )
    found = {esco.label(one.skill) for one in read_text(text.replace(" en ", " "), esco)}
    assert {"stock shelves", "operate forklift"} <= found
