"""Function profiles and presentation requests: strict, signed by whom they name, for one of four purposes."""

import copy
import uuid
from datetime import timedelta

import pytest

from passport.errors import SignatureMismatch
from passport.errors.evidence import (
    FunctionProfileExpired,
    FunctionProfileNotYetValid,
    MalformedFunctionProfile,
    MalformedPresentationRequest,
    PresentationRequestExpired,
    PresentationRequestNotYetValid,
    PurposeMismatch,
)
from passport.errors.proofs import ProofMissing
from passport.errors.trust import PublisherMismatch, UnexpectedPublisher
from passport.evidence import (
    Demand,
    Purpose,
    Strength,
    build_function_profile,
    build_presentation_request,
    parse_function_profile,
    parse_presentation_request,
    verify_function_profile,
    verify_presentation_request,
)
from passport.json import dump
from passport.trust import Recognition
from passport.verification import Context
from tests.simulators.parties import ESCO, NOW, Party, World

WORLD = World()
EMPLOYER = Party("Employer")
SECOND = timedelta(seconds=1)
FULL = Demand(
    skill=ESCO + "1",
    label="welding",
    required=True,
    level=3,
    minimum_strength=Strength.SEMI_HARD,
    maximum_age_months=24,
    accepted_recognitions=frozenset({Recognition.EDUCATOR, Recognition.VALIDATOR}),
    accepted_issuers=frozenset({"did:web:school.example"}),
    records_shown=True,
)
LEAST = Demand(skill=ESCO + "2", label="reading drawings", required=False)


def unsigned_profile(**members):
    return build_function_profile(
        **{
            "profile_id": "https://employer.example/profiles/welder",
            "version": 1,
            "name": {"en": "Welder", "nl": "Lasser"},
            "publisher": EMPLOYER.did,
            "publisher_name": EMPLOYER.name,
            "purpose": Purpose.LABOUR_MARKET,
            "taxonomy": "ESCO 1.1.1",
            "demands": [FULL, LEAST],
            "valid_from": NOW - timedelta(days=1),
            "valid_until": NOW + timedelta(days=1),
            "occupation": "http://data.europa.eu/esco/occupation/1",
            **members,
        }
    )


def signed_profile(**members):
    return EMPLOYER.sign(unsigned_profile(**members))


def unsigned_request(**members):
    return build_presentation_request(
        **{
            "request_id": f"urn:uuid:{uuid.UUID(int=1)}",
            "challenge": "c" * 22,
            "domain": "https://employer.example",
            "verifier": EMPLOYER.did,
            "verifier_name": EMPLOYER.name,
            "purpose": Purpose.LABOUR_MARKET,
            "profile": signed_profile(),
            "valid_from": NOW,
            "valid_until": NOW + timedelta(seconds=300),
            "response_uri": "https://employer.example/responses/1",
            **members,
        }
    )


def at(moment):
    return Context(WORLD.cache, moment)


def put(path, value):
    def change(document):
        *way, last = path
        place = document
        for step in way:
            place = place[step]
        if value is ...:
            del place[last]
        else:
            place[last] = value

    return change


def test_what_is_built_is_read_back():
    profile = verify_function_profile(dump(signed_profile()), context=WORLD.context)
    assert profile.demands == (FULL, LEAST)
    assert (profile.publisher, profile.purpose, profile.taxonomy) == (
        EMPLOYER.did,
        Purpose.LABOUR_MARKET,
        "ESCO 1.1.1",
    )
    assert profile.occupation == "http://data.europa.eu/esco/occupation/1"
    assert parse_function_profile(unsigned_profile(occupation=None)).occupation is None


def test_the_publisher_may_be_pinned():
    document = signed_profile()
    verify_function_profile(document, context=WORLD.context, expected_publishers={EMPLOYER.did})
    with pytest.raises(UnexpectedPublisher):
        verify_function_profile(document, context=WORLD.context, expected_publishers={"did:web:x.example"})


def test_signed_by_another_or_changed_or_not_at_all():
    with pytest.raises(PublisherMismatch):
        verify_function_profile(Party("Other").sign(unsigned_profile()), context=WORLD.context)
    changed = signed_profile()
    changed["demands"][0]["level"] = 1
    with pytest.raises(SignatureMismatch):
        verify_function_profile(changed, context=WORLD.context)
    with pytest.raises(ProofMissing):
        verify_function_profile(unsigned_profile(), context=WORLD.context)


def test_the_profile_has_its_days():
    document = signed_profile()
    begins, ends = NOW - timedelta(days=1), NOW + timedelta(days=1)
    with pytest.raises(FunctionProfileExpired):
        verify_function_profile(document, context=at(ends + 60 * SECOND))
    verify_function_profile(document, context=at(ends + 59 * SECOND))
    early = EMPLOYER.sign(unsigned_profile(), at=begins - 120 * SECOND)
    with pytest.raises(FunctionProfileNotYetValid):
        verify_function_profile(early, context=at(begins - 61 * SECOND))
    verify_function_profile(early, context=at(begins - 60 * SECOND))


MALFORMED = {
    "no demand": put(["demands"], []),
    "demands absent": put(["demands"], ...),
    "65 demands": put(["demands"], [{"skill": f"{ESCO}{n}"} for n in range(65)]),
    "a demand more": put(["demands", 0, "salary"], 1),
    "skill is a word": put(["demands", 0, "skill"], "welding"),
    "skill twice": put(["demands", 1, "skill"], ESCO + "1"),
    "required is text": put(["demands", 0, "required"], "yes"),
    "required absent": put(["demands", 0, "required"], ...),
    "no label": put(["demands", 0, "label"], ""),
    "level 0": put(["demands", 0, "level"], 0),
    "level 101": put(["demands", 0, "level"], 101),
    "level null": put(["demands", 0, "level"], None),
    "strength unknown": put(["demands", 0, "minimumStrength"], "medium"),
    "strength absent": put(["demands", 0, "minimumStrength"], ...),
    "age 0": put(["demands", 0, "maximumAgeMonths"], 0),
    "age 1201": put(["demands", 0, "maximumAgeMonths"], 1_201),
    "accepts nobody": put(["demands", 0, "acceptedRecognitions"], []),
    "accepts kings": put(["demands", 0, "acceptedRecognitions"], ["king"]),
    "accepts a website": put(["demands", 0, "acceptedIssuers"], ["https://school.example"]),
    "accepts no issuer": put(["demands", 0, "acceptedIssuers"], []),
    "records 1": put(["demands", 0, "recordsShown"], 1),
    "purpose unknown": put(["purpose"], "marketing"),
    "purpose absent": put(["purpose"], ...),
    "purpose a list": put(["purpose"], ["labour-market"]),
    "occupation a word": put(["occupation"], "welder"),
    "taxonomy absent": put(["taxonomy"], ...),
    "publisher more": put(["publisher", "email"], "x@example.org"),
    "type": put(["type"], "Profile"),
    "more": put(["callback"], "https://evil.example"),
    "dates turned round": put(["validUntil"], "2020-01-01T00:00:00Z"),
}


@pytest.mark.parametrize("change", MALFORMED.values(), ids=MALFORMED)
def test_malformed_profile(change):
    document = copy.deepcopy(signed_profile())
    change(document)
    with pytest.raises(MalformedFunctionProfile):
        parse_function_profile(dump(document))


def test_64_demands_fit():
    demands = [Demand(f"{ESCO}{n}", "a skill") for n in range(64)]
    assert len(parse_function_profile(unsigned_profile(demands=demands)).demands) == 64


@pytest.mark.parametrize("purpose", Purpose)
def test_a_request_is_read_back_for_each_purpose(purpose):
    document = EMPLOYER.sign(unsigned_request(purpose=purpose, profile=signed_profile(purpose=purpose)))
    request = verify_presentation_request(dump(document), context=WORLD.context)
    assert (request.purpose, request.challenge, request.domain) == (
        purpose,
        "c" * 22,
        "https://employer.example",
    )
    assert request.profile.demands == (FULL, LEAST)
    assert request.verifier_name == "Employer"


def test_another_purpose_than_the_profile_was_published_for():
    document = EMPLOYER.sign(unsigned_request(purpose=Purpose.DEVELOPMENT))
    with pytest.raises(PurposeMismatch):
        verify_presentation_request(document, context=WORLD.context)


def test_a_request_signed_by_another():
    with pytest.raises(PublisherMismatch):
        verify_presentation_request(Party("Other").sign(unsigned_request()), context=WORLD.context)


def test_a_request_with_a_profile_that_nobody_signed_or_that_was_changed():
    with pytest.raises(ProofMissing):
        verify_presentation_request(
            EMPLOYER.sign(unsigned_request(profile=unsigned_profile())), context=WORLD.context
        )
    changed = signed_profile()
    changed["demands"][0]["minimumStrength"] = "hard"
    with pytest.raises(SignatureMismatch):
        verify_presentation_request(EMPLOYER.sign(unsigned_request(profile=changed)), context=WORLD.context)


def test_a_request_has_its_minutes():
    document = EMPLOYER.sign(unsigned_request(), at=NOW - 120 * SECOND)
    with pytest.raises(PresentationRequestNotYetValid):
        verify_presentation_request(document, context=at(NOW - 61 * SECOND))
    verify_presentation_request(document, context=at(NOW - 60 * SECOND))
    verify_presentation_request(document, context=at(NOW + 359 * SECOND))
    with pytest.raises(PresentationRequestExpired):
        verify_presentation_request(document, context=at(NOW + 360 * SECOND))


MALFORMED_REQUESTS = {
    "id is no uuid": put(["id"], "https://employer.example/1"),
    "challenge absent": put(["challenge"], ...),
    "challenge of 21": put(["challenge"], "c" * 21),
    "challenge of 129": put(["challenge"], "c" * 129),
    "challenge with a space": put(["challenge"], "c" * 21 + " c"),
    "no domain": put(["domain"], ""),
    "no verifier": put(["verifier"], ...),
    "verifier is a website": put(["verifier", "id"], "https://employer.example"),
    "verifier with more": put(["verifier", "logo"], "https://employer.example/logo"),
    "answer by http": put(["responseUri"], "http://employer.example/r"),
    "answer elsewhere": put(["responseUri"], "https://evil.example/r"),
    "answer at a look-alike": put(["responseUri"], "https://employer.example.evil.example/r"),
    "answer at another port": put(["responseUri"], "https://employer.example:8443/r"),
    "answer at no port": put(["responseUri"], "https://employer.example:port/r"),
    "answer with a user": put(["responseUri"], "https://evil@employer.example/r"),
    "answer with a fragment": put(["responseUri"], "https://employer.example/r#x"),
    "answer by file": put(["responseUri"], "file://employer.example/etc/passwd"),
    "answer null": put(["responseUri"], None),
    "dates turned round": put(["validUntil"], "2020-01-01T00:00:00Z"),
    "more": put(["demands"], []),
    "type": put(["type"], "Request"),
}


@pytest.mark.parametrize("change", MALFORMED_REQUESTS.values(), ids=MALFORMED_REQUESTS)
def test_malformed_request(change):
    document = copy.deepcopy(unsigned_request())
    change(document)
    with pytest.raises(MalformedPresentationRequest):
        parse_presentation_request(dump(document))


@pytest.mark.parametrize("profile", [None, "x", [], {}])
def test_a_request_without_a_profile(profile):
    document = unsigned_request()
    document["profile"] = profile
    with pytest.raises(MalformedFunctionProfile):
        parse_presentation_request(dump(document))


@pytest.mark.parametrize(
    ("domain", "response_uri"),
    [
        ("http://127.0.0.1:8102", "http://127.0.0.1:8102/responses/1"),
        ("localhost:8102", "http://localhost:8102/responses/1"),
        ("employer.example", "https://employer.example/responses/1"),
        ("did:web:employer.example", None),
        ("did:web:employer.example", "https://employer.example/responses/1"),
        ("did:web:localhost%3A8102:e:yard", "http://localhost:8102/r/1"),
    ],
)
def test_where_the_answer_goes(domain, response_uri):
    document = unsigned_request(domain=domain, response_uri=response_uri)
    assert parse_presentation_request(document).response_uri == response_uri
