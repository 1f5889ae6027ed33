"""A choice is weighed on its own before it is promised: what speaks against it goes along, or it stays too."""

from functools import partial

import pytest

from passport.answers import Answer
from passport.evidence import Demand, Strength, decide, smallest, weigh
from passport.evidence.board import Board, Refusals
from passport.evidence.held import Separable
from passport.trust import Recognition
from passport.verification import verify_endorsement
from tests.simulators.chains import Trade, claim, confirm, validate
from tests.simulators.parties import ESCO, NOW, recognise

SOFT, SEMI, HARD = Strength
YES, NO, CANNOT_TELL = Answer
A, B, C = (f"{ESCO}{letter}" for letter in "abc")
ALIGNMENT = ("credentialSubject", "achievement", "alignment")


@pytest.fixture(scope="module")
def trade():
    return Trade()


def asked(skill, strength=SOFT, **more):
    return Demand(skill, skill[-1], minimum_strength=strength, **more)


def least(trade, demands, badges, endorsements=(), **more):
    return smallest(
        demands,
        [trade.world.verify(each) for each in badges],
        trust=trade.trust,
        now=NOW,
        holder=trade.holder.did,
        endorsements=[verify_endorsement(each, trade.world.context).require() for each in endorsements],
        **more,
    )


def ids(found):
    return [each.credential.id for each in found.chosen] + [
        each.endorsement.id for each in found.endorsements
    ]


def seen(trade, demands, found):
    """What a verifier answers who sees just that."""
    evidence = weigh(
        found.chosen, trust=trade.trust, now=NOW, holder=trade.holder.did, endorsements=found.endorsements
    )
    return [each.answer for each in decide(demands, evidence, NOW)]


def company(trade, *skills):
    """A work record of the one who assessed: not on any list, so nobody else knows it for an employer."""
    return trade.assessor.issue(trade.holder, skills, genres=["work-record"], credential_id="urn:x:company")


def assessed(trade, *skills):
    return trade.validator.issue(
        trade.holder,
        skills,
        genres=["assessment"],
        results=[{"value": "8"}],
        source=trade.assessor.profile,
        credential_id="urn:x:assessed",
    )


def test_what_speaks_against_a_proof_goes_along_with_it(trade):
    """A is asked hard and is not; shown for B alone the assessment would look independent."""
    demands = [asked(A, HARD), asked(B)]
    found = least(trade, demands, [assessed(trade, A, B), company(trade, C)])
    assert ids(found) == ["urn:x:assessed", "urn:x:company"]
    assert seen(trade, demands, found) == [result.answer for result in found.results] == [NO, YES]
    assert not found.exact


def test_where_that_is_refused_the_proof_stays_as_well(trade):
    demands = [asked(A, HARD), asked(B)]
    found = least(trade, demands, [assessed(trade, A, B), company(trade, C)], refused={"urn:x:company"})
    assert ids(found) == []
    assert [result.answer for result in found.results] == [NO, NO]


def test_where_the_skill_can_stay_behind_nothing_else_has_to_go(trade):
    demands = [asked(A, HARD), asked(B)]
    parts = {"urn:x:assessed": Separable(frozenset({(*ALIGNMENT, "0"), (*ALIGNMENT, "1")}))}
    found = least(trade, demands, [assessed(trade, A, B), company(trade, C)], separable=parts)
    assert ids(found) == ["urn:x:assessed"]
    (shown,) = found.documents
    assert [part.skill for part in shown.hidden] == [A]
    assert [result.answer for result in found.results] == [NO, YES]
    assert found.exact


def test_a_confirmation_takes_its_claim_along_whole(trade):
    claimed = claim(trade.holder, [A, B], credential_id="urn:x:claim")
    confirmed = confirm(trade.employer, claimed, A, credential_id="urn:x:confirmed")
    parts = {"urn:x:claim": Separable(frozenset({(*ALIGNMENT, "0"), (*ALIGNMENT, "1")}))}
    run = partial(least, trade, [asked(A, SEMI)], [claimed], [confirmed])
    found = run(separable=parts)
    assert ids(found) == ["urn:x:claim", "urn:x:confirmed"]
    assert found.proofs == (("urn:x:claim", "urn:x:confirmed"),)
    assert [one.serves for one in found.documents] == [(A,), (A,)]
    assert found.documents[0].hidden == ()
    assert found.revealed == (B,)
    kept = run(separable={"urn:x:claim": Separable(parts["urn:x:claim"].places, keeps_digest=True)})
    assert [part.skill for part in kept.documents[0].hidden] == [B]
    assert kept.revealed == ()


def test_a_confirmation_without_its_claim_is_not_shown(trade):
    claimed = claim(trade.holder, [A], credential_id="urn:x:claim")
    confirmed = confirm(trade.employer, claimed, credential_id="urn:x:confirmed")
    found = least(trade, [asked(A, SEMI)], [claimed], [confirmed], refused={"urn:x:claim"})
    assert ids(found) == []
    assert found.results[0].reasons[0].code == "policy.stays_hidden"
    assert [cost.demand.skill for cost in found.cost] == [A]


@pytest.mark.parametrize("below", [2, 6])
def test_only_what_a_demand_needs_below_a_validation_goes_along(trade, below):
    """Soft needs the validation alone; hard needs all that it names."""
    claims = [claim(trade.holder, [A], credential_id=f"urn:x:claim-{place}") for place in range(below)]
    validated = validate(
        trade.validator,
        trade.holder,
        [B],
        claims,
        assessor=trade.assessor.profile,
        credential_id="urn:x:validated",
    )
    alone = least(trade, [asked(B)], [*claims, validated])
    assert ids(alone) == ["urn:x:validated"]
    hard = least(trade, [asked(B, HARD)], [*claims, validated])
    assert seen(trade, [asked(B, HARD)], hard) == [hard.results[0].answer]
    assert hard.results[0].answer is YES
    assert "urn:x:validated" in ids(hard)


def test_an_endorsement_inside_a_credential_goes_with_that_credential_whole(trade):
    claimed = claim(trade.holder, [A], credential_id="urn:x:claim")
    confirmed = confirm(trade.employer, claimed, credential_id="urn:x:confirmed")
    around = trade.school.issue(trade.holder, [B, C], kind="Diploma", credential_id="urn:x:around")
    del around["proof"]
    around = trade.school.sign({**around, "endorsement": [confirmed]})
    parts = {"urn:x:around": Separable(frozenset((*ALIGNMENT, place) for place in "01"))}
    found = least(trade, [asked(A, SEMI)], [claimed, around], separable=parts)
    assert set(ids(found)) == {"urn:x:claim", "urn:x:around"}
    assert all(one.hidden == () for one in found.documents)
    assert found.results[0].answer is YES


def test_more_than_a_presentation_holds_says_what_does_not_fit(trade):
    skills = [f"{ESCO}{number:02}" for number in range(20)]
    badges = [
        trade.school.issue(trade.holder, [skill], kind="Diploma", credential_id=f"urn:x:{skill[-2:]}")
        for skill in skills
    ]
    demands = [asked(skill, required=number >= 10) for number, skill in enumerate(skills)]
    found = least(trade, demands, badges)
    assert len(found.chosen) == 16
    assert not found.exact
    assert all(result.answer is YES for result in found.results[10:])
    left = [result for result in found.results if result.answer is NO]
    assert [result.reasons[0].code for result in left] == ["policy.does_not_fit"] * 4


def test_a_file_that_stays_at_home_is_not_promised_and_one_that_was_changed_counts_against(trade):
    record = trade.employer.issue(
        trade.holder, [A], genres=["work-record"], files=[b"hours"], credential_id="urn:x:work"
    )
    name = record["evidence"][0]["id"]
    wanted = [asked(A, SEMI, records_shown=True)]
    here = least(trade, wanted, [record], files={name: b"hours"}, shown_files={})
    assert here.results[0].answer is CANNOT_TELL
    changed = least(trade, [asked(A, SEMI)], [record], files={name: b"other"}, shown_files={})
    assert (ids(changed), changed.results[0].answer) == ([], NO)


@pytest.mark.parametrize("refuse", ["skill", "part"])
def test_a_refused_part_that_can_not_be_left_out_keeps_the_credential_at_home(trade, refuse):
    badge = trade.school.issue(trade.holder, [A, B], kind="Diploma", credential_id="urn:x:both")
    place = (*ALIGNMENT, "1")
    run = partial(least, trade, [asked(A)], [badge])
    parts = {"urn:x:both": Separable(frozenset({place}))}
    refusal = {"refused_parts": {("urn:x:both", place)}} if refuse == "part" else {"refused_skills": {B}}
    assert ids(run(**refusal)) == []
    found = run(separable=parts, **refusal)
    assert ids(found) == ["urn:x:both"]
    assert [part.skill for part in found.documents[0].hidden] == [B]


def test_what_would_raise_it_is_said_where_it_is_not_met(trade):
    claimed = claim(trade.holder, [A], credential_id="urn:x:claim")
    found = least(trade, [asked(A, SEMI), asked(B)], [claimed])
    assert [bool(each) for each in found.raise_by] == [True, False]


def test_two_did_of_one_holder_are_known_by_a_list(trade):
    """Nothing of what is hidden makes a promise that a verifier would not find."""
    other = Trade(world=trade.world, holder=trade.holder).recognising(
        recognise(trade.assessor, Recognition.EMPLOYER)
    )
    demands = [asked(A, HARD), asked(B)]
    badge = assessed(trade, A, B)
    record = other.assessor.issue(trade.holder, [C], genres=["work-record"], credential_id="urn:x:company")
    found = least(other, demands, [record, badge])
    assert seen(other, demands, found) == [result.answer for result in found.results]


def test_a_proof_that_takes_another_along_is_left_out_where_that_other_is_enough(trade):
    diploma = trade.school.issue(trade.holder, [A], kind="Diploma", credential_id="urn:x:a-diploma")
    validated = validate(
        trade.validator,
        trade.holder,
        [A],
        [diploma],
        assessor=trade.assessor.profile,
        credential_id="urn:x:b-validated",
    )
    found = least(trade, [asked(A, HARD)], [diploma, validated])
    assert ids(found) == ["urn:x:a-diploma"]


def test_of_several_hidden_documents_the_one_that_speaks_against_it_goes_along(trade):
    other = trade.employer.issue(trade.holder, [C], genres=["work-record"], credential_id="urn:x:another")
    demands = [asked(A, HARD), asked(B)]
    found = least(trade, demands, [assessed(trade, A, B), other, company(trade, C)])
    assert ids(found) == ["urn:x:assessed", "urn:x:company"]


def test_what_there_is_to_choose_from_can_be_looked_at(trade):
    badge = trade.school.issue(trade.holder, [A], kind="Diploma", credential_id="urn:x:a")
    board = Board(
        [asked(A)],
        [trade.world.verify(badge)],
        trust=trade.trust,
        now=NOW,
        files={},
        shown_files=None,
        holder=trade.holder.did,
        separable={},
        endorsements=[],
    )
    assert [[way.documents for way in ways] for ways in board.problem().ways] == [[1]]
    assert board.problem(Refusals(frozenset({"urn:x:a"}))).ways == ((),)


def test_what_goes_along_goes_whole(trade):
    demands = [asked(A, HARD), asked(B)]
    parts = {"urn:x:company": Separable(frozenset({(*ALIGNMENT, "0")}))}
    found = least(trade, demands, [assessed(trade, A, B), company(trade, C)], separable=parts)
    assert ids(found) == ["urn:x:assessed", "urn:x:company"]
    assert all(one.hidden == () for one in found.documents)
    assert found.revealed == (C,)
