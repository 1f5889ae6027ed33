"""No smaller disclosure gives the same answers, and what is promised is what a verifier finds."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passport.evidence import Demand, Strength, decide, smallest, weigh
from passport.evidence.parts import parts_of
from passport.trust import Recognition
from tests.simulators.parties import ESCO, NOW, Party, World, recognise, status_entry

SKILLS = [ESCO + letter for letter in "abcde"]
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
    claims = sum(len(parts_of(held.credential.document)) for held in credentials)
    return len(credentials), len(beyond), claims


@given(DEMANDS, st.lists(st.sampled_from(POOL), max_size=7, unique_by=id))
@settings(max_examples=60, deadline=None)
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
    assert found.exact


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
