"""Credentials and presentations as JWTs: what is written, and what comes back."""

import base64
import json
from datetime import timedelta

import pytest

from passport import limits
from passport.credentials.enveloped import envelope
from passport.credentials.form import Form
from passport.credentials.vocabulary import CREDENTIALS_V1, CREDENTIALS_V2
from passport.dids import VerificationMethod
from passport.errors import MalformedDateTime
from passport.errors.credentials import NotACredential, NotAPresentation
from passport.errors.dids import MalformedDidUrl, MethodExpired, MethodRevoked
from passport.errors.jose import ClaimsContradict, TokenTooLarge, VcClaimNotAllowed
from passport.jose import jws, vc_jwt
from passport.jose.claims import Terms
from passport.jose.contents import identifier, same_second
from passport.jose.vc1 import unwrap
from passport.json import dump
from passport.keys import KeyType, generate_signer
from tests.simulators.parties import NOW, Party

SCHOOL, WORKER = Party("School"), Party("Worker")
THEN = int(NOW.timestamp())
WEEK = timedelta(days=7)


@pytest.fixture
def badge():
    issued = SCHOOL.issue(WORKER, {"http://a.example/skill": "Weld"}, valid_until=NOW + WEEK)
    return {name: value for name, value in issued.items() if name != "proof"}


def sign(document, **changes):
    given = {"signer": SCHOOL.signer, "verification_method": SCHOOL.method, "issued_at": NOW}
    return vc_jwt.sign_credential(document, **{**given, **changes})


def payload(token):
    segment = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))


def method_for(method, _purpose, **members):
    return VerificationMethod(method, "Multikey", SCHOOL.did, SCHOOL.signer.public_key, **members)


def test_the_payload_is_the_credential_and_the_claims_repeat_it(badge):
    """VC-JOSE-COSE 3.1.1; Open Badges 3.0, 8.2.4.2."""
    token = sign(badge)
    claims = payload(token)
    assert {name: claims[name] for name in badge} == badge
    assert {name: value for name, value in claims.items() if name not in badge} == {
        "iss": SCHOOL.did,
        "jti": badge["id"],
        "sub": WORKER.did,
        "nbf": THEN,
        "exp": THEN + 7 * 86_400,
        "iat": THEN,
    }
    assert jws.parse(token).header == {"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": SCHOOL.method}


def test_what_the_credential_does_not_say_is_not_claimed(badge):
    bare = {name: value for name, value in badge.items() if name not in {"id", "validUntil"}}
    bare["credentialSubject"] = [badge["credentialSubject"]]
    token = sign(bare, issued_at=None)
    assert payload(token).keys() - bare.keys() == {"iss", "nbf"}
    assert vc_jwt.read(token).document == bare


@pytest.mark.parametrize("key_type", KeyType)
def test_it_comes_back_with_every_kind_of_key(badge, key_type):
    party = Party("Another", generate_signer(key_type))
    badge["issuer"] = party.profile
    read = vc_jwt.read(sign(badge, signer=party.signer, verification_method=party.method))
    assert read.document == badge
    assert read.algorithm == {"Ed25519": "EdDSA", "P-256": "ES256", "P-384": "ES384"}[key_type]
    assert (read.issued_at, read.expires, read.not_before, read.nonce, read.audience) == (
        NOW,
        None,
        None,
        None,
        (),
    )


def test_an_expired_badge_is_still_genuine_as_a_token(badge):
    """Its own dates are judged with its standing, in every form alike."""
    read = vc_jwt.read(sign(badge))
    later = NOW + 2 * WEEK
    assert vc_jwt.verify(read, method_for=method_for, expected_purpose="assertionMethod", now=later)


def test_a_signature_with_dates_of_its_own_keeps_them(badge):
    claims = {**badge, "iss": SCHOOL.did, "exp": THEN + 60, "nbf": THEN + 1}
    header = {"typ": "vc+jwt", "kid": SCHOOL.method}
    read = vc_jwt.read(jws.sign(dump(claims), signer=SCHOOL.signer, header=header))
    assert read.terms == Terms(None, NOW + timedelta(seconds=1), NOW + timedelta(seconds=60))


@pytest.mark.parametrize(
    ("members", "refusal"),
    [({"revoked": NOW}, MethodRevoked), ({"expires": NOW}, MethodExpired)],
)
def test_a_key_whose_time_is_over_signs_nothing(badge, members, refusal):
    with pytest.raises(refusal):
        vc_jwt.verify(
            vc_jwt.read(sign(badge)),
            method_for=lambda *given: method_for(*given, **members),
            expected_purpose="assertionMethod",
            now=NOW,
        )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"issuer": None}, NotACredential),
        ({"issuer": ["did:a:b"]}, NotACredential),
        ({"vc": {}}, VcClaimNotAllowed),
        ({"vp": {}}, VcClaimNotAllowed),
        ({"holder": WORKER.did}, ClaimsContradict),
        ({"validFrom": "soon"}, MalformedDateTime),
        ({"narrative": ["x" * 16_000] * 5}, TokenTooLarge),
    ],
)
def test_what_would_not_be_read_is_not_signed(badge, changes, refusal):
    with pytest.raises(refusal):
        sign({**badge, **changes})


def test_the_key_is_named_by_an_absolute_url(badge):
    for name in ("#key-1", SCHOOL.did, "https://school.example/key"):
        with pytest.raises(MalformedDidUrl):
            sign(badge, verification_method=name)


PRESENTATION = {
    "@context": [CREDENTIALS_V2],
    "id": "urn:uuid:2",
    "type": ["VerifiablePresentation"],
    "holder": WORKER.did,
    "verifiableCredential": [],
}


def show(document=PRESENTATION, **changes):
    given = {"signer": WORKER.signer, "verification_method": WORKER.method}
    asked = {"challenge": "asked", "domain": "https://verifier.example"}
    times = {"issued_at": NOW, "expires": NOW + timedelta(minutes=2)}
    return vc_jwt.sign_presentation(document, **{**given, **asked, **times, **changes})


def test_a_presentation_says_what_it_answers():
    token = show()
    assert payload(token) == {
        **PRESENTATION,
        "iss": WORKER.did,
        "jti": "urn:uuid:2",
        "aud": "https://verifier.example",
        "nonce": "asked",
        "iat": THEN,
        "exp": THEN + 120,
    }
    assert jws.parse(token).header["typ"] == "vp+jwt"
    read = vc_jwt.read(token)
    assert read.document == PRESENTATION
    assert (read.nonce, read.audience) == ("asked", ("https://verifier.example",))


def test_a_presentation_that_nobody_asked_for_answers_nothing():
    read = vc_jwt.read(show(challenge=None, domain=None))
    assert (read.nonce, read.audience) == (None, ())


def test_a_presentation_is_somebody_s():
    with pytest.raises(NotAPresentation):
        show({**PRESENTATION, "holder": None})


def test_a_presentation_may_be_as_large_as_its_credentials():
    envelope = {"id": "data:application/vc+jwt," + "a" * 80_000}
    document = {**PRESENTATION, "verifiableCredential": [envelope] * 4}
    assert vc_jwt.read(show(document)).document == document
    with pytest.raises(TokenTooLarge):
        show({**PRESENTATION, "verifiableCredential": [envelope] * 14})


VC1 = {
    "@context": [CREDENTIALS_V1],
    "type": ["VerifiableCredential"],
    "credentialSubject": {"name": "Ann"},
}


def older(claims, header=None):
    """A token of VC 1.1, which says most in its claims (section 6.3.1)."""
    return jws.sign(
        dump({"iss": SCHOOL.did, **claims}),
        signer=SCHOOL.signer,
        header={"kid": SCHOOL.method, **(header or {})},
    )


@pytest.mark.parametrize("header", [{}, {"typ": "JWT"}])
def test_claims_of_version_1_become_members(header):
    claims = {"vc": VC1, "jti": "urn:uuid:3", "sub": WORKER.did, "nbf": THEN, "exp": THEN + 60}
    read = vc_jwt.read(older(claims, header))
    assert read.document == {
        **VC1,
        "id": "urn:uuid:3",
        "issuer": SCHOOL.did,
        "issuanceDate": "2026-11-20T12:00:00Z",
        "expirationDate": "2026-11-20T12:01:00Z",
        "credentialSubject": {"name": "Ann", "id": WORKER.did},
    }
    assert read.expires is None


def test_members_of_version_1_that_are_there_stay():
    whole = {
        **VC1,
        "id": "urn:uuid:3",
        "issuer": {"id": SCHOOL.did, "name": "School"},
        "issuanceDate": "2026-11-20T13:00:00+01:00",
        "credentialSubject": {"id": WORKER.did},
    }
    claims = {"vc": whole, "jti": "urn:uuid:3", "sub": WORKER.did, "nbf": THEN}
    assert vc_jwt.read(older(claims)).document == whole


def test_a_presentation_of_version_1_has_a_holder():
    shown = {
        "@context": [CREDENTIALS_V1],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": ["a.b.c"],
    }
    read = vc_jwt.read(older({"vp": shown, "aud": "me", "nonce": "n", "exp": THEN + 60}))
    tokens = [envelope(b"a.b.c", Form.JWT_VC)]
    assert read.document == {**shown, "holder": SCHOOL.did, "verifiableCredential": tokens}
    assert (read.nonce, read.audience, read.expires) == ("n", ("me",), NOW + timedelta(seconds=60))


@pytest.mark.parametrize(("kid", "whole"), [("#key-1", "#key-1"), ("key-1", "#key-1")])
def test_a_relative_kid_is_the_issuer_s(kid, whole):
    assert vc_jwt.read(older({"vc": VC1}, {"kid": kid})).verification_method == SCHOOL.did + whole


def test_an_absolute_kid_needs_no_iss(badge):
    token = jws.sign(dump(badge), signer=SCHOOL.signer, header={"typ": "vc+jwt", "kid": SCHOOL.method})
    assert vc_jwt.read(token).verification_method == SCHOOL.method


def test_whoever_reads_may_bring_bounds_of_their_own(badge):
    token = sign(badge)
    assert vc_jwt.read(token, limits.PUBLISHED).document == badge
    with pytest.raises(TokenTooLarge):
        vc_jwt.read(token, limits.JsonLimits(size=100))


def test_the_badge_of_1edtech_is_signed_with_rsa(vectors):
    """Which is not supported: it can't be told."""
    token = (vectors / "openbadges-1edtech" / "simple.jwt").read_text().strip()
    with pytest.raises(jws.UnsupportedAlgorithm):
        vc_jwt.read(token)


def test_small_helpers_know_what_they_are_given():
    assert identifier({"a": {"id": 1}}, "a") is None
    assert identifier({"a": {"id": "x"}}, "a") == identifier({"a": "x"}, "a") == "x"
    assert same_second("2026-11-20T12:00:00.75Z", NOW)
    assert not same_second("2026-11-20T12:00:01Z", NOW)
    assert not same_second(None, NOW)


@pytest.mark.parametrize(
    ("found", "read"),
    [
        (["a.b.c"], [envelope(b"a.b.c", Form.JWT_VC)]),
        ([{"id": "x"}], [{"id": "x"}]),
        (["é"], ["é"]),
        ("a.b.c", "a.b.c"),
    ],
)
def test_tokens_in_a_presentation_of_version_1_are_read_as_envelopes(found, read):
    vp = {"@context": [CREDENTIALS_V1], "type": ["VerifiablePresentation"]}
    assert unwrap({"vp": {**vp, "verifiableCredential": found}})["verifiableCredential"] == read
    assert "verifiableCredential" not in unwrap({"vp": vp})
