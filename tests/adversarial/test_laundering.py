"""Laundering: making one's own word look like somebody else's. Nothing of this ever raises strength.

Each test makes the best case that the attack could: everything else about it is as an honest chain has it.
"""

from datetime import timedelta
from typing import Any

import pytest

from passport.answers import Answer
from passport.encoding import digest_multibase
from passport.evidence import EvidenceState, SkillEvidence, Strength
from passport.json import JsonObject
from passport.trust import Recognition
from passport.verification import verify_endorsement
from tests.simulators.chains import (
    OTHER,
    SKILL,
    Trade,
    builds_on,
    claim,
    confirm,
    unsigned_confirmation,
    validate,
)
from tests.simulators.parties import ESCO, NOW, Party, recognise

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


def counts_for_nothing(trade: Trade, claimed: JsonObject, *endorsements: JsonObject) -> set[str]:
    """Weigh a claim with endorsements that add nothing; why they don't."""
    weighed = trade.weigh([claimed], endorsements)[SKILL]
    assert (weighed.strength, weighed.answer, weighed.strength_without) == (SOFT, YES, SOFT)
    assert weighed.signers == 1
    return codes(weighed, idle=True)


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


# Endorsements of something else


def test_an_endorsement_of_a_different_claim(trade: Trade, claimed: JsonObject) -> None:
    other = claim(trade.holder, [SKILL])
    assert counts_for_nothing(trade, claimed, confirm(trade.employer, other, SKILL)) == {
        "evidence.claim_not_shown",
        "evidence.rule.work-record",
        "evidence.recognised.employer",
        "evidence.base_hidden",
        "evidence.age_unknown",
    }


def test_an_endorsement_of_another_version_of_the_claim(trade: Trade) -> None:
    first = claim(trade.holder, [OTHER], credential_id="urn:uuid:1")
    second = claim(trade.holder, [OTHER, SKILL], credential_id="urn:uuid:1")
    for subject in (SKILL, first["id"]):
        why = counts_for_nothing(trade, second, confirm(trade.employer, first, subject))
        assert "evidence.claim_changed" in why


def test_an_endorsement_of_a_skill_that_the_claim_does_not_name(trade: Trade, claimed: JsonObject) -> None:
    narrow = claim(trade.holder, [OTHER])
    confirmed = confirm(trade.employer, narrow, SKILL)
    weighed = trade.weigh([claimed, narrow], [confirmed])
    assert weighed[SKILL].strength is weighed[OTHER].strength is SOFT
    assert "evidence.skill_not_claimed" in codes(weighed[SKILL], idle=True)


def test_an_endorsement_of_one_skill_says_nothing_of_the_others(trade: Trade, claimed: JsonObject) -> None:
    weighed = trade.weigh([claimed], [confirm(trade.employer, claimed, SKILL)])
    assert (weighed[SKILL].strength, weighed[OTHER].strength) == (SEMI, SOFT)


def test_an_endorsement_used_again_for_somebody_elses_claim(trade: Trade) -> None:
    """Word for word the same claim, with the same identifier, by another holder."""
    theirs = claim(Party("Colleague"), [SKILL], credential_id="urn:uuid:1")
    own = claim(trade.holder, [SKILL], credential_id="urn:uuid:1")
    confirmed = confirm(trade.employer, theirs, SKILL)
    assert "evidence.claim_changed" in counts_for_nothing(trade, own, confirmed)


def test_somebody_elses_claim_shown_with_its_endorsement(trade: Trade, claimed: JsonObject) -> None:
    theirs = claim(Party("Colleague"), [SKILL])
    confirmed = confirm(trade.employer, theirs, SKILL)
    weighed = trade.weigh([claimed, theirs], [confirmed])[SKILL]
    assert (weighed.strength, weighed.answer) == (SOFT, YES)
    assert {"evidence.claim_fallen", "evidence.other_holder"} <= codes(weighed, idle=True)


def test_an_endorsement_without_the_digest(trade: Trade, claimed: JsonObject) -> None:
    for subject in (SKILL, claimed["id"]):
        bare = confirm(trade.employer, None, subject)
        assert "evidence.no_digest" in counts_for_nothing(trade, claimed, bare)


@pytest.mark.parametrize("digest", ["uEiDx", "x", "z" + "1" * 200, "not multibase"])
def test_an_endorsement_with_a_digest_that_nobody_can_check(
    trade: Trade, claimed: JsonObject, digest: str
) -> None:
    named = builds_on(claimed, digestMultibase=digest)
    confirmed = confirm(trade.employer, None, SKILL, on=[named])
    assert "evidence.claim_changed" in counts_for_nothing(trade, claimed, confirmed)


def test_an_endorsement_of_the_right_digest_under_another_identifier(
    trade: Trade, claimed: JsonObject
) -> None:
    other = claim(trade.holder, [OTHER])
    swapped = builds_on(claimed, other["id"])
    confirmed = confirm(trade.employer, None, SKILL, on=[swapped])
    weighed = trade.weigh([claimed, other], [confirmed])[SKILL]
    assert weighed.strength is SOFT


def test_an_endorsement_of_the_achievement_definition(trade: Trade, claimed: JsonObject) -> None:
    definition = claimed["credentialSubject"]["achievement"]["id"]
    for named in (None, claimed):
        why = counts_for_nothing(trade, claimed, confirm(trade.employer, named, definition))
        assert "evidence.of_definition" in why


def test_an_endorsement_of_the_organisation(trade: Trade) -> None:
    badge = trade.school.issue(trade.holder, [SKILL], genres=["observation"])
    endorsed = confirm(trade.employer, None, trade.school.did)
    weighed = trade.weigh([badge], [endorsed])[SKILL]
    assert weighed.strength is SOFT
    assert "evidence.of_organisation" in codes(weighed, idle=True)


def test_an_endorsement_of_something_unheard_of_is_of_nothing(trade: Trade, claimed: JsonObject) -> None:
    weighed = trade.weigh([claimed], [confirm(trade.employer, None, f"{ESCO}juggling")])
    assert set(weighed) == {SKILL, OTHER}
    assert len(weighed[SKILL].links) == 1


# Inside a badge


def embedded(trade: Trade, claimed: JsonObject, inside: JsonObject) -> JsonObject:
    """A badge of the holder's own with an endorsement in it."""
    document = claim(trade.holder, [SKILL])
    del document["proof"]
    document["endorsement"] = [inside]
    return trade.holder.sign(document)


def test_an_endorsement_embedded_without_digest(trade: Trade, claimed: JsonObject) -> None:
    bare = unsigned_confirmation(trade.employer, None, SKILL)
    holding = embedded(trade, claimed, trade.employer.sign(bare))
    weighed = trade.weigh([holding])[SKILL]
    assert (weighed.strength, weighed.answer) == (SOFT, YES)
    assert "evidence.no_digest" in codes(weighed, idle=True)


def test_an_unverified_endorsement_embedded(trade: Trade, claimed: JsonObject) -> None:
    forged = confirm(trade.employer, claimed, SKILL) | {"name": "Changed"}
    weighed = trade.weigh([claimed, embedded(trade, claimed, forged)])[SKILL]
    assert weighed.strength is SOFT
    assert "evidence.endorsements_refused" in codes(weighed)


def test_an_endorsement_embedded_with_the_digest_counts_as_any(trade: Trade, claimed: JsonObject) -> None:
    inside = confirm(trade.employer, claimed, SKILL)
    holding = embedded(trade, claimed, inside)
    assert trade.weigh([claimed, holding])[SKILL].strength is SEMI
    both = trade.weigh([claimed, holding], [inside])[SKILL]
    assert (both.strength, len(both.links)) == (SEMI, 3)


def test_an_unverified_endorsement_is_no_endorsement(trade: Trade, claimed: JsonObject) -> None:
    forged = confirm(trade.employer, claimed, SKILL)
    forged["credentialSubject"]["id"] = OTHER
    report = verify_endorsement(forged, trade.world.context)
    assert (report.answer, report.endorsement) == (NO, None)


# Recognition


def test_an_employer_recognised_for_other_skills_only(trade: Trade, claimed: JsonObject) -> None:
    trade.recognising(employer={"skills": frozenset({OTHER})})
    confirmed = confirm(trade.employer, claimed)
    weighed = trade.weigh([claimed], [confirmed])
    assert (weighed[SKILL].strength, weighed[OTHER].strength) == (SOFT, SEMI)
    assert "evidence.recognised_otherwise" in codes(weighed[SKILL])


def test_a_claim_that_borrows_the_achievement_for_which_an_employer_is_recognised(trade: Trade) -> None:
    """Who may award an achievement is not thereby recognised to confirm whatever names it."""
    award = "https://badges.example/achievements/1"  # what the claim names as well
    trade.recognising(employer={"achievements": frozenset({award})})
    claimed = claim(trade.holder, [SKILL])
    assert claimed["credentialSubject"]["achievement"]["id"] == award
    assert trade.weigh([claimed], [confirm(trade.employer, claimed, SKILL)])[SKILL].strength is SOFT


@pytest.mark.parametrize("days", [-1, 1])
def test_an_employer_recognised_at_another_time(trade: Trade, claimed: JsonObject, days: int) -> None:
    bounds = {"valid_from": NOW + timedelta(days=1)} if days > 0 else {"valid_until": NOW - timedelta(days=1)}
    trade.recognising(employer=bounds)
    confirmed = confirm(trade.employer, claimed, SKILL, at=NOW - timedelta(days=30))
    assert trade.weigh([claimed], [confirmed])[SKILL].strength is SOFT


def test_a_validator_does_not_validate_by_endorsing(trade: Trade, claimed: JsonObject) -> None:
    """An endorsement has no result and names no assessor: semi-hard at most."""
    confirmed = confirm(trade.validator, claimed, SKILL, genres=["validation"])
    weighed = trade.weigh([claimed], [confirmed])[SKILL]
    assert weighed.strength is SEMI
    assert "evidence.confirmed_only" in codes(weighed)
    assert {reason.code for reason in weighed.raise_by} == {"evidence.raise.ask_assessor"}


# Circles


def circle(trade: Trade, claimed: JsonObject) -> list[JsonObject]:
    """Two endorsements that confirm each other; one bears the identifier of an older version of itself."""
    older = confirm(trade.employer, claimed, claimed["id"], credential_id="urn:uuid:1")
    second = confirm(trade.employer, None, older["id"], on=[builds_on(older)], credential_id="urn:uuid:2")
    first = confirm(trade.employer, None, second["id"], on=[builds_on(second)], credential_id="urn:uuid:1")
    return [first, second]


def test_a_circle_of_endorsements(trade: Trade, claimed: JsonObject) -> None:
    first, second = circle(trade, claimed)
    weighed = trade.weigh([claimed], [first, second])[SKILL]
    assert (weighed.strength, weighed.answer, len(weighed.links)) == (SOFT, YES, 1)


def test_a_circle_that_takes_the_claim_along(trade: Trade, claimed: JsonObject) -> None:
    """An endorsement of the claim and of the circle counts for the claim; one in the circle for nothing."""
    first, second = circle(trade, claimed)
    within = confirm(trade.employer, claimed, SKILL, on=[builds_on(second)], credential_id="urn:uuid:1")
    assert "evidence.in_loop" in counts_for_nothing(trade, claimed, within, second)
    outside = confirm(trade.employer, claimed, SKILL, on=[builds_on(second)])
    assert trade.weigh([claimed], [first, second, outside])[SKILL].strength is SEMI


def test_an_endorsement_of_itself(trade: Trade, claimed: JsonObject) -> None:
    itself = {"id": "urn:uuid:9", "digestMultibase": digest_multibase(b"x"), "mediaType": "application/vc"}
    made = confirm(trade.employer, claimed, SKILL, on=[itself], credential_id="urn:uuid:9")
    assert "evidence.in_loop" in counts_for_nothing(trade, claimed, made)


def test_badges_that_validate_each_other(trade: Trade) -> None:
    """What rests on itself is a word and no more, and nothing to build on."""
    args: dict[str, Any] = {"assessor": trade.assessor.profile}
    older = validate(trade.validator, trade.holder, [SKILL], [], credential_id="urn:uuid:1", **args)
    second = validate(trade.validator, trade.holder, [SKILL], [older], credential_id="urn:uuid:2", **args)
    first = validate(trade.validator, trade.holder, [SKILL], [second], credential_id="urn:uuid:1", **args)
    weighed = trade.weigh([first, second])[SKILL]
    assert (weighed.strength, weighed.answer) == (SOFT, YES)
    assert "evidence.lowered.in-circle" in codes(weighed)
    assert "evidence.raise.ask_again_on_base" in {reason.code for reason in weighed.raise_by}
    above = validate(trade.validator, trade.holder, [SKILL], [first], **args)
    link = trade.weigh([first, second, above])[SKILL].links[0]
    assert (link.credential_id, link.ceiling, link.evidence_state) == (
        above["id"],
        SEMI,
        EvidenceState.FALLEN,
    )


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
