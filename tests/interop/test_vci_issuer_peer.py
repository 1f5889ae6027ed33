"""Public libraries claim from our issuer: npm @openid4vc/openid4vci 0.4.6, @sd-jwt/sd-jwt-vc 0.19.0, jose.

Permission with PAR, PKCE and DPoP is in test_auth_peer.py.
"""

import json

import pytest

from passport.dids import create_did_jwk
from passport.encoding import base64url_encode
from passport.jose import jws
from passport.keys import KeyType, PublicKey, generate_signer
from passport.sd_jwt import parse as parse_sd_jwt
from tests.simulators.issuing import HTTP, issuer_process, open_office
from tests.simulators.other_parties import PEERS, start_node

ENDINGS = ("", "_ecdsa-sd-2023", "_jwt_vc_json", "_vc+sd-jwt", "_dc+sd-jwt")


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("vci-peer")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture(scope="module")
def achievement(office):
    return office.achievement()


@pytest.fixture(scope="module")
def peer():
    """The other wallet's process: a command in, an answer out."""
    process = start_node(PEERS / "vci_wallet.mjs")

    def ask(command, **asked):
        process.stdin.write(json.dumps({"command": command, **asked}) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        assert line, f"the peer ended with {process.wait(20)}"
        return json.loads(line)

    yield ask
    process.stdin.close()
    process.stdout.close()
    process.kill()
    process.wait(20)


def offered(office, achievement, **more):
    return office.post("/api/offers", {"achievement": achievement} | more)


def issuer_key(office, kid):
    document = HTTP.get(f"{office.issuer}/did.json").json()
    (method,) = [each for each in document["verificationMethod"] if each["id"] == kid]
    return PublicKey.from_multikey(method["publicKeyMultibase"]).to_jwk()


def holders_of(found):
    return [create_did_jwk(PublicKey.from_jwk(jwk)) for jwk in found["keys"]]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_peer_claims_every_form_by_the_link_alone(office, achievement, peer, ending):
    redeemed = peer("redeem", link=offered(office, achievement)["link"])
    assert redeemed["version"] == "V1"
    assert redeemed["configurations"] == [achievement + each for each in ENDINGS]
    assert {each["locale"] for each in redeemed["display"]} == {"nl", "en"}
    found = peer("claim", session=redeemed["session"], configuration=achievement + ending)
    ((credential,),) = (each.values() for each in found["answer"]["credentials"])
    (holder,) = holders_of(found)
    if isinstance(credential, dict):
        assert credential["credentialSubject"]["id"] == holder
        return
    token = jws.parse(credential) if credential.count("~") == 0 else parse_sd_jwt(credential).jwt
    assert token.header["kid"].startswith(office.did)
    command = "verifySdJwt" if ending == "_dc+sd-jwt" else "verifyToken"
    seen = peer(command, token=credential, jwk=issuer_key(office, token.header["kid"]))
    if command == "verifySdJwt":
        assert seen["cnf"]["jwk"]["x"] == found["keys"][0]["x"]
        assert seen["vct"].endswith(f"/achievements/{achievement}/type")
    else:
        assert seen == {"subject": holder}
    wrong = generate_signer(KeyType.P256).public_key.to_jwk()
    assert "error" in peer(command, token=credential, jwk=wrong)


def test_the_peer_gives_a_transaction_code_with_an_offer_by_value(office, achievement, peer):
    made = offered(office, achievement, tx_code=True)
    assert "error" in peer("redeem", link=made["link_by_value"])
    redeemed = peer("redeem", link=made["link_by_value"], txCode=made["tx_code"])
    assert peer("claim", session=redeemed["session"], configuration=achievement, alg="Ed25519")["answer"]


def test_the_peer_gets_a_copy_for_each_key_and_says_that_it_kept_them(office, achievement, peer):
    made = offered(office, achievement)
    session = peer("redeem", link=made["link"])["session"]
    found = peer("claim", session=session, configuration=achievement, count=4)
    subjects = [each["credential"]["credentialSubject"]["id"] for each in found["answer"]["credentials"]]
    assert subjects == holders_of(found)
    told = {"notificationId": found["answer"]["notification_id"], "event": "credential_accepted"}
    assert peer("notify", session=session, **told) == {"told": True}
    assert office.get(f"/api/offers/{made['id']}")["state"] == "accepted"


def test_the_peer_comes_back_for_what_is_held(office, achievement, peer):
    made = offered(office, achievement, held=True)
    session = peer("redeem", link=made["link"])["session"]
    promised = peer("claim", session=session, configuration=achievement + "_dc+sd-jwt", count=2)
    transaction = promised["answer"]["transaction_id"]
    waiting = peer("deferred", session=session, transactionId=transaction)
    assert waiting["answer"] == promised["answer"]
    office.post(f"/api/offers/{made['id']}/release")
    given = peer("deferred", session=session, transactionId=transaction)["answer"]
    keys = [
        json.loads(parse_sd_jwt(each["credential"]).jwt.payload)["cnf"]["jwk"]
        for each in given["credentials"]
    ]
    assert [key["x"] for key in keys] == [key["x"] for key in promised["keys"]]
    assert "error" in peer("deferred", session=session, transactionId=f"{transaction}x")


def test_the_peers_keys_are_attested_by_its_provider(process, peer):
    office = open_office(process, "attested-school")
    provider = generate_signer(KeyType.P256)
    secret = provider.public_key.to_jwk() | {"d": base64url_encode(provider.secret)}
    known = {"issuer": "https://provider.example", "keys": [provider.public_key.to_jwk()]}
    office.put("/api/authorization", {"wallet_providers": [known]})
    office.put("/api/key-policy", {"attestation_required": True, "key_storage": ["iso_18045_moderate"]})
    achievement = office.achievement()
    session = peer("redeem", link=offered(office, achievement)["link"])["session"]
    refused = peer("claim", session=session, configuration=achievement)
    assert "key attestation" in refused["error"], "the library reads that the metadata asks for one"
    found = peer("claim", session=session, configuration=achievement, count=3, providerJwk=secret)
    subjects = [each["credential"]["credentialSubject"]["id"] for each in found["answer"]["credentials"]]
    assert subjects == holders_of(found)
