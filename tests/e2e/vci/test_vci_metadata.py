"""What an organisation says of itself to wallets, in a browser too; HAIP 1.0 and certificates."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from passport.dids import did_web_url
from passport.documents import DocumentCache, Fetched
from passport.oauth.token_request import PreAuthorizedCodeGrant
from passport.openid4vc import (
    CredentialRequest,
    issuer_metadata_url,
    parse_issuer_metadata,
    verify_signed_metadata,
)
from passport.proofs import method_source
from passport.sd_jwt import parse as parse_sd_jwt
from passport.sd_jwt.credential import read as read_sd_jwt
from passport.sd_jwt.credential import verify as verify_sd_jwt
from tests.simulators.authorizing import AskingWallet
from tests.simulators.claiming import made
from tests.simulators.claiming_at_once import refused_with
from tests.simulators.issuing import HTTP, HolderWallet, open_office

# metadata


def test_metadata_says_everything_that_the_specification_names(office, achievement):
    """oid4vci-1_0-issuer-metadata-test"""
    look = {
        "name_nl": "Bakkersschool",
        "name_en": "Baking school",
        "logo": "data:image/png;base64," + base64.b64encode(b"\x89PNG...").decode(),
        "logo_alt": "Een brood",
        "background_color": "#12107c",
        "text_color": "#ffffff",
    }
    assert office.put("/api/appearance", look) == look
    answer = HTTP.get(issuer_metadata_url(office.issuer))
    metadata = parse_issuer_metadata(answer.content, expected_issuer=office.issuer)
    assert {(one.locale, one.name) for one in metadata.display} == {
        ("nl", "Bakkersschool"),
        ("en", "Baking school"),
    }
    assert metadata.display[0].logo.alt_text == "Een brood"
    assert metadata.deferred_credential_endpoint == f"{office.issuer}/deferred"
    assert metadata.request_encryption is not None
    assert metadata.response_encryption is not None
    one = metadata.configuration(achievement)
    assert {each.locale for each in one.display} == {"nl", "en"}
    assert {each.text_color for each in one.display} == {"#ffffff"}
    assert ("issuer", "name") in {claim.path for claim in one.claims}
    assert one.scope == achievement
    assert one.key_attestations_required is None


def test_metadata_is_not_sent_again_to_who_has_it(office, achievement):
    first = HTTP.get(issuer_metadata_url(office.issuer))
    tag = first.headers["etag"]
    again = HTTP.get(issuer_metadata_url(office.issuer), headers={"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    office.achievement(name="Later")
    assert HTTP.get(issuer_metadata_url(office.issuer), headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("accept", "signed"),
    [
        ("application/jwt", True),
        ("application/jwt, application/json;q=0.9", True),
        ("application/json, application/jwt", False),
        ("application/jwt;q=0.1, application/json", False),
        ("application/jwt;q=x", False),
        ("*/*", False),
        ("text/html", False),
    ],
)
def test_metadata_comes_signed_to_who_asks_for_it(office, achievement, accept, signed):
    """oid4vci-1_0-issuer-metadata-test-signed"""
    answer = HTTP.get(issuer_metadata_url(office.issuer), headers={"Accept": accept})
    assert answer.headers["content-type"] == ("application/jwt" if signed else "application/json")
    assert "accept" in answer.headers["vary"].lower()
    if signed:
        url, now = did_web_url(office.did), datetime.now(UTC)
        at_hand = DocumentCache.of(
            [Fetched(url, HTTP.get(f"{office.issuer}/did.json").content, now, "application/did+json")]
        )
        found, did = verify_signed_metadata(
            answer.text, expected_issuer=office.issuer, documents=at_hand, now=now
        )
        assert (found.credential_issuer, did) == (office.issuer, office.did)


@pytest.mark.parametrize(
    "wrong",
    [
        {"logo": "javascript:alert(1)"},
        {"logo": "http://school.example/logo.png"},
        {"logo": "data:image/svg+xml;base64,PHN2Zz4="},
        {"logo": "data:image/png;base64," + "A" * 65_536},
        {"logo_alt": "Een brood"},
        {"background_color": "red; background: url(x)"},
        {"name_nl": ""},
        {"name_de": "Schule"},
    ],
)
def test_a_look_that_could_do_more_than_look_is_refused(office, wrong):
    assert office.ask("PUT", "/api/appearance", json=wrong).status_code in {400, 413, 422}


# wallets in a browser


@pytest.mark.parametrize("path", ["token", "nonce", "credential", "deferred", "notification", "par"])
def test_a_wallet_in_a_browser_may_call_every_endpoint(office, path):
    url = f"{office.issuer}/{path}"
    asked = {
        "Origin": "https://wallet.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,dpop",
    }
    preflight = HTTP.options(url, headers=asked)
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (204, "*")
    allowed = preflight.headers["access-control-allow-headers"].lower()
    assert {"authorization", "content-type", "dpop"} <= set(allowed.split(", "))
    answer = HTTP.post(url, headers={"Origin": "https://wallet.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "dpop-nonce" in answer.headers["access-control-expose-headers"].lower()
    assert "access-control-allow-credentials" not in answer.headers


def test_other_pages_and_the_api_answer_no_other_origin(office):
    for path in ("/console", "/api/offers", f"/o/{office.slug}/authorize", "/o/x/y/token"):
        answer = HTTP.get(office.url + path, headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in answer.headers


# HAIP 1.0 and certificates


@pytest.fixture(scope="module")
def strict(process):
    """An organisation under HAIP 1.0."""
    office = open_office(process, "strict-school")
    office.put("/api/authorization", {"haip": True})
    return office, office.achievement()


def test_under_haip_everything_is_es256_and_dpop_is_asked_for(strict, wallet):
    office, achievement = strict
    offer = HolderWallet().fetch_offer(made(office, achievement)["link"])
    assert offer.credential_configuration_ids[0] == f"{achievement}_dc+sd-jwt"
    assert achievement not in offer.credential_configuration_ids, "that form is signed with Ed25519"
    metadata = parse_issuer_metadata(
        HTTP.get(issuer_metadata_url(office.issuer)).content, expected_issuer=office.issuer
    )
    assert {one.proof_algorithms for one in metadata.configurations.values()} == {("ES256",)}
    refused_with(HolderWallet().token(offer), "invalid_dpop_proof")


def test_under_haip_a_wallet_claims_with_dpop_and_an_es256_key(strict, wallet):
    office, achievement = strict
    offer = HolderWallet().fetch_offer(made(office, achievement)["link"])
    asking = AskingWallet(office.issuer)
    answer = asking.send("token", PreAuthorizedCodeGrant(offer.pre_authorized_code).to_form())
    assert (answer.status_code, answer.json()["token_type"]) == (200, "DPoP"), answer.text
    token = answer.json()["access_token"]
    request = CredentialRequest(offer.credential_configuration_ids[0], wallet.proofs(office.issuer))
    given = asking.at_resource("credential", token, body=request.to_json())
    assert given.status_code == 200, given.text
    assert len(given.json()["credentials"]) == 3
    other = CredentialRequest(achievement, wallet.proofs(office.issuer))
    refused_with(
        asking.at_resource("credential", token, body=other.to_json()), "unknown_credential_configuration"
    )
    ed25519 = CredentialRequest(
        request.credential_configuration_id, (HolderWallet().key_proof(office.issuer),)
    )
    refused_with(asking.at_resource("credential", token, body=ed25519.to_json()), "invalid_proof")


def test_a_certificate_stands_beside_the_did(office, achievement, wallet):
    """HAIP 1.0, section 6.1.1: the authority itself is left out."""
    asked = office.ask("GET", "/api/keys/p256-1/signing-request")
    assert asked.headers["content-type"].startswith("application/x-pem-file")
    authority = Authority()
    leaf = authority.certify(asked.content)
    chain = {"certificates": leaf + authority.pem}
    assert office.put("/api/keys/p256-1/certificates", chain) == {"id": "p256-1", "certificates": 1}
    offer, token = wallet.token(made(office, achievement)["link"])
    copies = wallet.ask(offer, token, f"{achievement}_dc+sd-jwt").json()["credentials"]
    header = parse_sd_jwt(copies[0]["credential"]).jwt.header
    assert header["kid"] == f"{office.did}#p256-1"
    (der,) = header["x5c"]
    assert x509.load_der_x509_certificate(base64.b64decode(der)) == x509.load_pem_x509_certificate(
        leaf.encode()
    )
    signed = HTTP.get(issuer_metadata_url(office.issuer), headers={"Accept": "application/jwt"}).text
    assert json.loads(base64.urlsafe_b64decode(signed.partition(".")[0] + "=="))["x5c"] == [der]
    assert office.put("/api/keys/p256-1/certificates", {"certificates": ""})["certificates"] == 0


def test_a_chain_that_is_not_of_this_key_or_does_not_hold_is_refused(office):
    request = office.ask("GET", "/api/keys/p256-1/signing-request").content
    authority, other = Authority(), Authority()
    good = authority.certify(request)
    for wrong in (
        "x",
        authority.pem,
        good + other.pem,
        authority.certify(request, days=-1) + authority.pem,
        authority.certify(request, key=ec.generate_private_key(ec.SECP256R1())) + authority.pem,
        authority.certify(request, key=ec.generate_private_key(ec.SECP384R1())) + authority.pem,
        good + authority.pem * 4,
    ):
        answer = office.ask("PUT", "/api/keys/p256-1/certificates", json={"certificates": wrong})
        assert answer.json()["code"] == "certificates_unusable", wrong
    for key in ("key-1", "p256-9"):
        answer = office.ask("GET", f"/api/keys/{key}/signing-request")
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_key")


def test_our_own_verifier_takes_a_credential_with_certificates_by_its_did(office, achievement, wallet):
    authority = Authority()
    request = office.ask("GET", "/api/keys/p256-1/signing-request").content
    office.put("/api/keys/p256-1/certificates", {"certificates": authority.certify(request) + authority.pem})
    offer, token = wallet.token(made(office, achievement)["link"])
    (first, *_) = wallet.ask(offer, token, f"{achievement}_dc+sd-jwt").json()["credentials"]
    at_hand = DocumentCache.of(
        [
            Fetched(
                did_web_url(office.did),
                HTTP.get(f"{office.issuer}/did.json").content,
                datetime.now(UTC),
                "application/did+json",
            )
        ]
    )
    document = read_sd_jwt(first["credential"])
    verify_sd_jwt(
        document,
        method_for=method_source(at_hand),
        expected_purpose="assertionMethod",
        now=datetime.now(UTC),
    )
    office.put("/api/keys/p256-1/certificates", {"certificates": ""})


class Authority:
    """A certificate authority of a sector, with one key."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "An authority of schools")])
        self.pem = self._signed(self.name, self.key.public_key(), 30)

    def certify(self, request, *, days=30, key=None):
        asked = x509.load_pem_x509_csr(request)
        assert asked.is_signature_valid
        return self._signed(asked.subject, asked.public_key() if key is None else key.public_key(), days)

    def _signed(self, subject, key, days):
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=2))
            .not_valid_after(now + timedelta(days=days))
            .sign(self.key, hashes.SHA256())
        )
        return certificate.public_bytes(serialization.Encoding.PEM).decode()
