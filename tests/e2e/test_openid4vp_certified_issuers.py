"""Issuers of the High Assurance profile, that have a certificate and no DID, at the employer's (HAIP 1.0)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from passport.certificate_chains import authorities
from passport.errors.x509 import ChainRefused
from passport.keys import KeyType, generate_signer
from tests.simulators.openid4vp_wallet import answer, program, read_link, shown_sd_jwt
from tests.simulators.parties import Party
from tests.simulators.showing import Story, open_story
from tests.simulators.vp_asking import Authority
from tests.simulators.x5c_issuing import HOST, ISSUER, VCT, CertifiedIssuer

AT = datetime.now(UTC)
IN_FORCE = {"start": AT - timedelta(days=1), "end": AT + timedelta(days=30)}
AUTHORITY = Authority()
REGISTRY = CertifiedIssuer(AUTHORITY, more=IN_FORCE)
STRANGER = CertifiedIssuer(Authority(), more=IN_FORCE)
HOLDER = Party("Somebody", generate_signer(KeyType.P256))
QUERY = {"credentials": [{"id": "shown", "format": "dc+sd-jwt", "meta": {"vct_values": [VCT]}}]}


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("verifier")
    trusted = x509.load_der_x509_certificate(AUTHORITY.certificate(**IN_FORCE))
    (folder / "authorities.pem").write_bytes(trusted.public_bytes(Encoding.PEM))
    with open_story(folder, authorities_file=folder / "authorities.pem") as made:
        yield made


def shown(story, token):
    """The report as a wallet's answer makes it, and the page that says it."""
    client = program(story.verifier, story.key)
    made = client.post("/api/openid4vp", json={"profile": "baker", "dcqlQuery": QUERY}).json()
    asked = read_link(made["link"])
    pointers = ["/category"] if "category" in token[1] else []
    presented = shown_sd_jwt(asked, HOLDER, token[0].encode(), pointers)
    assert answer(asked, {"shown": [presented]}).status_code == 200
    report = client.get(f"/api/openid4vp/{made['id']}/result").json()
    with httpx.Client(base_url=story.verifier, headers={"Origin": story.verifier}) as browser:
        browser.post("/sign-in", data={"key": story.key})
        page = browser.get(f"/reports/{made['request']}", headers={"Accept": "text/html"}).text
    return report, page


def as_file(client, source):
    return client.post(
        "/api/files", content=source.encode(), headers={"Content-Type": "application/dc+sd-jwt"}
    ).json()


def licence(issuer):
    return issuer.licence(HOLDER.signer.public_key), "category"


def badge(issuer):
    return issuer.badge(HOLDER.signer.public_key, HOLDER.did, at=AT), ""


def test_a_licence_by_certificate_is_genuine_by_the_word_of_an_authority(story):
    report, page = shown(story, licence(REGISTRY))
    [other] = report["others"]
    assert (other["issuer"], other["genuine"], other["standing"]) == (ISSUER, "yes", "yes")
    assert report["verdict"] == "unrecognised"
    assert "A registry" in page
    assert "An authority" in page


def test_a_badge_by_certificate_is_genuine_and_from_nobody_who_is_recognised(story):
    report, page = shown(story, badge(REGISTRY))
    [found] = report["credentials"]
    assert (found["genuine"], found["issuer"]["recognisedAs"]) == ("yes", [])
    assert report["verdict"] == "unrecognised"
    assert {each["strength"] for each in report["skills"]} <= {"E0", "E1"}
    assert HOST in page
    assert "An authority" in page


def test_attack_by_an_authority_that_nobody_trusts_it_cannot_be_told(story):
    for token in (licence(STRANGER), badge(STRANGER)):
        report, page = shown(story, token)
        assert report["verdict"] == "cannot-tell"
        assert "An authority" not in page
    report, _ = shown(story, licence(replace(STRANGER, authority=AUTHORITY)))
    assert report["others"][0]["genuine"] == "yes"


def test_attack_a_leaf_of_another_host_is_not_genuine(story):
    other = CertifiedIssuer(AUTHORITY, more={"dns": ("other.example",), **IN_FORCE})
    client = program(story.verifier, story.key)
    made = client.post("/api/openid4vp", json={"profile": "baker", "dcqlQuery": QUERY}).json()
    asked = read_link(made["link"])
    for token, _ in (licence(other), badge(other)):
        refused = answer(asked, {"shown": [shown_sd_jwt(asked, HOLDER, token.encode(), [])]})
        assert refused.json()["code"] == "not_the_holder"
    assert as_file(client, badge(other)[0])["verdict"] == "not-genuine"


def test_a_file_and_a_batch_go_by_the_same_authorities(story):
    client = program(story.verifier, story.key)
    for issuer, genuine, answered in ((REGISTRY, "yes", "yes"), (STRANGER, "cannot-tell", "cannot-tell")):
        source = badge(issuer)[0]
        assert as_file(client, source)["credentials"][0]["genuine"] == genuine
        lines = client.post(
            "/api/verifications/batch",
            content=f'"{source}"\n',
            headers={"Content-Type": "application/x-ndjson"},
        )
        assert f'"answer":"{answered}"' in lines.text.replace(" ", "")


def test_the_vc_api_goes_by_the_same_authorities(story):
    client = program(story.verifier, story.key)
    for issuer, status in ((REGISTRY, 200), (STRANGER, 400)):
        enveloped = {
            "@context": "https://www.w3.org/ns/credentials/v2",
            "id": f"data:application/dc+sd-jwt,{badge(issuer)[0]}",
            "type": "EnvelopedVerifiableCredential",
        }
        answered = client.post("/credentials/verify", json={"verifiableCredential": enveloped})
        assert answered.status_code == status, answered.text


@pytest.mark.parametrize("text", ["", "-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n"])
def test_authorities_that_cannot_be_read_are_not_passed_over(tmp_path, text):
    (tmp_path / "authorities.pem").write_text(text)

    with pytest.raises(ChainRefused):
        authorities(tmp_path / "authorities.pem")
