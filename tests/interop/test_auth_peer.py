"""Public libraries ask permission at our authorization server: PAR, PKCE, DPoP, refresh, attested clients.

npm @openid4vc/openid4vci and @openid4vc/oauth2 0.4.6 over loopback; the learner's forms are sent without scripts.
"""

import json

import pytest

from passport.dids import create_did_jwk
from passport.encoding import base64url_decode, base64url_encode
from passport.keys import KeyType, PublicKey, generate_signer
from tests.simulators.authorizing import LEARNER, LearnerBrowser
from tests.simulators.confirming import Outbox
from tests.simulators.issuing import issuer_process, open_office
from tests.simulators.other_parties import PEERS, start_node

BACK = "https://wallet.example/back"
CLIENT = "https://wallet.example"
PROVIDER = "https://provider.example"


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("auth-peer")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture(scope="module")
def achievement(office):
    return office.achievement()


class Peer:
    """The other wallet's process, a line at a time."""

    def __init__(self, **asked):
        self.process = start_node(PEERS / "auth_wallet.mjs")
        self.say(asked)

    def say(self, value):
        self.process.stdin.write(json.dumps(value) + "\n")
        self.process.stdin.flush()

    def hear(self):
        line = self.process.stdout.readline()
        assert line, f"the peer ended with {self.process.wait(20)}"
        return json.loads(line)

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.kill()
        self.process.wait(20)


@pytest.fixture
def peer():
    started = []

    def start(**asked):
        started.append(Peer(clientId=CLIENT, redirectUri=BACK, **asked))
        return started[-1]

    yield start
    for each in started:
        each.end()


def got(found):
    """The credential, which must be of the holder whose key the peer proved."""
    (one,) = found["credentials"]
    credential, key = one["credential"], PublicKey.from_jwk(found["holder"])
    if isinstance(credential, dict):
        assert credential["credentialSubject"]["id"] == create_did_jwk(key)
        return credential
    claims = json.loads(base64url_decode(credential.split(".")[1]))
    assert claims["cnf"]["jwk"] == key.to_jwk()
    return claims


@pytest.mark.parametrize("scope", [False, True], ids=["details", "scope"])
def test_a_foreign_wallet_gets_permission_and_the_credential(office, achievement, process, peer, scope):
    made = office.post("/api/offers", {"achievement": achievement, "learner": LEARNER})
    wallet = peer(link=made["link"], scope=scope)
    begun = wallet.hear()
    assert "request_uri=" in begun["page"]
    assert "code_challenge" not in begun["page"]
    outbox = Outbox.of(process)
    outbox.read = {path.name for path in outbox.folder.glob("*.eml")}
    location = LearnerBrowser().open(begun["page"]).prove(outbox).agree()
    wallet.say({"location": location})
    found = wallet.hear()
    assert found["tokenType"] == "DPoP"
    assert found["rotated"]
    assert (found["details"] is None) is scope
    got(found)


def test_a_foreign_wallet_uses_a_code_of_an_offer_with_dpop(office, achievement, peer):
    made = office.post("/api/offers", {"achievement": achievement, "tx_code": True})
    wallet = peer(link=made["link"], preAuthorized=True, txCode=made["tx_code"])
    found = wallet.hear()
    assert found["tokenType"] == "DPoP"
    got(found)


def test_a_foreign_attested_wallet_meets_the_haip_profile(process, peer):
    """Pushed, with a DPoP nonce that it is told, and an attestation by a provider that we recognise."""
    strict = open_office(process, "strict-peer-school")
    provider = generate_signer(KeyType.P256)
    public = provider.public_key.to_jwk()
    body = {
        "haip": True,
        "attestation_required": True,
        "wallet_providers": [{"issuer": PROVIDER, "keys": [public]}],
    }
    assert strict.ask("PUT", "/api/authorization", json=body).is_success
    made = strict.post(
        "/api/offers",
        {"achievement": strict.achievement(), "tx_code": True, "grants": ["authorization_code"]},
    )
    private = public | {"d": base64url_encode(provider.secret)}
    wallet = peer(link=made["link"], scope=True, provider={"issuer": PROVIDER, "jwk": private})
    browser = LearnerBrowser().open(wallet.hear()["page"])
    assert "A wallet on public libraries" in browser.page
    wallet.say({"location": browser.send("pickup", code=made["tx_code"]).agree()})
    found = wallet.hear()
    assert found["tokenType"] == "DPoP"
    got(found)
