"""What a wallet names is looked into: it confirms or not, and the answer is the same without it."""

import pytest

from passport.answers import Answer
from passport.credentials.build import presentation
from passport.evidence import Demand, Strength, decide, weigh
from passport.proofs import add_proof
from passport.trust import Recognition
from passport.verification import verify_presentation
from tests.simulators.parties import ESCO, NOW, Party, World, recognise
from verifier.recheck import Named, recheck, write_named

A, B = f"{ESCO}a", f"{ESCO}b"


@pytest.fixture(scope="module")
def shown():
    world, holder, school, stranger = World(), Party("Worker"), Party("School"), Party("Stranger")
    trust = world.trusting(recognise(school, Recognition.EDUCATOR))
    badges = [
        school.issue(holder, [A], kind="Diploma", credential_id="urn:x:school"),
        stranger.issue(holder, [A], kind="Diploma", credential_id="urn:x:stranger"),
    ]
    signed = add_proof(
        presentation(holder=holder.did, credentials=badges, presentation_id="urn:x:shown"),
        signer=holder.signer,
        verification_method=holder.method,
        created=NOW,
        cryptosuite="eddsa-jcs-2022",
        proof_purpose="authentication",
        challenge="c" * 22,
        domain="https://employer.example",
    )
    report = verify_presentation(
        signed, world.context, expected_challenge="c" * 22, expected_domain="https://employer.example"
    )
    skills = weigh(report.require().credentials, trust=trust, now=NOW, holder=holder.did)
    return report, skills


def looked_into(shown, hints, strength=Strength.HARD):
    report, skills = shown
    results = decide([Demand(A, "a", minimum_strength=strength), Demand(B, "b")], skills, NOW)
    assert [result.answer for result in results] == [Answer.YES, Answer.NO]
    return recheck(hints, report, results, skills)


@pytest.mark.parametrize(
    ("places", "documents", "confirmed"),
    [
        ((0,), ("urn:x:school",), True),
        ((1,), ("urn:x:stranger",), False),
        ((1, 0), ("urn:x:stranger", "urn:x:school"), True),
        ((9,), (), False),
        ((), (), False),
    ],
)
def test_what_is_named_is_confirmed_only_where_it_holds(shown, places, documents, confirmed):
    assert looked_into(shown, {A: places}) == (Named(A, documents, confirmed),)


def test_another_credential_that_is_enough_as_well_is_confirmed(shown):
    assert looked_into(shown, {A: (1,)}, Strength.SOFT)[0].confirmed


def test_what_is_not_met_is_never_confirmed_and_what_is_not_asked_is_passed_over(shown):
    assert looked_into(shown, {B: (0,), "urn:another": (0,)}) == (Named(B, ("urn:x:school",), False),)


def test_no_hint_says_nothing(shown):
    assert looked_into(shown, {}) == ()


def test_it_is_written_as_data(shown):
    (found,) = looked_into(shown, {A: (0,)})
    assert write_named(found) == {"skill": A, "credentials": ["urn:x:school"], "confirmed": True}
