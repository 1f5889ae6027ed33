"""Requests made to wear a wallet out, or to get more than was asked; hints made to get more believed."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passport.errors.evidence import MalformedFunctionProfile
from passport.errors.openid4vc import InvalidAuthorizationResponse
from passport.evidence import Demand, Strength, cover, smallest
from passport.evidence.cover import smallest_choice
from passport.evidence.cover_way import Problem, Way
from passport.evidence.profile import parse_function_profile
from passport.json import dump
from passport.openid4vc.presentation_submission import (
    build_presentation_submission,
    read_hints,
    read_response,
    write_response,
)
from passport.trust import Recognition
from tests.simulators.parties import ESCO, NOW, Party, World, recognise
from tests.simulators.wallets import Employer

WORLD, HOLDER, SCHOOL = World(), Party("Worker"), Party("School")
TRUST = WORLD.trusting(recognise(SCHOOL, Recognition.EDUCATOR))
REQUEST = "urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b11"
SKILL = f"{ESCO}a"


def test_a_profile_that_asks_one_skill_64_times_is_refused():
    profile = Employer(WORLD).profile([Demand(f"{ESCO}{number}", "x") for number in range(64)])
    for demand in profile["demands"]:
        demand["skill"] = SKILL
    with pytest.raises(MalformedFunctionProfile):
        parse_function_profile(profile)


def test_the_same_demand_64_times_shows_no_more_than_once():
    badges = [
        WORLD.verify(SCHOOL.issue(HOLDER, [SKILL], kind="Diploma", credential_id=f"urn:x:{number}"))
        for number in range(12)
    ]
    found = smallest([Demand(SKILL, "a")] * 64, badges, trust=TRUST, now=NOW)
    assert len(found.chosen) == 1
    assert found.exact
    assert len(found.results) == 64


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("chained", [False, True])
def test_64_demands_on_200_documents_stay_within_the_steps(seed, chained):
    """The worst that we know: everything overlaps, and one in three rests on another."""
    chooser = random.Random(seed)
    ways = [[] for _ in range(64)]
    for by in range(200):
        rests = 1 << chooser.randrange(200) if chained and chooser.random() < 1 / 3 else 0
        for thing in chooser.sample(range(64), chooser.randint(1, 12)):
            part = by * 12 + len(ways[thing]) % 12
            ways[thing].append(Way(by, 1 << by | rests, 1 << part, 1 << thing))
    reveals = tuple(sum({1 << chooser.randrange(60) for _ in range(3)}) for _ in range(200))
    problem = Problem(tuple(map(tuple, ways)), reveals, (8,) * 200)
    found = smallest_choice(problem, steps=2_000)
    assert found.steps <= 2_000
    assert all(way is not None for way in found.ways)
    assert found == smallest_choice(problem, steps=2_000)
    assert cover.STEPS >= 2_000


def test_a_demand_beyond_the_profile_is_said_and_gets_no_more():
    badge = WORLD.verify(SCHOOL.issue(HOLDER, [SKILL, f"{ESCO}b"], kind="Diploma"))
    published = [Demand(SKILL, "a")]
    asked = [Demand(SKILL, "a", minimum_strength=Strength.HARD), Demand(f"{ESCO}c", "c")]
    found = smallest(asked, [badge], trust=TRUST, now=NOW, published=published)
    assert [reason.code for reason in found.over_asked] == [
        "policy.stricter_than_published",
        "policy.over_asked",
    ]


def submission(**changes):
    made = build_presentation_submission(
        submission_id="1", definition_id=REQUEST, hints={SKILL: (0, 1)}, formats=["ldp_vc", "vc+sd-jwt"]
    )
    return made | changes


def test_hints_go_beside_the_answer_and_come_back_as_they_were():
    body = write_response(b'{"holder":"a&b=c \xc3\xa9"}', submission())
    presentation, hints = read_response(body, definition_id=REQUEST)
    assert presentation == b'{"holder":"a&b=c \xc3\xa9"}'
    assert hints == {SKILL: (0, 1)}
    descriptor = submission()["descriptor_map"][1]
    assert (descriptor["path"], descriptor["path_nested"]["path"]) == ("$", "$.verifiableCredential[1]")
    assert descriptor["path_nested"]["format"] == "vc+sd-jwt"


DESCRIPTOR = submission()["descriptor_map"][0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"definition_id": "urn:uuid:another"},
        {"descriptor_map": "x"},
        {"descriptor_map": [None, 1, [], {}]},
        {"descriptor_map": [DESCRIPTOR | {"id": 7}]},
        {"descriptor_map": [DESCRIPTOR | {"path_nested": {"path": "$.verifiableCredential[16]"}}]},
        {"descriptor_map": [DESCRIPTOR | {"path_nested": {"path": "$.verifiableCredential[-1]"}}]},
        {"descriptor_map": [DESCRIPTOR | {"path_nested": {"path": "$..*"}}]},
        {"descriptor_map": [DESCRIPTOR | {"path_nested": {"path": 0}}]},
        {"descriptor_map": [DESCRIPTOR] * 1_025},
    ],
)
def test_a_hint_that_makes_no_sense_says_nothing(wrong):
    assert read_hints(dump(submission(**wrong)).decode(), definition_id=REQUEST) == {}


@given(st.text(max_size=200))
@settings(max_examples=50)
def test_no_text_in_place_of_hints_does_anything(text):
    assert read_hints(text, definition_id=REQUEST) == {}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"presentation_submission={}",
        b"vp_token=1&vp_token=2",
        b"\xff",
        b"vp_token=%ff",
        b"&".join(b"a=1" for _ in range(9)) + b"&vp_token=1",
    ],
)
def test_a_form_without_one_token_is_refused(body):
    with pytest.raises(InvalidAuthorizationResponse):
        read_response(body, definition_id=REQUEST)


def test_two_submissions_are_none():
    body = write_response(b"{}", submission()) + b"&presentation_submission={}"
    assert read_response(body, definition_id=REQUEST) == (b"{}", {})
