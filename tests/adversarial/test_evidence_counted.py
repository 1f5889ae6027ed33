"""A36: laundering. The same proof twice, by two names, about another or signed again counts for no more."""

from datetime import timedelta
from hashlib import sha384

import pytest

from passport.answers import Answer
from passport.encoding import multibase_encode
from passport.evidence import EvidenceState, Strength, weigh
from tests.simulators.evidence_cast import FILE, LIST, SKILL, Cast, assessment, weigh_all
from tests.simulators.parties import ESCO, NOW, Party, status_entry

SOFT, SEMI, HARD = Strength


@pytest.fixture(scope="module")
def cast() -> Cast:
    return Cast()


def test_the_holders_company_is_found_out_by_its_key(cast):
    """The company has a DID of its own, but one of its credentials is signed with the holder's key."""
    by_company = cast.self_employed.issue(cast.holder, [ESCO + "baking"], genres=["work-record"])
    weighed = weigh_all(cast, assessment(cast, source=cast.self_employed.profile), by_company)
    assert weighed[SKILL].strength is SOFT
    assert weighed[ESCO + "baking"].strength is SOFT


def test_an_employer_by_its_work_record_is_no_independent_assessor(cast):
    """On no trust list: the holder's own credentials show that it employed the holder."""
    record = cast.stranger.issue(cast.holder, [ESCO + "baking"], genres=["work-record"])
    assessed = assessment(cast, source=cast.stranger.profile)
    assert weigh_all(cast, assessed)[SKILL].strength is HARD
    assert weigh_all(cast, assessed, record)[SKILL].strength is SEMI


def test_a_validator_that_keeps_work_records_is_no_employer(cast):
    both = cast.validator.issue(
        cast.holder,
        [SKILL],
        genres=["assessment", "work-record"],
        results=[{"value": "8"}],
        source=cast.assessor.profile,
    )
    assert weigh_all(cast, both)[SKILL].strength is HARD


def test_another_did_with_the_assessors_key_is_one_signer(cast):
    other = Party.on_the_web("Employer under a second name", "second.example", cast.employer.signer)
    cast.world.publish(other.did_document())
    first = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    second = other.issue(cast.holder, [SKILL], genres=["work-record"])
    weighed = weigh_all(cast, first, second)[SKILL]
    assert weighed.signers == 1
    assert len(weighed.links) == 2
    third = cast.company.issue(cast.holder, [SKILL], genres=["work-record"])
    assert weigh_all(cast, first, second, third)[SKILL].signers == 2


def test_the_same_record_twice_counts_once(cast):
    first = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"], files=[FILE])
    again = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"], files=[FILE])
    other = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"], files=[FILE + b" and more"])
    weighed = weigh_all(cast, first, again)[SKILL]
    assert (weighed.strength, weighed.records) == (SEMI, 1)
    assert sorted(link.same_evidence for link in weighed.links) == [False, True]
    assert weigh_all(cast, first, again, other)[SKILL].records == 2


def test_the_same_credential_twice_is_one_link(cast):
    document = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    assert len(weigh_all(cast, document, document)[SKILL].links) == 1


def test_many_soft_words_stay_soft(cast):
    documents = [Party(f"Friend {n}").issue(cast.holder, [SKILL], genres=["work-record"]) for n in range(8)]
    weighed = weigh_all(cast, *documents)[SKILL]
    assert (weighed.strength, weighed.signers) == (SOFT, 8)


def test_a_skill_named_twice_is_one_link(cast):
    twice = [{"targetUrl": SKILL, "targetName": name} for name in ("welding", "lassen")]
    document = cast.school.issue(cast.holder, [SKILL], kind="Diploma", achievement={"alignment": twice})
    weighed = weigh_all(cast, document)[SKILL]
    assert (len(weighed.links), weighed.label) == (1, "welding")


def test_a_look_alike_skill_is_another_skill(cast):
    look_alike = "http://data.europa.eu/esco/skill/w%D0%B5lding"
    weighed = weigh_all(
        cast,
        cast.school.issue(cast.holder, [SKILL], kind="Diploma"),
        cast.stranger.issue(cast.holder, {look_alike: "welding"}),
    )
    assert weighed[SKILL].strength is HARD
    assert weighed[look_alike].strength is SOFT


def test_a_credential_about_somebody_else_proves_nothing(cast):
    document = cast.school.issue(Party("Somebody else"), [SKILL], kind="Diploma")
    weighed = weigh_all(cast, document, holder=cast.holder.did)[SKILL]
    assert (weighed.answer, weighed.strength, weighed.strength_without) == (Answer.NO, SOFT, None)
    assert weighed.reasons[0].code == "evidence.other_holder"


def test_a_credential_about_nobody_proves_nothing(cast):
    document = cast.school.issue(cast.holder, [SKILL], kind="Diploma")
    del document["credentialSubject"]["id"], document["proof"]
    weighed = weigh_all(cast, cast.school.sign(document))[SKILL]
    assert (weighed.answer, weighed.strength) == (Answer.NO, SOFT)
    assert weighed.reasons[0].code == "evidence.no_holder"


def test_signing_again_makes_evidence_no_younger(cast):
    old = NOW - timedelta(days=3_650)
    document = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"], activity_end=old)
    weighed = weigh_all(cast, document)[SKILL]
    assert weighed.obtained == old
    assert weighed.links[0].age_months == 119


def test_revoking_one_link_takes_its_share_and_no_more(cast):
    cast.world.publish(cast.school.status_list(LIST, revoked=[7]))
    work = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    diploma = {
        place: cast.school.issue(cast.holder, [SKILL], kind="Diploma", status=[status_entry(LIST, place)])
        for place in (7, 8)
    }
    assert weigh_all(cast, work, diploma[8])[SKILL].strength is HARD
    after = weigh_all(cast, work, diploma[7])[SKILL]
    assert (after.strength, after.answer) == (SEMI, Answer.YES)
    assert [link.ceiling for link in after.links] == [SEMI, None]


def test_what_cannot_be_checked_is_shown_with_and_without(cast):
    work = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    gone = status_entry("https://school.example/status/gone", 1)
    diploma = cast.school.issue(cast.holder, [SKILL], kind="Diploma", status=[gone])
    weighed = weigh_all(cast, work, diploma)[SKILL]
    assert (weighed.answer, weighed.strength, weighed.strength_without) == (Answer.CANNOT_TELL, HARD, SEMI)


def test_a_trust_list_past_its_date_cannot_tell(cast):
    stale = cast.world.trusting(*cast.entries, valid_until=NOW - timedelta(days=2))
    verified = cast.world.verify(cast.school.issue(cast.holder, [SKILL], kind="Diploma"))
    [weighed] = weigh([verified], trust=stale, now=NOW)
    assert (weighed.answer, weighed.strength, weighed.strength_without) == (Answer.CANNOT_TELL, HARD, SOFT)
    assert "evidence.list_stale" in {reason.code for reason in weighed.reasons}


@pytest.mark.parametrize(
    "digest",
    [
        "uEiDx",
        "x" * 46,
        "zQmSomething0OIl",
        "uEyDaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "u",
        "z" + "1" * 200,
    ],
)
def test_a_digest_that_nobody_can_check_binds_nothing(cast, digest):
    document = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    del document["proof"]
    document["relatedResource"][0]["digestMultibase"] = digest
    weighed = weigh_all(cast, cast.employer.sign(document))[SKILL]
    assert (weighed.strength, weighed.links[0].evidence_state) == (SOFT, EvidenceState.UNBOUND)


def test_a_sha384_digest_binds_as_well(cast):
    digest = multibase_encode(bytes((0x20, 0x30)) + sha384(FILE).digest(), "z")
    document = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    del document["proof"]
    document["relatedResource"][0]["digestMultibase"] = digest
    signed = cast.employer.sign(document)
    record = document["evidence"][0]["id"]
    assert weigh_all(cast, signed, files={record: FILE})[SKILL].strength is SEMI
    assert weigh_all(cast, signed, files={record: FILE + b"!"})[SKILL].strength is SOFT


def test_a_record_under_another_id_binds_nothing(cast):
    document = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    del document["proof"]
    document["relatedResource"][0]["id"] = "urn:x:another"
    assert weigh_all(cast, cast.employer.sign(document))[SKILL].strength is SOFT


@pytest.mark.parametrize("shown", [FILE, FILE + b"!", None])
@pytest.mark.parametrize("signer", ["employer", "school", "validator", "stranger", "holder"])
def test_showing_a_record_never_raises_strength(cast, signer, shown):
    document = getattr(cast, signer).issue(
        cast.holder, [SKILL], genres=["work-record", "assessment"], results=[{"value": "8"}], files=[FILE]
    )
    before = weigh_all(cast, document)[SKILL]
    after = weigh_all(cast, document, files={document["evidence"][0]["id"]: shown})[SKILL]
    assert after.strength <= before.strength
    assert (after.strength_without or SOFT) <= before.strength
