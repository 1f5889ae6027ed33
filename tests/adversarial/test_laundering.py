"""Laundering: making one's own word look like somebody else's. Nothing of this ever raises strength.

Each test makes the best case that the attack could: everything else about it is as an honest chain has it.
"""

from datetime import timedelta
from typing import Any

import pytest

from passport.answers import Answer
from passport.evidence import EvidenceState, SkillEvidence, Strength
from passport.json import JsonObject
from passport.trust import Recognition
from tests.simulators.chains import (
    OTHER,
    SKILL,
    Trade,
    builds_on,
    claim,
    confirm,
    validate,
)
from tests.simulators.parties import NOW, Party, recognise

SOFT, SEMI, HARD = Strength
YES, NO, CANNOT_TELL = Answer


@pytest.fixture
def trade() -> Trade:
    return Trade()


@pytest.fixture
def claimed(trade: Trade) -> JsonObject:
    return claim(trade.holder, [SKILL, OTHER])


def codes(evidence: SkillEvidence, *, idle: bool = False) -> set[str]:
    """The codes of the reasons; with `idle`, of the links that count for nothing."""
    if not idle:
        return {reason.code for reason in evidence.reasons}
    return {reason.code for link in evidence.links if link.ceiling is None for reason in link.reasons}


def test_the_honest_chain_would_be_semi_hard_and_hard(trade: Trade, claimed: JsonObject) -> None:
    confirmed = confirm(trade.employer, claimed, SKILL)
    assert trade.weigh([claimed], [confirmed])[SKILL].strength is SEMI
    validated = validate(trade.validator, trade.holder, [SKILL], [claimed], assessor=trade.assessor.profile)
    assert trade.weigh([claimed, validated], [confirmed])[SKILL].strength is HARD


# The holder as employer


def test_the_holder_endorses_the_own_claim(trade: Trade, claimed: JsonObject) -> None:
    weighed = trade.weigh([claimed], [confirm(trade.holder, claimed, SKILL)])[SKILL]
    assert (weighed.strength, weighed.signers) == (SOFT, 1)


def test_an_employer_that_the_holder_made_up(trade: Trade, claimed: JsonObject) -> None:
    company = Party("Employer")  # the name of a recognised one, and another key
    weighed = trade.weigh([claimed], [confirm(company, claimed, SKILL)])[SKILL]
    assert weighed.strength is SOFT
    assert {"evidence.rule.unknown"} <= codes(weighed)


def test_a_company_with_the_holders_key(trade: Trade, claimed: JsonObject) -> None:
    """Recognised, under a DID of its own: but the key is the holder's."""
    company = Party.on_the_web("One-man company", "company.example", trade.holder.signer)
    trade.world.publish(company.did_document())
    trade.recognising(recognise(company, Recognition.EMPLOYER))
    weighed = trade.weigh([claimed], [confirm(company, claimed, SKILL)])[SKILL]
    assert (weighed.strength, weighed.signers) == (SOFT, 1)


def test_a_company_that_a_list_gives_to_the_holder(trade: Trade, claimed: JsonObject) -> None:
    company = Party("One-man company")
    trade.recognising(recognise(company, Recognition.EMPLOYER, also_known_as=frozenset({trade.holder.did})))
    assert trade.weigh([claimed], [confirm(company, claimed, SKILL)])[SKILL].strength is SOFT


def test_a_holder_whose_own_claim_names_the_employer_as_issuer(trade: Trade) -> None:
    """The issuer is the holder's DID whatever name the profile bears."""
    document = claim(trade.holder, [SKILL], genres=["work-record"], bound=True)
    del document["proof"]
    document["issuer"]["name"] = trade.employer.name
    assert trade.weigh([trade.holder.sign(document)])[SKILL].strength is SOFT


# Two keys of one party


def test_two_keys_of_one_employer_are_one_signer(trade: Trade, claimed: JsonObject) -> None:
    second = Party("Branch")
    trade.recognising(recognise(second, Recognition.EMPLOYER, also_known_as=frozenset({trade.employer.did})))
    both = [confirm(each, claimed, SKILL) for each in (trade.employer, second)]
    weighed = trade.weigh([claimed], both)[SKILL]
    assert (weighed.strength, weighed.signers, len(weighed.links)) == (SEMI, 2, 3)  # and the holder


def test_many_confirmations_are_no_validation(trade: Trade, claimed: JsonObject) -> None:
    many = [confirm(trade.employer, claimed, SKILL) for _ in range(12)]
    assert trade.weigh([claimed], many)[SKILL].strength is SEMI


# Assessors who are not independent


@pytest.mark.parametrize("way", ["own did", "parentOrg", "grandparent", "issuer's parentOrg", "list", "key"])
def test_an_assessor_who_works_for_the_employer(trade: Trade, claimed: JsonObject, way: str) -> None:
    """The employer is on no list as one: it is known by its confirmation."""
    shop = Party("Workshop")
    confirmed = confirm(shop, claimed, SKILL)
    assessor: JsonObject = trade.assessor.profile
    issuer: JsonObject = {}
    if way == "own did":
        assessor = shop.profile
    elif way == "parentOrg":
        assessor = {**assessor, "parentOrg": shop.profile}
    elif way == "grandparent":
        middle = {"id": "https://hr.example", "type": ["Profile"], "parentOrg": shop.profile}
        assessor = {**assessor, "parentOrg": middle}
    elif way == "issuer's parentOrg":
        issuer = {"parentOrg": shop.did}
    elif way == "list":
        both = frozenset({shop.did, trade.assessor.did})
        trade.recognising(recognise(Party("Group"), Recognition.ADVISER, also_known_as=both))
    else:
        second = Party.on_the_web("Assessment centre", "centre.example", shop.signer)
        trade.world.publish(second.did_document())
        proof = second.issue(trade.holder, [OTHER])  # which shows that the key is the workshop's
        assessor = second.profile
    validated = validate(trade.validator, trade.holder, [SKILL], [claimed, confirmed], assessor=assessor)
    if issuer:
        del validated["proof"]
        validated["issuer"].update(issuer)
        validated = trade.validator.sign(validated)
    badges = [claimed, validated, *([proof] if way == "key" else [])]
    weighed = trade.weigh(badges, [confirmed])[SKILL]
    assert (weighed.strength, weighed.answer) == (SEMI, YES)
    assert "evidence.assessor_related" in codes(weighed)


@pytest.mark.parametrize("genres", [[], ["observation"], ["assessment"]])
def test_whoever_confirmed_is_no_independent_assessor(
    trade: Trade, claimed: JsonObject, genres: list[str]
) -> None:
    confirmed = confirm(trade.assessor, claimed, SKILL, genres=genres)
    validated = validate(trade.validator, trade.holder, [SKILL], [claimed], assessor=trade.assessor.profile)
    assert trade.weigh([claimed, validated])[SKILL].strength is HARD
    assert trade.weigh([claimed, validated], [confirmed])[SKILL].strength is SEMI


def test_an_assessor_who_works_for_the_holder(trade: Trade, claimed: JsonObject) -> None:
    assessor = {**trade.assessor.profile, "parentOrg": trade.holder.profile}
    validated = validate(trade.validator, trade.holder, [SKILL], [claimed], assessor=assessor)
    assert trade.weigh([claimed, validated])[SKILL].strength is SEMI


def test_the_holder_as_assessor(trade: Trade, claimed: JsonObject) -> None:
    validated = validate(trade.validator, trade.holder, [SKILL], [claimed], assessor=trade.holder.profile)
    assert trade.weigh([claimed, validated])[SKILL].strength is SOFT


def test_an_assessor_of_an_organisation_that_employs_nobody_is_independent(
    trade: Trade, claimed: JsonObject
) -> None:
    """The other side of the coin: working for the assessment organisation is no relation."""
    assessor = {**trade.assessor.profile, "parentOrg": trade.validator.profile}
    validated = validate(trade.validator, trade.holder, [SKILL], [claimed], assessor=assessor)
    assert trade.weigh([claimed, validated])[SKILL].strength is HARD


# Evidence


def test_evidence_changed_after_signing(trade: Trade, claimed: JsonObject) -> None:
    confirmed = confirm(trade.employer, claimed, SKILL, files=[b"date,hours\n2026-01-05,8\n"])
    record = confirmed["evidence"][0]["id"]
    shown = {record: b"date,hours\n2026-01-05,80\n"}
    weighed = trade.weigh([claimed], [confirmed], files=shown)[SKILL]
    assert (weighed.strength, weighed.answer) == (SOFT, YES)
    assert "evidence.lowered.evidence-changed" in {
        reason.code for link in weighed.links for reason in link.reasons
    }


def test_the_same_evidence_twice(trade: Trade, claimed: JsonObject) -> None:
    file = b"date,hours\n2026-01-05,8\n"
    twice = [confirm(trade.employer, claimed, SKILL, files=[file]) for _ in range(2)]
    weighed = trade.weigh([claimed], twice)[SKILL]
    assert (weighed.strength, weighed.records) == (SEMI, 1)
    assert sorted(link.same_evidence for link in weighed.links) == [False, False, True]


def test_the_same_endorsement_twice(trade: Trade, claimed: JsonObject) -> None:
    confirmed = confirm(trade.employer, claimed, SKILL)
    turned = dict(reversed(confirmed.items()))
    once, twice = (
        trade.weigh([claimed], each)[SKILL] for each in ([confirmed], [confirmed, turned, confirmed])
    )
    assert len(once.links) == len(twice.links) == 2
    assert once.strength is twice.strength


def test_a_bare_endorsement(trade: Trade, claimed: JsonObject) -> None:
    bare: list[dict[str, Any]] = [
        {"genres": []},
        {"bound": False},
        {"genres": ["self-report"]},
        {"genres": ["made-up"]},
    ]
    for members in bare:
        weighed = trade.weigh([claimed], [confirm(trade.employer, claimed, SKILL, **members)])[SKILL]
        assert weighed.strength is SOFT, members


def test_the_claim_as_the_record_of_its_own_confirmation(trade: Trade, claimed: JsonObject) -> None:
    """The claim says what the holder says: an employer who confirms it with nothing but itself adds no record.

    It is bound by a digest, and still no record of work: what counts is who signed it.
    """
    evidence = [{"id": claimed["id"], "type": ["Evidence"], "name": "Claim", "genre": "work-record"}]
    confirmed = confirm(trade.employer, claimed, SKILL, genres=[], evidence=evidence)
    weighed = trade.weigh([claimed], [confirmed])[SKILL]
    assert weighed.strength is SOFT


# What a validation builds on


def test_a_validation_of_another_version_of_the_claim(trade: Trade) -> None:
    first = claim(trade.holder, [SKILL], credential_id="urn:uuid:1")
    second = claim(trade.holder, [SKILL, OTHER], credential_id="urn:uuid:1")
    validated = validate(trade.validator, trade.holder, [SKILL], [first], assessor=trade.assessor.profile)
    weighed = trade.weigh([second, validated])[SKILL]
    assert (weighed.strength, weighed.answer) == (SOFT, YES)
    link = next(each for each in weighed.links if each.credential_id == validated["id"])
    assert link.evidence_state is EvidenceState.CHANGED


def test_hiding_the_claim_gives_no_certainty(trade: Trade, claimed: JsonObject) -> None:
    for record in (False, True):
        validated = validate(
            trade.validator,
            trade.holder,
            [SKILL],
            [claimed],
            assessor=trade.assessor.profile,
            record=record,
        )
        weighed = trade.weigh([validated])[SKILL]
        assert (weighed.strength, weighed.answer, weighed.strength_without) == (HARD, CANNOT_TELL, SOFT)
        assert weighed.links[0].evidence_state is EvidenceState.HIDDEN
        assert "evidence.raise.show_base" in {reason.code for reason in weighed.raise_by}
        assert trade.weigh([claimed, validated])[SKILL].answer is YES


def test_a_file_under_the_identifier_of_the_claim_is_not_the_claim(trade: Trade, claimed: JsonObject) -> None:
    """A credential is shown as one, verified: never as a file that has the right digest."""
    validated = validate(trade.validator, trade.holder, [SKILL], [claimed], assessor=trade.assessor.profile)
    weighed = trade.weigh([validated], files={claimed["id"]: b"{}"})[SKILL]
    assert weighed.answer is CANNOT_TELL


def test_leaving_out_the_media_type_hides_nothing(trade: Trade) -> None:
    """The claim is at hand, so that it has expired is seen whatever it is called."""
    old = claim(trade.holder, [SKILL], at=NOW - timedelta(days=9), valid_until=NOW - timedelta(days=1))
    named = {name: value for name, value in builds_on(old).items() if name != "mediaType"}
    validated = validate(
        trade.validator, trade.holder, [SKILL], [], named=[named], assessor=trade.assessor.profile
    )
    weighed = trade.weigh([old, validated])[SKILL]
    assert (weighed.strength, weighed.answer) == (SEMI, YES)
    assert weighed.links[0].evidence_state is EvidenceState.FALLEN
