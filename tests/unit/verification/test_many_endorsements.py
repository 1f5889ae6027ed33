"""Endorsements have room of their own in a presentation: 32 beside 16 credentials, and one more is refused."""

import pytest

from passport import limits
from passport.answers import Answer
from passport.credentials import Form
from passport.credentials.build import presentation
from passport.credentials.enveloped import envelope
from passport.credentials.presentation import parse_presentation
from passport.errors.jsonld import PoisonGraph, TooManyBlankNodes, TooManyItems
from passport.evidence import Demand, Strength
from passport.evidence.board import NO_REFUSALS, Board
from passport.evidence.disclosure import least
from passport.jose import vc_jwt
from passport.jsonld.canonical import canonicalize
from passport.jsonld.screen import check_structure
from passport.proofs import add_proof
from passport.verification import verify_endorsement, verify_presentation
from tests.adversarial.test_poison_graphs import alike_profiles
from tests.simulators.chains import SKILL, Trade, claim, confirm, unsigned_confirmation
from tests.simulators.parties import ESCO, FAST, NOW

MOST, BESIDE = limits.DOCUMENT.credentials, limits.DOCUMENT.endorsements
CHALLENGE, VERIFIER = "c" * 22, "did:web:verifier.example"


@pytest.fixture(scope="module")
def trade():
    return Trade()


@pytest.fixture(scope="module")
def claimed(trade):
    return claim(trade.holder, [SKILL])


@pytest.fixture(scope="module")
def confirmed(trade, claimed):
    return confirm(trade.employer, claimed, SKILL)


def shown(trade, *credentials, cryptosuite=FAST):
    unsigned = presentation(
        holder=trade.holder.did, credentials=credentials, presentation_id="urn:uuid:" + "0" * 8
    )
    return add_proof(
        unsigned,
        signer=trade.holder.signer,
        verification_method=trade.holder.method,
        created=NOW,
        proof_purpose="authentication",
        challenge=CHALLENGE,
        domain=VERIFIER,
        cryptosuite=cryptosuite,
    )


def verify(trade, document):
    return verify_presentation(
        document, trade.world.context, expected_challenge=CHALLENGE, expected_domain=VERIFIER
    )


@pytest.mark.parametrize("cryptosuite", [FAST, "eddsa-rdfc-2022"])
def test_all_that_fits_is_verified(trade, claimed, confirmed, cryptosuite):
    report = verify(trade, shown(trade, *[claimed] * MOST, *[confirmed] * BESIDE, cryptosuite=cryptosuite))
    assert report.answer is Answer.YES
    assert (len(report.credentials), len(report.endorsements)) == (MOST, BESIDE)


@pytest.mark.parametrize(("badges", "endorsements"), [(MOST + 1, 0), (MOST + 1, BESIDE), (1, BESIDE + 1)])
def test_one_more_of_either_kind_is_refused(trade, claimed, confirmed, badges, endorsements):
    document = shown(trade, *[claimed] * badges, *[confirmed] * endorsements)
    for refuse in (parse_presentation, check_structure):
        with pytest.raises(TooManyItems):
            refuse(document)
    report = verify(trade, document)
    assert report.answer is Answer.NO
    assert report.error.code == "too_many_items"


def test_an_endorsement_in_an_envelope_counts_as_a_credential(trade, claimed):
    token = vc_jwt.sign_credential(
        unsigned_confirmation(trade.employer, claimed, SKILL),
        signer=trade.employer.signer,
        verification_method=trade.employer.method,
        issued_at=NOW,
    )
    inside = envelope(token.encode(), Form.JWT_VC)
    report = verify(trade, shown(trade, claimed, *[inside] * (MOST - 1)))
    assert (report.answer, len(report.endorsements)) == (Answer.YES, MOST - 1)
    with pytest.raises(TooManyItems):
        parse_presentation(shown(trade, claimed, *[inside] * MOST))


def test_a_badge_does_not_pass_for_an_endorsement_by_naming_both_types(trade, claimed):
    both = {**claimed, "type": [*claimed["type"], "EndorsementCredential"]}
    with pytest.raises(TooManyItems):
        parse_presentation(shown(trade, *[both] * (MOST + 1)))


def test_an_endorsement_with_as_many_records_as_there_may_be_fits(trade, claimed):
    full = confirm(trade.employer, claimed, SKILL, genres=["work-record"] * limits.DOCUMENT.evidence)
    report = verify(trade, shown(trade, claimed, *[full] * 8, cryptosuite="eddsa-rdfc-2022"))
    assert report.answer is Answer.YES


def test_a_poisoned_endorsement_may_cost_less_than_a_badge(trade, claimed):
    made = unsigned_confirmation(trade.employer, claimed, SKILL)
    with pytest.raises((PoisonGraph, TooManyBlankNodes)):
        canonicalize({**made, "issuer": alike_profiles(3, 4)})
    small = {**made, "issuer": alike_profiles(2, 4)}
    together = {**shown(trade, claimed, *[small] * BESIDE)}
    with pytest.raises((PoisonGraph, TooManyBlankNodes)):
        canonicalize(together)


def test_a_presentations_budget_is_that_of_what_is_in_it(trade, claimed, confirmed):
    size = check_structure(shown(trade, *[claimed] * MOST, *[confirmed] * BESIDE))
    document, one = limits.DOCUMENT, limits.ENDORSEMENT
    assert size.hash_n_degree == (MOST + 1) * document.hash_n_degree + BESIDE * one.hash_n_degree
    assert size.nodes == (MOST + 1) * document.nodes + BESIDE * one.nodes
    assert check_structure(confirmed).hash_n_degree == one.hash_n_degree


def laid_out(trade, count):
    """A claim of so many skills, each confirmed by itself and asked semi-hard, as the wallet lays it out."""
    skills = [f"{ESCO}skill-{number}" for number in range(count)]
    whole = claim(trade.holder, skills)
    signed = [confirm(trade.employer, whole, skill) for skill in skills]
    return Board(
        [Demand(skill, skill, required=True, minimum_strength=Strength.SEMI_HARD) for skill in skills],
        [trade.world.verify(whole)],
        trust=trade.trust,
        now=NOW,
        files={},
        shown_files=frozenset(),
        separable={},
        holder=trade.holder.did,
        endorsements=[verify_endorsement(each, trade.world.context).require() for each in signed],
    )


def test_the_wallet_shows_more_confirmations_than_credentials_fit(trade):
    """Twenty skills of one claim, each confirmed by itself: 21 documents, one of which is a badge."""
    found = least(laid_out(trade, 20), NO_REFUSALS)
    assert (len(found.chosen), len(found.endorsements)) == (1, 20)
    assert {result.answer for result in found.results} == {Answer.YES}


def test_what_would_be_too_many_of_one_kind_is_never_shown(trade):
    board = laid_out(trade, 5)
    found = least(board, NO_REFUSALS, most=2, most_endorsements=2)
    assert (len(found.chosen), len(found.endorsements), found.exact) == (1, 1, False)
    assert len(least(board, NO_REFUSALS, most=2, most_endorsements=5).endorsements) == 5
