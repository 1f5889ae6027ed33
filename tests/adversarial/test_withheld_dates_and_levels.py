"""A36: what the holder of a careless issuer's SD-JWT leaves out makes no evidence younger and no level wider.

A derived proof does not show what was left out: there what raises must be mandatory, to count for certain.
"""

from datetime import timedelta

import pytest

from passport.answers import Answer
from passport.evidence import Demand, decide, weigh
from passport.json import parse_object
from passport.proofs.selective import derive
from passport.sd_jwt import issue
from passport.sd_jwt.digital_credential import badge_claims
from passport.sd_jwt.disclosable import disclosable_pointers, mandatory_pointers
from passport.securing import Withheld
from passport.trust import Recognition
from passport.verification import verify_credential
from tests.simulators.every_form import SD, VCT, school, secure, unsigned
from tests.simulators.parties import ESCO, NOW, Party, World, recognise

SCHOOL, WORKER = school(), Party("Worker")
WELD, CUT = f"{ESCO}weld", f"{ESCO}cut"
END = NOW.replace(year=2031)
FIVE = {"id": "urn:level:5", "type": ["RubricCriterionLevel"], "name": "Five", "level": "5"}
RUBRIC = {
    "id": "urn:rubric:1",
    "type": ["ResultDescription"],
    "name": "Welding",
    "resultType": "RubricCriterionLevel",
    "rubricCriterionLevel": [FIVE],
}
OF_WELDING = {"type": ["Alignment"], "targetUrl": WELD, "targetName": "weld"}
RESULT = {"status": "Completed", "achievedLevel": "urn:level:5", "resultDescription": "urn:rubric:1"}


def badge(*, result=RESULT, rubric=RUBRIC, **members):
    """Nothing that lowers the strength could be hidden: it is all there."""
    made = unsigned(
        SCHOOL,
        WORKER,
        [WELD, CUT],
        kind="Diploma",
        genres=["examination"],
        results=[result],
        source={"id": "did:web:assessor.example"},
        valid_until=END,
        achievement={"tag": ["a"], "resultDescription": [rubric]},
        **members,
    )
    return {**made, "awardedDate": "2026-10-01T00:00:00Z"}


def left_out(document, *pointers):
    """By an issuer that lets its holders leave anything out, which this one does."""
    text = issue(
        badge_claims(document, vct=VCT, status=None),
        disclosable=pointers,
        signer=SCHOOL.signer,
        header={"typ": "dc+sd-jwt", "kid": SCHOOL.method},
    )
    return f"{text.partition('~')[0]}~".encode()


def met(source, demand):
    world = World()
    world.publish(SCHOOL.did_document())
    verified = verify_credential(source, world.context).require()
    assert verified.standing is Answer.YES
    trust = world.trusting(recognise(SCHOOL, Recognition.EDUCATOR))
    (result,) = decide([demand], weigh([verified], trust=trust, now=NOW, holder=WORKER.did), NOW)
    return result.answer


YOUNG = Demand(WELD, "weld", maximum_age_months=12)
LONG_AGO = NOW - timedelta(days=4_000)


@pytest.mark.parametrize("member", ["activityEndDate", "activityStartDate"])
def test_leaving_out_when_it_was_does_not_make_it_younger(member):
    dates = {"activityEndDate": {"activity_end": LONG_AGO}, "activityStartDate": {"activity_start": LONG_AGO}}
    document = badge(**dates[member])
    assert met(left_out(document), YOUNG) is Answer.NO
    assert met(left_out(document, f"/credentialSubject/{member}"), YOUNG) is Answer.CANNOT_TELL


def test_a_date_that_is_shown_counts_whatever_else_is_left_out():
    document = badge(activity_end=NOW - timedelta(days=30), role="welder")
    assert met(left_out(document, "/credentialSubject/role"), YOUNG) is Answer.YES


FIVE_IN_CUTTING = Demand(CUT, "cut", level=5)
IN_RESULT = badge(result={**RESULT, "alignment": [OF_WELDING]})
IN_RUBRIC = badge(rubric={**RUBRIC, "alignment": [OF_WELDING]})


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (IN_RESULT, "/credentialSubject/result/0/alignment"),
        (IN_RESULT, "/credentialSubject/result/0/alignment/0"),
        (IN_RUBRIC, "/credentialSubject/achievement/resultDescription/0/alignment"),
        (IN_RUBRIC, "/credentialSubject/achievement/resultDescription/0/alignment/0"),
    ],
)
def test_leaving_out_of_which_skill_a_level_speaks_does_not_give_it_to_others(document, pointer):
    assert met(left_out(document), FIVE_IN_CUTTING) is Answer.CANNOT_TELL
    assert met(left_out(document, pointer), FIVE_IN_CUTTING) is Answer.CANNOT_TELL


def test_a_level_that_says_its_skill_counts_for_that_skill_whatever_else_is_left_out():
    document = badge(result={**RESULT, "alignment": [OF_WELDING], "value": "9"})
    shown = left_out(document, "/credentialSubject/result/0/value")
    assert met(shown, Demand(WELD, "weld", level=5)) is Answer.YES


def verified(source):
    world = World()
    world.publish(SCHOOL.did_document())
    return verify_credential(source, world.context).require()


MOST = ("/issuer", "/validFrom", "/validUntil", "/evidence", "/credentialSubject/source")
TAGS, KIND = "/credentialSubject/achievement/tag", "/credentialSubject/achievement/achievementType"
STATUS, LEVEL, SKILLS = (
    f"/credentialSubject/result/0/{each}" for each in ("status", "achievedLevel", "alignment")
)


@pytest.mark.parametrize(
    ("left", "found"),
    [
        (KIND, Withheld.STRENGTH),
        ("/awardedDate", Withheld.DATE),
        (SKILLS, Withheld.LEVEL),
    ],
)
def test_what_raises_is_not_certain_where_its_issuer_did_not_make_it_mandatory(left, found):
    document = badge(result={**RESULT, "alignment": [OF_WELDING]})
    mandatory = [each for each in (*MOST, TAGS, KIND, STATUS, LEVEL, SKILLS, "/awardedDate") if each != left]
    base = parse_object(secure(document, SD, SCHOOL, WORKER, mandatory=mandatory))
    everything = derive(base, selective_pointers=("/credentialSubject", "/awardedDate"))
    assert verified(everything).withheld == {Withheld.STATUS, found}


def test_an_award_counts_for_nothing_beside_the_activity_itself():
    document = badge(activity_end=LONG_AGO)
    mandatory = [each for each in mandatory_pointers(document) if each != "/awardedDate"]
    base = parse_object(secure(document, SD, SCHOOL, WORKER, mandatory=mandatory))
    shown = derive(base, selective_pointers=("/awardedDate", *disclosable_pointers(document)))
    assert verified(shown).withheld == {Withheld.STATUS}


def test_the_value_of_a_result_with_a_level_can_be_left_out_where_its_skills_are_named():
    value = "/credentialSubject/result/0/value"
    bare, aligned = {**RESULT, "value": "9"}, {**RESULT, "value": "9", "alignment": [OF_WELDING]}
    assert value not in disclosable_pointers(badge(result=bare))
    assert value in disclosable_pointers(badge(result=aligned))


@pytest.mark.parametrize(
    ("gone", "found"),
    [
        (STATUS, Withheld.STRENGTH),
        (SKILLS, Withheld.LEVEL),
    ],
)
def test_a_result_is_not_shown_without_the_word_that_lowers_it(gone, found):
    """It is absent, and the rest of the result is not all mandatory: the holder may have left it out."""
    document = badge(result={**RESULT, "status": "Failed", "value": "9", "alignment": [OF_WELDING]})
    mandatory = [each for each in (*MOST, TAGS, KIND, STATUS, LEVEL, SKILLS, "/awardedDate") if each != gone]
    base = parse_object(secure(document, SD, SCHOOL, WORKER, mandatory=mandatory))
    value = "/credentialSubject/result/0/value"
    shown = derive(base, selective_pointers=("/credentialSubject/achievement", value))
    assert gone.rpartition("/")[2] not in shown["credentialSubject"]["result"][0]
    assert verified(shown).withheld == {Withheld.STATUS, found}
