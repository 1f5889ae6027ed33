"""What rests on something is shown with it: the promise holds for a verifier, and no smaller set keeps it."""

from functools import cache
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from passport.answers import Answer
from passport.evidence import Demand, Strength, decide, smallest, weigh
from passport.evidence.board import Refusals
from passport.verification import VerifiedCredential, verify_endorsement
from tests.simulators.chains import Trade, claim, confirm, validate
from tests.simulators.parties import ESCO, NOW, status_entry

SKILLS = [f"{ESCO}{letter}" for letter in "abc"]
WORTH = {Answer.NO: 0, Answer.CANNOT_TELL: 1, Answer.YES: 2}
TRADE = Trade()
GONE = "https://employer.example/status/1"
TRADE.world.publish(TRADE.employer.status_list(GONE, revoked=[1]))


@cache
def pool():
    """Claims, confirmations of them (one withdrawn), validations on either, and some that stand alone."""
    world, holder, employer, validator = TRADE.world, TRADE.holder, TRADE.employer, TRADE.validator
    badges, endorsements = [], []
    for number, skills in enumerate(([SKILLS[0]], SKILLS[:2], SKILLS)):
        claimed = claim(holder, skills, credential_id=f"urn:x:claim-{number}")
        confirmed = [
            confirm(employer, claimed, subject, credential_id=f"urn:x:confirmed-{number}-{place}", **more)
            for place, (subject, more) in enumerate(
                (
                    (None, {}),
                    (skills[0], {"status": [status_entry(GONE, 1)]}),
                    (skills[-1], {"status": [status_entry(GONE, 2)]}),
                )
            )
        ]
        validated = [
            validate(
                validator,
                holder,
                skills,
                on,
                assessor=TRADE.assessor.profile,
                record=record,
                credential_id=f"urn:x:validated-{number}-{place}",
            )
            for place, (on, record) in enumerate(
                (([claimed], False), ([confirmed[0]], True), ([claimed, confirmed[1]], True))
            )
        ]
        badges += [claimed, *validated]
        endorsements += confirmed
    work = employer.issue(holder, SKILLS[1:], genres=["work-record"], credential_id="urn:x:work")
    company = TRADE.assessor.issue(holder, SKILLS[:1], genres=["work-record"], credential_id="urn:x:company")
    own = validator.issue(
        holder,
        SKILLS[:2],
        genres=["assessment"],
        results=[{"value": "8"}],
        source=TRADE.assessor.profile,
        credential_id="urn:x:assessed",
    )
    badges += [work, company, own]
    return tuple(
        [world.verify(each) for each in badges]
        + [verify_endorsement(each, world.context).require() for each in endorsements]
    )


DEMANDS = st.lists(
    st.builds(
        Demand, st.sampled_from(SKILLS), st.just("a skill"), minimum_strength=st.sampled_from(Strength)
    ),
    unique_by=lambda demand: demand.skill,
    min_size=1,
    max_size=3,
)


@st.composite
def wallets(draw, most):
    places = draw(st.lists(st.integers(0, 20), unique=True, max_size=most))
    return [pool()[place] for place in places]


def apart(documents):
    badges = [each for each in documents if isinstance(each, VerifiedCredential)]
    return badges, [each for each in documents if not isinstance(each, VerifiedCredential)]


def answers(demands, documents):
    badges, endorsements = apart(documents)
    found = weigh(badges, trust=TRADE.trust, now=NOW, holder=TRADE.holder.did, endorsements=endorsements)
    return [each.answer for each in decide(demands, found, NOW)]


def least(demands, documents, **more):
    badges, endorsements = apart(documents)
    return smallest(
        demands,
        badges,
        trust=TRADE.trust,
        now=NOW,
        holder=TRADE.holder.did,
        endorsements=endorsements,
        **more,
    )


def ids(found):
    return {one.credential.id for one in found.chosen} | {one.endorsement.id for one in found.endorsements}


@given(DEMANDS, wallets(12))
@settings(max_examples=60, deadline=None)
def test_a_verifier_finds_what_is_promised_and_no_more_than_the_wallet_knows(demands, documents):
    found = least(demands, documents)
    promised = [result.answer for result in found.results]
    assert answers(demands, [*found.chosen, *found.endorsements]) == promised
    known = answers(demands, documents)
    assert all(WORTH[one] <= WORTH[other] for one, other in zip(promised, known, strict=True))
    shown = [*found.chosen, *found.endorsements]
    assert len(shown) + len(found.hidden) + len(found.hidden_endorsements) == len(documents)
    for proof, result in zip(found.proofs, found.results, strict=True):
        assert set(proof) <= ids(found)
        assert (not proof) <= (result.answer is Answer.NO)


@given(DEMANDS, wallets(7))
@settings(max_examples=40, deadline=None)
def test_no_fewer_documents_keep_the_promise(demands, documents):
    """Against every subset: none smaller gives as much, and none of any size gives more honestly."""
    found = least(demands, documents)
    promised = [WORTH[result.answer] for result in found.results]
    known = [WORTH[each] for each in answers(demands, documents)]
    count = len(found.chosen) + len(found.endorsements)
    for size in range(len(documents) + 1):
        for subset in combinations(documents, size):
            given_by = [WORTH[each] for each in answers(demands, subset)]
            honest = all(one <= other for one, other in zip(given_by, known, strict=True))
            as_good = all(one >= other for one, other in zip(given_by, promised, strict=True))
            if honest and as_good and found.exact:
                assert size >= count
                assert given_by == promised


@given(DEMANDS, wallets(10), st.data())
@settings(max_examples=40, deadline=None)
def test_what_is_refused_is_never_shown_and_refusing_never_makes_certain(demands, documents, data):
    names = sorted(ids(least(demands, documents))) or ["urn:x:nothing"]
    refused = data.draw(st.sets(st.sampled_from(names)))
    before, after = least(demands, documents), least(demands, documents, refused=refused)
    assert not ids(after) & refused
    for had, left in zip(before.results, after.results, strict=True):
        assert WORTH[left.answer] <= WORTH[had.answer]
    more = refused | data.draw(st.sets(st.sampled_from(names)))
    assert not ids(least(demands, documents, refused=more)) & refused
    lost = {cost.demand.skill for cost in after.cost}
    assert lost == {
        had.demand.skill
        for had, left in zip(before.results, after.results, strict=True)
        if WORTH[left.answer] < WORTH[had.answer]
    }
    assert Refusals() == Refusals(frozenset(), frozenset(), frozenset())
