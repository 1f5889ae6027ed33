"""A verifier that speaks the High Assurance Interoperability Profile 1.0 alone, over real HTTP."""

import asyncio
import base64
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from cryptography import x509

from passport.credentials import Form
from passport.encoding import base64url_encode
from passport.keys import KeyType, generate_signer
from passport.sd_jwt.disclosable import disclosable_pointers
from tests.simulators.openid4vp_wallet import (
    answer,
    program,
    read_link,
    secured,
    shown_ldp,
    shown_sd_jwt,
)
from tests.simulators.parties import Party
from tests.simulators.showing import BREAD, TEAM, Story, open_story
from verifier.certificate import load_certificate, make_certificate
from verifier.errors import CertificateUnusable
from verifier.service import opened
from verifier.settings import Settings


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("certificate"), "localhost", datetime.now(UTC))


@pytest.fixture(scope="module")
def story(tmp_path_factory, files) -> Iterator[Story]:
    settings = {"openid4vp": "haip", "certificate_file": files[0], "certificate_key_file": files[1]}
    with open_story(tmp_path_factory.mktemp("verifier"), **settings) as made:
        yield made


def ask(story: Story, **body: Any) -> httpx.Response:
    client = program(story.verifier, story.key)
    return client.post("/api/openid4vp", json={"profile": "baker", **body})


def test_the_request_is_by_certificate_for_dc_sd_jwt_with_es256_and_encrypted(story, files):
    made = ask(story).json()
    assert made["link"].startswith("haip-vp://?")
    asked = read_link(made["link"], wallet_nonce="of-the-wallet")
    leaf = x509.load_pem_x509_certificate(files[0].read_bytes())
    [shown] = [base64.b64decode(each) for each in asked.header["x5c"]]
    assert x509.load_der_x509_certificate(shown) == leaf
    assert asked.client_id == f"x509_hash:{base64url_encode(hashlib.sha256(shown).digest())}"
    assert (asked.header["alg"], asked.claims["response_mode"]) == ("ES256", "direct_post.jwt")
    assert asked.claims["client_metadata"]["vp_formats_supported"] == {
        "dc+sd-jwt": {"sd-jwt_alg_values": ["ES256"], "kb-jwt_alg_values": ["ES256"]}
    }
    assert {each["format"] for each in asked.claims["dcql_query"]["credentials"]} == {"dc+sd-jwt"}
    leaf.verify_directly_issued_by(x509.load_pem_x509_certificate(files[2].read_bytes()))


def test_an_answer_in_dc_sd_jwt_with_p_256_is_a_report(story):
    made = ask(story, clientIdPrefix="x509_san_dns").json()
    asked = read_link(made["link"])
    assert asked.client_id == "x509_san_dns:localhost"
    holder = Party("Somebody", generate_signer(KeyType.P256))
    shown = {}
    now = datetime.now(UTC)
    for number, (issuer, skill) in enumerate(((story.school, BREAD), (story.boss, TEAM)), 1):
        badge = issuer.issue(holder, {skill: "x"}, genres=["examination"], at=now)
        token = secured(badge, Form.DC_SD_JWT, issuer, holder)
        shown[f"skill{number}-dcsd"] = [shown_sd_jwt(asked, holder, token, disclosable_pointers(badge))]
    assert answer(asked, shown).status_code == 200
    client = program(story.verifier, story.key)
    report = client.get(f"/api/openid4vp/{made['id']}/result").json()
    assert (report["way"], report["verdict"]) == ("C", "genuine")


@pytest.mark.parametrize(
    "body",
    [
        {"clientIdPrefix": "decentralized_identifier"},
        {"clientIdPrefix": "redirect_uri"},
        {"responseMode": "direct_post"},
        {"dcqlQuery": {"credentials": [{"id": "a", "format": "ldp_vc", "meta": {}}]}},
    ],
)
def test_what_the_profile_does_not_have_is_not_asked(story, body):
    found = ask(story, **body)
    assert (found.status_code, found.json()["code"]) == (400, "not_of_this_profile")


def test_another_form_than_the_one_asked_is_no_answer(story):
    asked = read_link(ask(story).json()["link"])
    token = {"skill1-dcsd": [shown_ldp(asked, story.worker, [story.diploma()])]}
    assert answer(asked, token).json()["code"] == "not_the_holder"


def test_a_query_that_waives_holder_binding_is_not_asked(story):
    waived = {"id": "a", "format": "dc+sd-jwt", "meta": {}, "require_cryptographic_holder_binding": False}
    found = ask(story, dcqlQuery={"credentials": [waived]})
    assert (found.status_code, found.json()["code"]) == (400, "holder_binding_waived")


def test_a_certificate_of_another_host_another_key_or_none_is_refused(files, tmp_path):
    now = datetime.now(UTC)
    other = make_certificate(tmp_path / "other", "other.example", now)
    for certificate, key, host in (
        (files[0], files[1], "other.example"),
        (files[0], other[1], "localhost"),
        (files[0], files[0], "localhost"),
        (files[2], files[1], "localhost"),
        (tmp_path / "missing", files[1], "localhost"),
    ):
        with pytest.raises(CertificateUnusable):
            load_certificate(certificate, key, host=host)
    assert oct(files[1].stat().st_mode & 0o777) == "0o600"


def test_a_verifier_without_a_certificate_does_not_start_as_haip(tmp_path):
    async def start() -> None:
        async with opened(Settings(data_directory=tmp_path, openid4vp="haip")):
            pass

    with pytest.raises(CertificateUnusable):
        asyncio.run(start())
