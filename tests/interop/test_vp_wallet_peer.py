"""Our wallet answers a verifier built on npm @openid4vc/openid4vp, which verifies with jose and @sd-jwt."""

import json
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from passport.answers import Answer
from passport.encoding import base64url_encode
from passport.keys import KeyType, load_signer
from passport.openid4vp.request_object import ProvedBy
from passport.verification import Context, verify_presentation
from tests.simulators.desks import AtDesk, at_desk
from tests.simulators.forms import CUT, WELD, SchoolOfForms
from tests.simulators.other_parties import PEERS, start_node
from tests.simulators.parties import World
from tests.simulators.vp_asking import Authority, x5c
from wallet.core.accept import examine, keep
from wallet.core.openid4vp_plan import read_choices
from wallet.core.shelf import holder_for, kept
from wallet.desk.openid4vp import answer, look, refuse, take_link

SKILL = ["credentialSubject", "achievement", "alignment", None, "targetUrl"]
FORMATS = {
    "dc+sd-jwt": {"sd-jwt_alg_values": ["ES256"], "kb-jwt_alg_values": ["ES256", "EdDSA"]},
    "jwt_vc_json": {"alg_values": ["ES256", "EdDSA"]},
    "ldp_vc": {"proof_type_values": ["DataIntegrityProof"], "cryptosuite_values": ["eddsa-rdfc-2022"]},
}


@dataclass
class Peer:
    """The other party, and a person at our wallet."""

    url: str
    person: AtDesk
    school: SchoolOfForms
    key: ec.EllipticCurvePrivateKey

    def ask(self, client, mode, form, **more):
        query = {"id": "weld", "format": form, "meta": {}, "claims": [{"path": SKILL, "values": [WELD]}]}
        private = self.key.private_numbers().private_value.to_bytes(32, "big")
        signer = load_signer(KeyType.P256, private)
        chain = Authority().issue(self.key, dns=("localhost",), **self.dates)
        body = {
            "client": client,
            "mode": mode,
            "dcql": {"credentials": [query]},
            "formats": FORMATS,
            "key": {**signer.public_key.to_jwk(), "d": base64url_encode(private)},
            "x5c": x5c([chain]) if client.startswith("x509") else None,
            "holder": self.holder_jwk,
            "issuer": self.school.p256.public_key.to_jwk(),
            **more,
        }
        return httpx.post(f"{self.url}/start", json=body, trust_env=False, timeout=20).json()

    @property
    def dates(self):
        with self.person.desk.wallet() as wallet:
            now = wallet.now()
        return {"start": now - timedelta(days=1), "end": now + timedelta(days=1)}

    @property
    def holder_jwk(self):
        with self.person.desk.wallet() as wallet:
            return holder_for(wallet, kept(wallet)[0]).public_key.to_jwk()

    def take(self, link):
        with self.person.desk.wallet() as wallet:
            return take_link(self.person.desk, wallet, link)

    def answer(self, found):
        with self.person.desk.wallet() as wallet:
            mark = look(self.person.desk, wallet, found.id, read_choices()).mark
            return answer(self.person.desk, wallet, found.id, read_choices(), mark=mark)

    def result(self, asked):
        return httpx.get(f"{self.url}/result/{asked['id']}", trust_env=False, timeout=20).json()


@pytest.fixture(scope="module")
def peer(tmp_path_factory):
    server = start_node(PEERS / "vp_wallet_verifier.mjs")
    try:
        port = json.loads(server.stdout.readline())["port"]
        with at_desk(tmp_path_factory.mktemp("vp") / "wallet") as person:
            school, world = SchoolOfForms(), World()
            school.publish(world)
            with person.desk.wallet() as wallet:
                cache = wallet.documents()
                for document in world.cache.at_hand.values():
                    cache.put(document)
                wallet.keep_documents(cache)
                unsigned = school.unsigned(person.did)
                sources = [school.sign(form, unsigned) for form in ("ldp_vc", "jwt_vc_json", "dc+sd-jwt")]
                keep(wallet, [examine(source, world.cache, wallet) for source in sources])
            key = ec.generate_private_key(ec.SECP256R1())
            yield Peer(f"http://127.0.0.1:{port}", person, school, key)
    finally:
        server.stdin.close()
        server.wait(timeout=10)
        server.stdout.close()


PROVED = {
    "did": ProvedBy.KEY,
    "x509_san_dns": ProvedBy.UNKNOWN_CERTIFICATE,
    "x509_hash": ProvedBy.UNKNOWN_CERTIFICATE,
    "redirect_uri": ProvedBy.NOTHING,
}


@pytest.mark.parametrize("mode", ["direct_post", "direct_post.jwt"])
@pytest.mark.parametrize("client", PROVED)
@pytest.mark.parametrize("form", ["dc+sd-jwt", "jwt_vc_json"])
def test_the_other_verifier_verifies_what_our_wallet_shows(peer, client, mode, form):
    asked = peer.ask(client, mode, form)
    found = peer.take(asked["link"])
    assert found.verified.proved_by is PROVED[client]
    sent = peer.answer(found)
    result = peer.result(asked)
    assert sent.sent is Answer.YES, result
    assert result["kind"] == "dcql"
    (shown,) = result["presentations"]["weld"]
    assert WELD in json.dumps(shown["claims"])
    if form == "dc+sd-jwt":
        assert CUT not in json.dumps(shown["claims"])
    if mode == "direct_post.jwt":
        assert result["encrypted"] == {**result["encrypted"], "alg": "ECDH-ES", "kid": "for-the-answer"}
        assert result["form"] == ["response"]
    assert sent.redirect_host.startswith("localhost:")


def test_a_data_integrity_presentation_is_by_the_suite_that_it_takes(peer):
    asked = peer.ask("did", "direct_post", "ldp_vc")
    found = peer.take(asked["link"])
    peer.answer(found)
    (shown,) = peer.result(asked)["presentations"]["weld"]
    presentation = shown["presentation"]
    assert presentation["proof"]["cryptosuite"] == "eddsa-rdfc-2022"
    with peer.person.desk.wallet() as wallet:
        context = Context(wallet.documents(), wallet.now())
    request = found.verified.request
    report = verify_presentation(
        presentation, context, expected_challenge=request.nonce, expected_domain=str(request.client_id)
    )
    assert [each for each in report.checks if each.answer is not Answer.YES] == []


@pytest.mark.parametrize("enc", ["A128GCM", "A256GCM"])
def test_both_content_encryptions_are_opened(peer, enc):
    asked = peer.ask("x509_hash", "direct_post.jwt", "dc+sd-jwt", enc=[enc])
    peer.answer(peer.take(asked["link"]))
    assert peer.result(asked)["encrypted"]["enc"] == enc


def test_a_request_by_post_repeats_our_nonce(peer):
    asked = peer.ask("did", "direct_post", "dc+sd-jwt", method="post")
    found = peer.take(asked["link"])
    assert found.wallet_nonce
    assert found.verified.request.members["wallet_nonce"] == found.wallet_nonce
    peer.answer(found)
    assert peer.result(asked)["presentations"].keys() == {"weld"}


def test_a_refusal_reaches_it_only_when_the_person_says_so(peer):
    for tell, result in ((False, None), (True, {"error": "access_denied"})):
        asked = peer.ask("did", "direct_post", "dc+sd-jwt")
        found = peer.take(asked["link"])
        with peer.person.desk.wallet() as wallet:
            refuse(peer.person.desk, wallet, found.id, tell=tell)
        assert peer.result(asked) == result
