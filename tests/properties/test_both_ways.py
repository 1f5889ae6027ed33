"""The same claims and confirmations are worth the same by QR codes and by OpenID4VP, whatever is asked of them."""

from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from passport.answers import Answer
from passport.credentials import Form
from passport.evidence import Strength
from tests.simulators.parties import ESCO, Party
from tests.simulators.vp_confirming import Confirmed
from tests.simulators.wallets import demand

SKILLS = [f"{ESCO}{name}" for name in ("plan", "team", "weld")]
STRENGTHS = [Strength.SOFT, Strength.SEMI_HARD]


@lru_cache
def work(confirmed: frozenset[tuple[int, int, bool, bool]]) -> Confirmed:
    """Two claims of the same skills, with what is confirmed of them: by whom, and in which form."""
    made, stranger = Confirmed(), Party("Stranger")
    claims = [made.claims(*SKILLS), made.claims(SKILLS[0])]
    for which, skill, known, token in sorted(confirmed):
        if which == 0 or skill == 0:
            form = Form.JWT_VC if token else Form.LDP_VC
            made.confirmed(claims[which], SKILLS[skill], form=form, by=made.boss if known else stranger)
    return made


@given(
    confirmed=st.frozensets(
        st.tuples(st.integers(0, 1), st.integers(0, 2), st.booleans(), st.booleans()), max_size=4
    ),
    asked=st.lists(
        st.tuples(st.sampled_from(SKILLS), st.sampled_from(STRENGTHS)),
        min_size=1,
        max_size=3,
        unique_by=lambda each: each[0],
    ),
)
@settings(max_examples=25, deadline=None)
def test_both_ways_show_the_same_and_a_verifier_finds_the_same(confirmed, asked):
    person = work(confirmed)
    demands = [demand(skill, strength=strength, required=False) for skill, strength in asked]
    code, found = person.ask_by_code(demands), person.ask(demands)
    by_code, agreed = person.consent_by_code(code), person.consent(found)
    assert [each.result.answer for each in agreed.demands] == [each.answer for each in by_code.results]
    assert {one.kept.id for _, one in agreed.confirming} == {one.kept.id for one in by_code.confirming}
    strengths = person.strengths_by_code(code)
    if agreed.can_be_answered:
        report = person.report(person.token(found), found)
        assert all(check.answer is Answer.YES for check in report.together.checks)
        assert person.strengths(report) == strengths
    else:
        assert strengths == {}
