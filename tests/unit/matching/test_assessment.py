"""The self-assessment: a pattern of answers, the work that is like it, and the question that tells most next."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import matching.texts
from matching.intake.adaptive import LEAST, STEADY, next_item, progress
from matching.intake.assessment import (
    LEAST_ANSWERS,
    LEFT_OUT,
    LEVELS,
    SHORT_FORM,
    Sums,
    can_tell,
    expected,
    fit,
)
from matching.onet import load_onet
from matching.onet.items import ITEMS

ONET = load_onet()
ALL = tuple(item.id for item in ITEMS)
some_answers = st.dictionaries(st.sampled_from(ALL), st.sampled_from(LEVELS), min_size=LEAST_ANSWERS)


def like(code):
    """The answers of somebody who is exactly as an occupation asks."""
    number = next(place for place, one in enumerate(ONET.occupations) if one.code == code)
    return {
        item: min(5, max(1, round(column[number]))) for item, column in zip(ALL, expected(ONET), strict=True)
    }


def texts(language):
    path = Path(matching.texts.__file__).with_name(f"assessment.{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))["assess"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_item_is_asked_in_short_plain_sentences_with_an_example(language):
    said = texts(language)
    assert list(said["item"]) == list(said["example"]) == list(ALL)
    sentences = [*said["item"].values(), *said["example"].values()]
    assert len(set(sentences)) == 2 * len(ALL)
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in sentences)
    lengths = [len(sentence.split()) for sentence in sentences]
    assert max(lengths) <= 20
    assert sum(lengths) / len(lengths) <= 12
    assert all(f"{kind}-{level}" in said for kind in ("skill", "knowledge") for level in LEVELS)


def test_the_short_form_has_sixty_items():
    assert len(SHORT_FORM) == len(set(SHORT_FORM)) == 60
    assert set(ALL) > set(SHORT_FORM)
    assert set(ALL) - set(SHORT_FORM) == LEFT_OUT


@pytest.mark.parametrize("code", ["51-4121.00", "29-1141.00", "15-1232.00", "35-2021.00"])
def test_who_is_exactly_as_an_occupation_asks_finds_it_first(code):
    answers = like(code)
    assert fit(answers, ONET)[0].code == code
    assert code in [one.code for one in fit({item: answers[item] for item in SHORT_FORM}, ONET)[:3]]


@given(some_answers)
@settings(max_examples=6, deadline=None)
def test_whoever_judges_themselves_a_step_milder_gets_the_same_work(answers):
    strict = {item: min(level, 4) for item, level in answers.items()}
    mild = {item: level + 1 for item, level in strict.items()}
    if can_tell(strict):
        assert [one.code for one in fit(strict, ONET)[:10]] == [one.code for one in fit(mild, ONET)[:10]]


@given(some_answers, st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None)
def test_the_order_of_the_answers_does_not_matter(answers, chance):
    items = list(answers)
    chance.shuffle(items)
    assert fit({item: answers[item] for item in items}, ONET) == fit(answers, ONET)


def test_too_few_answers_or_all_alike_say_nothing():
    few = dict.fromkeys(ALL[: LEAST_ANSWERS - 1], 3) | {ALL[0]: 1}
    assert fit(few, ONET) == ()
    assert fit(dict.fromkeys(ALL, 3), ONET) == ()
    assert fit({}, ONET) == ()
    assert can_tell(few | {ALL[20]: 2})


def test_sums_that_grow_are_those_of_all_answers():
    answers = like("51-4121.00")
    grown = Sums(ONET)
    for item in ALL:
        grown.add({item: answers[item]})
    assert grown.squares() == Sums(ONET).add(answers).squares()


def test_every_question_is_asked_once_and_skipped_ones_are_not():
    answers, asked = like("51-4121.00"), []
    while (item := next_item({each: answers[each] for each in asked}, ONET, skipped=ALL[:50])) is not None:
        assert item not in asked
        asked.append(item)
    assert set(asked) == set(ALL[50:])


def test_it_is_enough_when_the_first_ten_stay_and_never_too_soon():
    answers, given = like("51-4121.00"), []
    seen = []
    while not (far := progress(given, ONET)).enough:
        assert 0 < far.left <= len(ALL) - len(given)
        seen.append(far.left)
        item = next_item(dict(given), ONET)
        given.append((item, answers[item]))
    assert LEAST <= len(given) < len(SHORT_FORM)
    assert far.left == 0
    assert seen[0] > seen[-1] >= STEADY
    assert fit(dict(given), ONET)[0].code == "51-4121.00"


def test_after_all_questions_it_is_enough():
    assert progress([(item, 1 + place % 5) for place, item in enumerate(ALL)], ONET).enough
