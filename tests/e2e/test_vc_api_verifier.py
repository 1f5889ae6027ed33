"""The verifier's VC API over real HTTP: as strict as the product, and it says what did not hold."""

import copy
import json
import uuid
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from passport.json import parse_object
from tests.simulators.showing import BREAD, open_story
from tests.simulators.suite_client import V2, accepted, refused

VC, VP = "https://www.w3.org/TR/vc-data-model#", "https://w3id.org/security#"


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    with open_story(tmp_path_factory.mktemp("vc-api")) as made:
        yield made


def ask(story, kind, document, **options):
    member = "verifiableCredential" if kind == "credentials" else "verifiablePresentation"
    with story.client as client:
        return client.post(f"/{kind}/verify", json={member: document, "options": options})


def shown(story, *credentials, **more):
    return parse_object(story.present(list(credentials), **more))


def test_a_genuine_credential_in_force_is_verified(story):
    diploma = story.diploma()
    answer = ask(story, "credentials", diploma)
    accepted(answer)
    assert answer.json()["document"] == diploma
    assert "issuer_key" in answer.json()["checks"]


def test_an_issuer_that_does_not_control_the_key_is_refused(story):
    """The difference to the conformance profile, where the same credential is verified."""
    forged = copy.deepcopy(story.diploma())
    del forged["proof"]
    forged = story.stranger.sign(forged, at=datetime.now(UTC))
    told = refused(ask(story, "credentials", forged))
    assert told["code"] == "key_not_of_issuer"
    assert told["problemDetails"][0]["type"] == f"{VC}CRYPTOGRAPHIC_SECURITY_ERROR"


@pytest.mark.parametrize("proof", [[], {}, None, "x", [None]])
def test_an_empty_proof_is_refused(story, proof):
    refused(ask(story, "credentials", {**story.diploma(), "proof": proof}))
    refused(ask(story, "presentations", {**shown(story, story.diploma()), "proof": proof}))


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"validUntil": "2099-01-01T00:00:00Z"}, "signature_mismatch"),
        ({"colour": "red"}, "undefined_term"),
        ({"evidence": [{"id": "urn:uuid:1"}]}, "missing_member"),
        ({"termsOfUse": {"id": "urn:uuid:1"}}, "missing_member"),
        ({"relatedResource": [{"id": V2, "digestSRI": "sha384-" + "A" * 64}]}, "digest_mismatch"),
        ({"id": "not-a-url"}, "not_a_url"),
        ({"@context": [V2]}, "wrong_context"),
        ({"name": {"@value": "Brood", "@language": "nl", "url": "x:y"}}, "malformed_language_value"),
    ],
)
def test_a_changed_credential_is_refused_and_it_says_why(story, members, code):
    told = refused(ask(story, "credentials", {**story.diploma(), **members}))
    assert (told["code"], told["problemDetails"][0]["code"]) == (code, code)


def test_a_withdrawn_credential_is_refused_and_it_says_so(story):
    diploma = story.diploma(position=11)
    story.publish(revoked=(11,))
    try:
        told = refused(ask(story, "credentials", diploma))
    finally:
        story.publish()
    assert told["code"] == "not_in_force"
    (problem,) = told["problemDetails"]
    assert (problem["code"], problem["title"]) == ("revoked", "The issuer has revoked it.")
    assert problem["type"] == "https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR"


def test_an_expired_credential_is_refused_and_it_says_so(story):
    expired = story.school.issue(
        story.worker, {BREAD: "bake bread"}, genres=["examination"], at=datetime.now(UTC) - timedelta(days=800),
        valid_until=datetime.now(UTC) - timedelta(days=1),
    )  # fmt: skip
    told = refused(ask(story, "credentials", expired))
    assert [problem["code"] for problem in told["problemDetails"]] == ["expired"]
    assert told["problemDetails"][0]["type"] == f"{VC}RANGE_ERROR"


def test_a_status_that_can_not_be_told_is_never_shown_as_good(story):
    kept = story.site.documents.pop("status/1")
    try:
        told = refused(ask(story, "credentials", story.diploma()))
    finally:
        story.site.documents["status/1"] = kept
    assert told["code"] == "not_in_force"


def test_a_presentation_is_held_to_its_challenge_and_domain(story):
    asked = {"challenge": "wRVJ3ogYzKnYk1bO", "domain": "employer.example"}
    answer = shown(story, story.diploma(), **asked)
    accepted(ask(story, "presentations", answer, **asked))
    told = refused(ask(story, "presentations", answer, **{**asked, "challenge": "another-challenge"}))
    assert told["problemDetails"][0]["type"] == f"{VP}INVALID_CHALLENGE_ERROR"
    told = refused(ask(story, "presentations", answer, **{**asked, "domain": "other.example"}))
    assert told["problemDetails"][0]["type"] == f"{VP}INVALID_DOMAIN_ERROR"
    refused(ask(story, "presentations", answer))


def test_a_presentation_that_nobody_asked_for_is_made_just_now(story):
    accepted(ask(story, "presentations", shown(story, story.diploma())))
    old = shown(story, story.diploma(), at=datetime.now(UTC) - timedelta(hours=1))
    refused(ask(story, "presentations", old))


def test_a_presentation_of_somebody_elses_credential_is_refused(story):
    told = refused(ask(story, "presentations", shown(story, story.diploma(), holder=story.stranger)))
    assert told["code"] == "not_of_holder"


@pytest.mark.parametrize("kind", ["credentials", "presentations"])
def test_only_an_employers_program_may_ask(story, kind):
    body = {"verifiableCredential": story.diploma(), "verifiablePresentation": {}}
    assert httpx.post(f"{story.verifier}/{kind}/verify", json=body).status_code == 401


@pytest.mark.parametrize("kind", ["credentials", "presentations"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"verifiableCredential": [], "verifiablePresentation": 7}',
        b'{"verifiableCredential": {"a": NaN}}',
        b'{"verifiableCredential": {"a": "\\ud800"}, "verifiablePresentation": {"a": "\\ud800"}}',
        b'{"verifiableCredential": {}, "verifiableCredential": {}}',
        json.dumps({"verifiableCredential": {}, "verifiablePresentation": {}, "options": 7}).encode(),
        json.dumps(
            {"verifiableCredential": {"a": [[[[]]]]}, "verifiablePresentation": {"id": None}}
        ).encode(),
    ],
)
def test_junk_is_a_400_and_never_a_500(story, kind, body):
    with story.client as client:
        answer = client.post(f"/{kind}/verify", content=body, headers={"Content-Type": "application/json"})
    told = refused(answer)
    assert uuid.UUID(told["instance"].removeprefix("urn:uuid:"))
