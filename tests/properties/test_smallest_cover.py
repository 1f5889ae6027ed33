"""No smaller choice does the same: the search against every choice of documents and ways."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passport.evidence import cover
from passport.evidence.cover import EXACT_MOST, smallest_choice
from passport.evidence.cover_greedy import greedy_cover
from passport.evidence.cover_parts import Meter
from passport.evidence.cover_way import Problem, Way, bits, union

DOCUMENTS, THINGS, PARTS, BEYOND = 10, 5, 8, 4


@st.composite
def problems(draw, documents=DOCUMENTS, things=THINGS):
    count = draw(st.integers(1, documents))
    sets = st.integers(0, 2**count - 1)
    ways = []
    for _ in range(draw(st.integers(0, things))):
        of_thing = []
        for by in draw(st.lists(st.integers(0, count - 1), max_size=5)):
            rests = draw(sets) & draw(sets) & draw(sets)
            parts = draw(st.integers(0, 2**PARTS - 1)) & draw(st.integers(0, 2**PARTS - 1))
            reveals = draw(st.integers(0, 2**BEYOND - 1)) if draw(st.booleans()) else 0
            of_thing.append(Way(by, rests | 1 << by, parts, parts, reveals))
        ways.append(tuple(of_thing))
    numbers = st.lists(st.integers(0, 2**BEYOND - 1), min_size=count, max_size=count)
    weights = st.lists(st.integers(1, 4), min_size=count, max_size=count)
    return Problem(tuple(ways), tuple(draw(numbers)), tuple(draw(weights)))


def cost(problem, documents, ways):
    revealed, parts = union(problem.reveals, documents), 0
    for way in ways:
        parts |= way.parts
        revealed |= way.reveals
    weight = sum(problem.weights[each] for each in bits(documents))
    return documents.bit_count(), revealed.bit_count(), weight + parts.bit_count()


def by_force(problem):
    """The least cost over every choice of a way for each thing that has one."""
    choices = product(*(ways for ways in problem.ways if ways))
    return min(cost(problem, _documents(ways), ways) for ways in choices)


def _documents(ways):
    documents = 0
    for way in ways:
        documents |= way.documents
    return documents


def cost_of(problem, choice):
    chosen = [way for way in choice.ways if way is not None]
    return cost(problem, sum(1 << each for each in choice.documents), chosen)


@given(problems())
@settings(max_examples=120, deadline=None)
def test_the_search_finds_what_trying_everything_finds(problem):
    found = smallest_choice(problem)
    assert found.exact
    assert [way is None for way in found.ways] == [not ways for ways in problem.ways]
    assert all(way in ways for way, ways in zip(found.ways, problem.ways, strict=True) if way)
    chosen = sum(1 << each for each in found.documents)
    assert all(way.documents & ~chosen == 0 for way in found.ways if way)
    assert cost_of(problem, found) == by_force(problem)


@given(problems(documents=8, things=8), st.integers(1, 40))
@settings(max_examples=50, deadline=None)
def test_when_the_steps_are_spent_it_still_does_everything_and_nothing_is_needless(problem, steps):
    found = smallest_choice(problem, steps=steps)
    assert [way is None for way in found.ways] == [not ways for ways in problem.ways]
    chosen = sum(1 << each for each in found.documents)
    for left_out in found.documents:
        rest = chosen & ~(1 << left_out)
        assert any(ways and not any(way.documents & ~rest == 0 for way in ways) for ways in problem.ways)
    if found.exact:
        assert cost_of(problem, found) == by_force(problem)


@given(problems(), st.integers(0, 4))
@settings(max_examples=50, deadline=None)
def test_no_more_documents_than_may_be_shown(problem, most):
    found = smallest_choice(problem, most=most)
    assert len(found.documents) <= most
    every = smallest_choice(problem)
    if len(every.documents) <= most:
        assert found == every
    else:
        assert not found.exact


@given(problems())
@settings(max_examples=40, deadline=None)
def test_greed_stays_within_its_bound(problem):
    """Chvátal (1979): 1 + ln(n) times the fewest, times the largest document with what it rests on."""
    best = len(smallest_choice(problem).documents)
    closures = {}
    for ways in problem.ways:
        for way in ways:
            closures[way.by] = closures.get(way.by, 0) | way.documents
    largest = max((each.bit_count() for each in closures.values()), default=1)
    harmonic = sum(1 / place for place in range(1, len(problem.ways) + 1))
    assert greedy_cover(problem).bit_count() <= harmonic * largest * best


def test_greed_lets_go_of_what_a_later_choice_made_needless():
    """The lightest is taken first and does two things; the other two then do these as well."""
    by_document = {0: (1, 2), 1: (0, 1), 2: (2, 3)}
    ways = [
        [Way(each, 1 << each) for each, does in by_document.items() if thing in does] for thing in range(4)
    ]
    problem = Problem(tuple(map(tuple, ways)), (0, 0, 0), (1, 2, 2))
    assert greedy_cover(problem) == 0b110


def test_a_required_thing_goes_before_many_optional_ones():
    ways = [(Way(0, 1),), *((Way(1, 2),) for _ in range(5))]
    problem = Problem(tuple(ways), (0, 0), (1, 1), priorities=(65, 1, 1, 1, 1, 1))
    assert smallest_choice(problem, most=1).documents == (0,)


@pytest.mark.parametrize(("count", "exact"), [(24, True), (25, False)])
def test_more_documents_than_are_searched_are_chosen_greedily(monkeypatch, count, exact):
    """Each proves one demand and reveals one more skill: none can stand in for another."""
    monkeypatch.setattr(cover, "EXACT_MOST", 24)
    problem = Problem(
        tuple((Way(place, 1 << place),) for place in range(count)),
        tuple(1 << place for place in range(count)),
        (1,) * count,
    )
    found = smallest_choice(problem)
    assert (found.documents, found.exact) == (tuple(range(count)), exact)


def test_identical_documents_do_not_make_it_slow():
    sets = [0b111 << place % 5 for place in range(400)]
    ways = [
        tuple(Way(place, 1 << place) for place, each in enumerate(sets) if each >> thing & 1)
        for thing in range(7)
    ]
    found = smallest_choice(Problem(tuple(ways), (0,) * 400, (1,) * 400))
    assert not found.exact  # more than are searched
    few = smallest_choice(
        Problem(
            tuple(tuple(way for way in each if way.by < EXACT_MOST) for each in ways), (0,) * 400, (1,) * 400
        )
    )
    assert few.exact
    assert len(few.documents) == 3
    assert few.steps < 50


def test_parts_that_several_demands_need_are_counted_once():
    """One document's evidence serves two demands; the other's two skills apart cost as much."""
    both = 0b11
    problem = Problem(
        (
            (Way(0, both, 0b0101), Way(1, both, 0b1_0000)),
            (Way(0, both, 0b0110), Way(1, both, 0b10_0000)),
            (Way(0, both, 0b1100), Way(1, both, 0b1100_0000)),
        ),
        (0, 0),
        (1, 1),
    )
    found = smallest_choice(problem)
    assert cost_of(problem, found) == by_force(problem)


def test_when_no_step_is_left_the_parts_are_those_of_greed_and_that_is_said():
    """Greed takes the first of two equal ways; the other is what the second thing needs as well."""
    ways = ((Way(0, 1, 0b0011), Way(0, 1, 0b1100)), (Way(0, 1, 0b11_0000), Way(0, 1, 0b1100)))
    problem = Problem(ways, (0,), (1,))
    spent, enough = Meter(problem, 0).assign(1), Meter(problem, 10).assign(1)
    assert (spent.cost, spent.exact) == ((1, 0, 5), False)
    assert (enough.cost, enough.exact) == ((1, 0, 3), True)
    assert cover.STEPS > 0
