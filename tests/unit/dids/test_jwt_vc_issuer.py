"""Issuers of SD-JWT VCs that are addresses: keys at /.well-known/jwt-vc-issuer, and every way they can be wrong."""

import pytest

from passport.answers import Answer
from passport.dids.jwt_vc_issuer import issuer_keys_url
from passport.documents import Fetched
from passport.errors.dids import IssuerNotAnAddress
from passport.json import dump
from passport.sd_jwt import credential as sd_jwt
from passport.verification import verify_credential
from tests.simulators.forms import SchoolOfForms
from tests.simulators.parties import NOW, Party, World

ISSUER = "https://issuer.example/tenants/one"
PLACE = "https://issuer.example/.well-known/jwt-vc-issuer/tenants/one"
KEYS = "https://keys.example/jwks"


@pytest.fixture
def world():
    return World()


SCHOOL = SchoolOfForms()
KEY = {**SCHOOL.p256.public_key.to_jwk(), "kid": "key-1"}


def credential(*, issuer=ISSUER, kid="key-1"):
    unsigned = SCHOOL.unsigned(Party("Worker").did, status=[])
    unsigned["issuer"] = {"id": issuer, "type": ["Profile"], "name": "X"}
    # sign_dc writes DIDs alone: what others write is put together here
    from passport.sd_jwt.digital_credential import badge_claims
    from passport.sd_jwt.issue import issue

    claims = badge_claims(unsigned, vct="https://issuer.example/vct", status=None)
    header = {"typ": sd_jwt.DC_TYPE, "kid": kid}
    key = Party("Worker").signer.public_key
    return issue(claims, disclosable=(), signer=SCHOOL.p256, header=header, holder_key=key).encode()


def published(world, metadata, jwks=None):
    world.publish(Fetched(PLACE, dump(metadata), NOW, "application/json"))
    if jwks is not None:
        world.publish(Fetched(KEYS, dump(jwks), NOW, "application/json"))


def first_failing(report):
    return next((check.code for check in report.checks if check.answer is not Answer.YES), None)


def test_the_keys_of_an_address_verify_what_it_issued(world):
    published(world, {"issuer": ISSUER, "jwks": {"keys": [KEY]}})
    report = verify_credential(credential(), world.context)
    assert report.answer is Answer.YES, report.checks
    assert report.credential.credential.issuer.id == ISSUER


def test_the_keys_may_stand_at_another_address(world):
    published(world, {"issuer": ISSUER, "jwks_uri": KEYS}, {"keys": [KEY]})
    assert verify_credential(credential(), world.context).answer is Answer.YES


def test_keys_that_are_not_at_hand_are_asked_for_and_nothing_is_said_meanwhile(world):
    report = verify_credential(credential(), world.context)
    assert report.answer is Answer.CANNOT_TELL
    assert world.cache.wanted == {PLACE}


OTHER = {**Party("Other").signer.public_key.to_jwk(), "kid": "key-1"}
WRONG = {
    "of another issuer": ({"issuer": "https://issuer.example", "jwks": {"keys": [KEY]}}, None),
    "no keys": ({"issuer": ISSUER}, None),
    "keys twice": ({"issuer": ISSUER, "jwks": {"keys": [KEY]}, "jwks_uri": KEYS}, None),
    "keys at an address without https": ({"issuer": ISSUER, "jwks_uri": "http://issuer.example/jwks"}, None),
    "an address that is none": ({"issuer": ISSUER, "jwks_uri": 7}, None),
    "no set": ({"issuer": ISSUER, "jwks": [KEY]}, None),
    "no list": ({"issuer": ISSUER, "jwks": {"keys": KEY}}, None),
    "too many": ({"issuer": ISSUER, "jwks": {"keys": [KEY] * 200}}, None),
    "keys that are none": ({"issuer": ISSUER, "jwks": {"keys": ["key"]}}, None),
    "another name": ({"issuer": ISSUER, "jwks": {"keys": [{**KEY, "kid": "key-2"}]}}, None),
    "one name for two keys": ({"issuer": ISSUER, "jwks": {"keys": [KEY, OTHER]}}, None),
    "another key": ({"issuer": ISSUER, "jwks": {"keys": [OTHER]}}, None),
    "a private key": ({"issuer": ISSUER, "jwks": {"keys": [{**KEY, "d": "AAAA"}]}}, None),
    "a key for encryption": ({"issuer": ISSUER, "jwks": {"keys": [{**KEY, "use": "enc"}]}}, None),
}


@pytest.mark.parametrize("case", WRONG)
def test_keys_that_are_not_the_issuers_prove_nothing(world, case):
    published(world, *WRONG[case])
    report = verify_credential(credential(), world.context)
    assert report.answer is Answer.NO
    assert first_failing(report) in {"issuer_found", "proof_holds"}


def test_a_key_of_another_address_is_not_the_issuers(world):
    published(world, {"issuer": ISSUER, "jwks": {"keys": [KEY]}})
    report = verify_credential(credential(kid="https://other.example#key-1"), world.context)
    assert first_failing(report) == "issuer_key"


@pytest.mark.parametrize(
    "issuer",
    ["https://user@issuer.example", "https://issuer.example?x", "https://issuer.example#x", "https://", "https://[", "https://a:b", "https://é.example"],
)  # fmt: skip
def test_an_address_that_keys_can_not_be_looked_up_at(issuer):
    with pytest.raises(IssuerNotAnAddress):
        issuer_keys_url(issuer)


def test_other_forms_still_need_a_did(world):
    published(world, {"issuer": ISSUER, "jwks": {"keys": [KEY]}})
    document = Party("School").sign({**SCHOOL.unsigned(Party("Worker").did, status=[]), "issuer": ISSUER})
    report = verify_credential(dump(document), world.context)
    assert first_failing(report) == "issuer_found"
    assert report.credential is None
