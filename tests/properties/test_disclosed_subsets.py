"""Hiding never raises the strength: no part of a credential counts for more than the whole of it."""

from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passport.evidence.kinds import Strength
from passport.evidence.strength import weigh
from passport.json import dump, parse_object
from passport.proofs.selective import derive
from passport.sd_jwt import present
from passport.sd_jwt.disclosable import disclosable_pointers
from passport.trust import Recognition
from passport.verification import Context, verify_credential
from tests.simulators.forms import SKILLS, SchoolOfForms
from tests.simulators.parties import NOW, World, recognise
from wallet.core.holder import did_of_key

SCHOOL = SchoolOfForms()
HOLDER = did_of_key(SchoolOfForms().ed25519.public_key)
PARTS = ("ecdsa-sd-2023", "vc+sd-jwt", "dc+sd-jwt")
SKILL = {"targetUrl": next(iter(SKILLS)), "targetName": "lassen", "type": ["Alignment"]}
BADGES = {
    "examination": {},
    "a result without a status": {"results": [{"value": "8"}]},
    "failed": {"results": [{"value": "3", "status": "Failed"}]},
    "failed for one skill": {"results": [{"value": "3", "status": "Failed", "alignment": [SKILL]}]},
    "nothing under it": {"evidence": [], "results": []},
    "derived from earlier work": {"evidence": [{"genre": "derived"}, {"genre": "examination"}]},
    "no end": {"valid_until": None},
    "tags": {"achievement": {"tag": ["formal"], "humanCode": "L3", "fieldOfStudy": "Metaal"}},
    "a label that lowers": {"achievement": {"tag": ["self-assessed", "soft"]}},
    "assessed by another": {"source": {"id": "https://assessors.example/team", "type": ["Profile"]}},
}


@cache
def world():
    made = World()
    SCHOOL.publish(made)
    return made


@cache
def signed(badge, form):
    return SCHOOL.sign(form, SCHOOL.unsigned(HOLDER, **BADGES[badge]))


@cache
def unsigned(badge):
    return SCHOOL.unsigned(HOLDER, **BADGES[badge])


def part(badge, form, pointers):
    source = signed(badge, form)
    if form == "ecdsa-sd-2023":
        return dump(derive(parse_object(source), selective_pointers=pointers))
    return present(source.decode(), pointers=pointers, holder=None, nonce="", audience="", now=NOW).encode()


def strengths(source, *, recognised):
    verified = verify_credential(source, Context(world().cache, NOW)).require()
    found = weigh([verified], trust=store(recognised), now=NOW, holder=HOLDER)
    return {one.skill: (one.strength, one.strength_without or Strength.SOFT) for one in found}


@cache
def store(recognised):
    known = SCHOOL.did if recognised else "did:web:another.example"
    return world().trusting(recognise(known, Recognition.EDUCATOR))


def check(badge, form, pointers, *, recognised):
    whole = strengths(signed(badge, "ldp_vc"), recognised=recognised)
    shown = strengths(part(badge, form, pointers), recognised=recognised)
    assert shown
    for skill, (strength, certain) in shown.items():
        assert strength <= whole[skill][0]
        assert certain <= whole[skill][1]


@pytest.mark.parametrize("badge", BADGES)
@pytest.mark.parametrize("form", PARTS)
def test_every_choice_of_skills(badge, form):
    skills = [pointer for pointer in disclosable_pointers(unsigned(badge)) if "/alignment/" in pointer]
    for count in range(1, len(skills) + 1):
        for chosen in combinations(skills, count):
            check(badge, form, list(chosen), recognised=True)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(BADGES)),
    st.sampled_from(PARTS),
    st.booleans(),
    st.data(),
)
def test_any_choice_of_all_that_can_be_left_out(badge, form, recognised, data):
    pointers = disclosable_pointers(unsigned(badge))
    chosen = data.draw(st.lists(st.sampled_from(pointers), unique=True, min_size=1))
    if any("/alignment/" in pointer for pointer in chosen):
        check(badge, form, chosen, recognised=recognised)
