"""No smaller choice does the same: the search against every subset of small wallets."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passport.evidence import Demand, Strength, cover, decide, smallest, weigh
from passport.evidence.cover import EXACT_MOST, smallest_cover
from passport.trust import Recognition
from tests.simulators.parties import ESCO, NOW, Party, World, recognise, status_entry

SKILLS = [ESCO + letter for letter in "abcde"]
SETS = st.lists(st.tuples(st.integers(0, 2**6 - 1), st.integers(0, 2**5 - 1)), max_size=9)


def union(sets, positions):
    total = 0
    for position in positions:
        total |= sets[position]
    return total


def by_force(covers, reveals):
    everything = union(covers, range(len(covers)))
    subsets = (chosen for size in range(len(covers) + 1) for chosen in combinations(range(len(covers)), size))
    return min(
        (len(chosen), union(reveals, chosen).bit_count(), chosen)
        for chosen in subsets
        if union(covers, chosen) == everything
    )[2]


@given(SETS)
@settings(max_examples=400, deadline=None)
def test_the_search_finds_what_trying_everything_finds(sets):
    covers, reveals = [each for each, _ in sets], [each for _, each in sets]
    found = smallest_cover(covers, reveals)
    assert found.exact
    assert found.chosen == by_force(covers, reveals)


@given(st.lists(st.integers(1, 2**20 - 1), min_size=1, max_size=120), st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_when_the_budget_is_spent_it_still_covers_and_nothing_is_needless(covers, steps):
    before, cover.STEPS = cover.STEPS, steps
    try:
        found = smallest_cover(covers, [0] * len(covers))
    finally:
        cover.STEPS = before
    everything = union(covers, range(len(covers)))
    assert union(covers, found.chosen) == everything
    for left_out in found.chosen:
        assert union(covers, [each for each in found.chosen if each != left_out]) != everything


def test_a_wallet_beyond_the_bound_is_chosen_greedily():
    """Each credential proves one demand and reveals one more skill: none can stand in for another."""
    for count, exact in ((EXACT_MOST, True), (EXACT_MOST + 1, False)):
        covers = [1 << place for place in range(count)]
        found = smallest_cover(covers, covers)
        assert (found.chosen, found.exact) == (tuple(range(count)), exact)


def test_identical_credentials_do_not_make_it_slow():
    covers = [0b111 << (place % 5) for place in range(400)]
    found = smallest_cover(covers, [0] * 400)
    assert found.exact
    assert found.chosen == (0, 3, 4) or len(found.chosen) == 3


WORLD = World()
HOLDER, SCHOOL, EMPLOYER = Party("Worker"), Party("School"), Party("Employer")
TRUST = WORLD.trusting(recognise(SCHOOL, Recognition.EDUCATOR), recognise(EMPLOYER, Recognition.EMPLOYER))
GONE = status_entry("https://school.example/gone", 1)


def pool():
    """Credentials of every kind over every few skills, signed once."""
    place = 0
    for first in range(len(SKILLS)):
        for last in range(first + 1, len(SKILLS) + 1):
            for kind, members in (
                ("Diploma", {}),
                ("Diploma", {"status": [GONE]}),
                (None, {"genres": ["work-record"]}),
            ):
                issuer = SCHOOL if kind else EMPLOYER
                skills = SKILLS[first:last]
                place += 1
                document = issuer.issue(
                    HOLDER, skills, kind=kind, credential_id=f"urn:x:{place:03}", **members
                )
                yield WORLD.verify(document)


POOL = tuple(pool())
DEMANDS = st.lists(
    st.builds(
        Demand, st.sampled_from(SKILLS), st.just("a skill"), minimum_strength=st.sampled_from(Strength)
    ),
    unique_by=lambda demand: demand.skill,
    max_size=4,
)


def answers(demands, credentials):
    return [each.answer for each in decide(demands, weigh(credentials, trust=TRUST, now=NOW), NOW)]


def cost(demands, credentials):
    named = {
        each.target_url for held in credentials for each in held.credential.subject.achievement.alignments
    }
    beyond = named - {demand.skill for demand in demands}
    return len(credentials), len(beyond), tuple(sorted(held.credential.id for held in credentials))


@given(DEMANDS, st.lists(st.sampled_from(POOL), max_size=7, unique_by=id))
@settings(max_examples=80, deadline=None)
def test_no_smaller_disclosure_gives_the_same_answers(demands, credentials):
    found = smallest(demands, credentials, trust=TRUST, now=NOW)
    best = answers(demands, credentials)
    assert [result.answer for result in found.results] == best
    assert answers(demands, found.chosen) == best
    assert len(found.chosen) + len(found.hidden) == len(credentials)
    least = min(
        cost(demands, subset)
        for size in range(len(credentials) + 1)
        for subset in combinations(credentials, size)
        if answers(demands, subset) == best
    )
    assert cost(demands, found.chosen) == least


@given(DEMANDS, st.lists(st.sampled_from(POOL), max_size=12, unique_by=id), st.randoms())
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_wallet_does_not_matter(demands, credentials, random):
    shuffled = list(credentials)
    random.shuffle(shuffled)
    first = smallest(demands, credentials, trust=TRUST, now=NOW)
    second = smallest(demands, shuffled, trust=TRUST, now=NOW)
    assert first == second


@pytest.mark.parametrize("size", [1, 4])
def test_refusing_all_of_them_leaves_nothing(size):
    refused = [held.credential.id for held in POOL[:size]]
    found = smallest([Demand(SKILLS[0], "a")], POOL[:size], trust=TRUST, now=NOW, refused=refused)
    assert found.chosen == ()
    assert len(found.cost) == 1
