"""An SD-JWT VC that is no badge: the checks of its showing, and its own."""

from datetime import timedelta
from typing import Any

import pytest

from passport.answers import Answer
from passport.documents import DocumentCache
from passport.encoding import base64url_encode
from passport.errors import PassportError
from passport.jose import jws
from passport.jose.claims import numeric_date
from passport.json import dump
from passport.openid4vp.plain_sd_jwt import PlainReport, read_plain, verify_plain
from passport.sd_jwt import present
from passport.sd_jwt.disclosure import digest
from passport.sd_jwt.issue import issue
from passport.sd_jwt.key_binding import sign_key_binding
from passport.verification import Context
from passport.verification.genuine import status_lists
from tests.simulators.parties import NOW, Party

REGISTRY, WORKER, STRANGER = Party("Registry"), Party("Worker"), Party("Stranger")
VCT = "https://registry.example/licence"
NONCE, VERIFIER = "n" * 22, "x509_hash:abc"


def licence(*, signer: Party = REGISTRY, header: Any = None, without: str = "", **claims: Any) -> str:
    whole = {"iss": REGISTRY.did, "vct": VCT, "category": "forklift", "name": "Sam", **claims}
    return issue(
        {name: value for name, value in whole.items() if name != without},
        disclosable=["/category", "/name"],
        signer=signer.signer,
        header={"typ": "dc+sd-jwt", "kid": REGISTRY.method, **(header or {})},
        holder_key=WORKER.signer.public_key,
    )


def shown(token: str, **changed: Any) -> str:
    terms = {"nonce": NONCE, "audience": VERIFIER, "now": NOW, **changed}
    return present(token, pointers=["/category"], holder=WORKER.signer, **terms)


def verified(text: str) -> PlainReport:
    read = read_plain(text)
    assert read is not None
    context = Context(DocumentCache(), NOW)
    return verify_plain(*read, context, status_lists(context), nonce=NONCE, audience=VERIFIER)


def refused(report: PlainReport) -> str:
    return next(check.code for check in report.checks if check.answer is not Answer.YES)


def test_a_genuine_one_says_from_whom_and_only_what_was_shown():
    report = verified(shown(licence()))
    assert {check.answer for check in report.checks} == {Answer.YES}
    assert (report.genuine, report.standing) == (Answer.YES, Answer.YES)
    assert (report.issuer, report.vct, report.claims) == (REGISTRY.did, VCT, {"category": "forklift"})
    assert report.holder_key == WORKER.signer.public_key
    assert report.error is None


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        ({"nonce": "x" * 22}, "challenge"),
        ({"audience": "x509_hash:other"}, "domain"),
        ({"now": NOW - timedelta(minutes=7)}, "proof_holds"),
        ({"now": NOW + timedelta(minutes=2)}, "proof_holds"),
    ],
)
def test_attack_shown_to_somebody_else_or_at_another_time(changed, check):
    assert refused(verified(shown(licence(), **changed))) == check


def test_attack_bound_to_another_key_or_to_none():
    token = present(licence(), pointers=[], holder=None, nonce="", audience="", now=NOW)
    assert refused(verified(token)) == "proof_holds"
    terms = {"nonce": NONCE, "audience": VERIFIER, "now": NOW}
    stolen = token + sign_key_binding(token, algorithm="sha-256", holder=STRANGER.signer, **terms)
    assert refused(verified(stolen)) == "proof_holds"


@pytest.mark.parametrize(
    ("token", "answer"),
    [
        (licence(signer=STRANGER), Answer.NO),
        (licence(header={"kid": STRANGER.method}), Answer.NO),
        (licence(iss="https://registry.example"), Answer.CANNOT_TELL),
        (licence(without="iss"), Answer.CANNOT_TELL),
        (
            licence(iss="did:web:registry.example", header={"kid": "did:web:registry.example#1"}),
            Answer.CANNOT_TELL,
        ),
        (licence(iat=numeric_date(NOW + timedelta(hours=1))), Answer.NO),
        (licence(iat="yesterday"), Answer.NO),
    ],
)
def test_what_its_issuer_did_not_sign_is_not_genuine(token, answer):
    report = verified(shown(token))
    assert report.genuine is answer
    assert refused(report) == "credentials_genuine"


@pytest.mark.parametrize(
    ("claims", "standing"),
    [
        ({"exp": numeric_date(NOW + timedelta(days=1))}, Answer.YES),
        ({"exp": numeric_date(NOW - timedelta(days=1))}, Answer.NO),
        ({"nbf": numeric_date(NOW + timedelta(days=1))}, Answer.NO),
        ({"status": {"status_list": {"idx": 1, "uri": "https://registry.example/1"}}}, Answer.CANNOT_TELL),
        ({"status": {"status_list": {"idx": -1, "uri": "https://registry.example/1"}}}, Answer.CANNOT_TELL),
        ({"status": {"status_list": {"idx": 1}}}, Answer.CANNOT_TELL),
        ({"status": {"other": {}}}, Answer.CANNOT_TELL),
        ({"status": {}}, Answer.CANNOT_TELL),
        ({"status": "good"}, Answer.CANNOT_TELL),
    ],
)
def test_its_standing_is_told_apart(claims, standing):
    report = verified(shown(licence(**claims)))
    assert (report.genuine, report.standing) == (Answer.YES, standing)


def test_a_status_list_by_its_issuer_that_is_out_of_reach_is_wanted():
    read = read_plain(shown(licence(status={"status_list": {"idx": 1, "uri": "https://registry.example/1"}})))
    assert read is not None
    documents = DocumentCache()
    context = Context(documents, NOW)
    verify_plain(*read, context, status_lists(context), nonce=NONCE, audience=VERIFIER)
    assert documents.wanted == {"https://registry.example/1"}


def test_badges_and_other_tokens_are_not_for_this_list():
    assert read_plain(licence(credentialSubject={"id": WORKER.did})) is None
    assert read_plain(licence(**{"@context": ["https://www.w3.org/ns/credentials/v2"]})) is None
    assert read_plain(licence(without="vct")) is None
    assert read_plain(licence(vct=7)) is None


@pytest.mark.parametrize("name", ["iss", "vct", "exp", "status"])
def test_attack_a_claim_that_a_check_needs_came_out_of_a_disclosure(name):
    claims = {"iss": REGISTRY.did, "vct": VCT, "exp": numeric_date(NOW), "status": {}}
    disclosure = base64url_encode(dump(["salt-of-128-bits-here", name, claims.pop(name)]))
    hidden = {**claims, "_sd_alg": "sha-256", "_sd": [digest(disclosure, "sha-256")]}
    header = {"typ": "dc+sd-jwt", "kid": REGISTRY.method}
    token = jws.sign(dump(hidden), signer=REGISTRY.signer, header=header)
    with pytest.raises(PassportError):
        read_plain(f"{token}~{disclosure}~")


def test_attack_another_type_of_token():
    with pytest.raises(PassportError):
        read_plain(licence(header={"typ": "JWT"}))
