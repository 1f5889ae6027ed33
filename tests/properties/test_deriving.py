"""What is derived adds skills and nothing else: no skill that was there gets stronger or weaker by it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from passport.evidence import Strength, weigh
from passport.trust import Recognition
from tests.simulators.parties import NOW, Party, World, recognise

SKILLS = tuple(f"urn:skill:{number}" for number in range(4))
WORLD, HOLDER, SCHOOL = World(), Party("Worker"), Party("School")
TRUST = WORLD.trusting(recognise(SCHOOL, Recognition.EDUCATOR))
BADGES = {skill: WORLD.verify(SCHOOL.issue(HOLDER, [skill], kind="Diploma")) for skill in SKILLS}


def derived(skills, mixed):
    """A holder's claim of these skills, of the genre derived and perhaps of others beside it."""
    return WORLD.verify(HOLDER.issue(HOLDER, skills, genres=["derived", *mixed], kind="Diploma"))


def strengths(credentials):
    found = weigh(credentials, trust=TRUST, now=NOW, holder=HOLDER.did)
    return {each.skill: (each.strength, each.strength_without, each.answer) for each in found}


@settings(max_examples=40, deadline=None)
@given(
    proven=st.sets(st.sampled_from(SKILLS)),
    claimed=st.sets(st.sampled_from(SKILLS), min_size=1),
    mixed=st.lists(st.sampled_from(["examination", "validation", "work-record"]), unique=True, max_size=2),
)
def test_a_derived_claim_changes_no_strength(proven, claimed, mixed):
    before = strengths([BADGES[skill] for skill in sorted(proven)])
    after = strengths([*(BADGES[skill] for skill in sorted(proven)), derived(sorted(claimed), mixed)])
    assert {skill: after[skill] for skill in proven} == before
    for skill in claimed - proven:
        assert after[skill][0] is Strength.SOFT
