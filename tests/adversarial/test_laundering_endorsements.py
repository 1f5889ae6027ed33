"""Laundering by endorsements: of another claim, version, skill or thing, embedded, unrecognised, in circles.

Each test makes the best case that the attack could: everything else about it is as an honest chain has it.
"""

from datetime import timedelta
from typing import Any

import pytest

from passport.answers import Answer
from passport.encoding import digest_multibase
from passport.evidence import EvidenceState, SkillEvidence, Strength
from passport.json import JsonObject
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
from tests.simulators.parties import ESCO, NOW, Party

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
