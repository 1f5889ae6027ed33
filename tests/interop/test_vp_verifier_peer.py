"""npm @openid4vc/openid4vp, @sd-jwt/sd-jwt-vc and jose as the wallet, before our verifier that really runs."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from passport.credentials import Form
from passport.dids.did_jwk import create_did_jwk
from passport.encoding import base64url_encode
from passport.keys import KeyType, generate_signer
from tests.simulators.openid4vp_wallet import program, secured
from tests.simulators.other_parties import PEERS, run_node
from tests.simulators.parties import Party
from tests.simulators.showing import BREAD, TEAM, Story, open_story
from verifier.certificate import make_certificate

WALLET = PEERS / "vp_verifier_wallet.mjs"
LICENCE = {
    "credentials": [
        {
            "id": "licence",
            "format": "dc+sd-jwt",
            "meta": {"vct_values": ["https://registry.example/licence"]},
            "claims": [{"path": ["category"]}],
        }
    ]
}
PREFIXES = ("decentralized_identifier", "redirect_uri", "x509_san_dns", "x509_hash")


def party() -> Party:
    """Somebody with a P-256 key under a did:jwk, as other wallets have it."""
    signer = generate_signer(KeyType.P256)
    did = create_did_jwk(signer.public_key)
    return Party("Somebody", signer, did, f"{did}#0")


def private(who: Party) -> dict[str, Any]:
    jwk = {**who.signer.public_key.to_jwk(), "d": base64url_encode(who.signer.secret)}
    return {"did": who.did, "jwk": jwk}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("certificate")


@pytest.fixture(scope="module")
def story(tmp_path_factory, folder) -> Iterator[Story]:
    files = make_certificate(folder, "localhost", datetime.now(UTC))
    settings = {"certificate_file": files[0], "certificate_key_file": files[1]}
    with open_story(tmp_path_factory.mktemp("verifier"), **settings) as made:
        yield made


@pytest.fixture(scope="module")
def worker() -> Party:
    return party()


def ask(story: Story, **body: Any) -> dict[str, Any]:
    client = program(story.verifier, story.key)
    made = client.post("/api/openid4vp", json={"profile": "baker", **body})
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


def result(story: Story, made: dict[str, Any]) -> dict[str, Any]:
    client = program(story.verifier, story.key)
    found = client.get(f"/api/openid4vp/{made['id']}/result")
    assert found.status_code == 200, found.text
    report: dict[str, Any] = found.json()
    return report


def badges(story: Story, worker: Party) -> list[tuple[Party, Any]]:
    now = datetime.now(UTC)
    bread = story.school.issue(
        worker, {BREAD: "bake bread"}, kind="MicroCredential", genres=["examination"], at=now, cryptosuite="eddsa-rdfc-2022"
    )  # fmt: skip
    team = story.boss.issue(worker, {TEAM: "work in teams"}, genres=["work-record"], at=now)
    return [(story.school, bread), (story.boss, team)]


def shown(story: Story, worker: Party, way: str) -> dict[str, Any]:
    """Both skills in one form, as the script is told to show them."""
    found = {}
    for number, (issuer, badge) in enumerate(badges(story, worker), 1):
        if way == "ldp":
            found[f"skill{number}-ldp"] = [{"way": "ldp", "credentials": [badge]}]
        elif way == "jwt":
            token = secured(badge, Form.JWT_VC, issuer, worker).decode()
            found[f"skill{number}-jwt"] = [{"way": "jwt", "tokens": [token]}]
        else:
            token = secured(badge, Form(way), issuer, worker).decode()
            frame = {"credentialSubject": {"achievement": {"alignment": {"0": True}}}}
            short = {"dc+sd-jwt": "dcsd", "vc+sd-jwt": "vcsd"}[way]
            found[f"skill{number}-{short}"] = [{"way": "sdJwt", "token": token, "frame": frame}]
    return found


def run(story: Story, made: dict[str, Any], worker: Party, folder: Any, **more: Any) -> Any:
    authority = (folder / "authority.pem").read_text()
    return run_node(WALLET, {"link": made["link"], "holder": private(worker), "authority": authority, **more})


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_peer_knows_who_asks_and_its_answer_is_a_report(story, worker, folder, prefix):
    made = ask(story, clientIdPrefix=prefix)
    told = run(story, made, worker, folder, show=shown(story, worker, "dc+sd-jwt"))
    assert (told["client"], told["effective"], told["status"]) == (prefix, made["clientId"], 200), told
    report = result(story, made)
    assert (report["verdict"], report["met"]) == ("genuine", "yes")


@pytest.mark.parametrize(
    ("way", "mode"), [("ldp", "direct_post"), ("jwt", "direct_post.jwt"), ("vc+sd-jwt", "direct_post")]
)
def test_the_peer_shows_our_badges_in_every_form(story, worker, folder, way, mode):
    made = ask(story, responseMode=mode)
    told = run(story, made, worker, folder, show=shown(story, worker, way), enc="A128GCM")
    assert (told["mode"], told["status"], told["body"]) == (mode, 200, {}), told
    report = result(story, made)
    assert (report["verdict"], report["met"]) == ("genuine", "yes")


def test_a_foreign_credential_made_by_the_peer_is_told_as_what_it_is(story, worker, folder):
    made = ask(story, dcqlQuery=LICENCE)
    what = {"way": "foreignSdJwt", "issuer": private(party()), "claims": {"category": "forklift"}}
    show = {"licence": [{**what, "vct": "https://registry.example/licence"}]}
    assert run(story, made, worker, folder, show=show)["status"] == 200
    report = result(story, made)
    [other] = report["others"]
    assert (other["genuine"], other["claims"]) == ("yes", [{"name": "category", "value": "forklift"}])
    assert (report["verdict"], report["met"]) == ("unrecognised", "no")


def test_the_peer_says_no(story, worker, folder):
    made = ask(story)
    assert run(story, made, worker, folder, error="access_denied")["status"] == 200
    client = program(story.verifier, story.key)
    state = client.get(f"/api/openid4vp/{made['id']}").json()
    assert (state["state"], state["error"]) == ("refused", "access_denied")


def test_the_peer_is_sent_back_to_the_browser(story, worker, folder):
    made = ask(story, redirectUri="https://shop.example/done")
    told = run(story, made, worker, folder, show=shown(story, worker, "dc+sd-jwt"))
    code = told["body"]["redirect_uri"].removeprefix("https://shop.example/done?response_code=")
    client = program(story.verifier, story.key)
    found = client.post(f"/api/openid4vp/{made['id']}/collect", json={"responseCode": code})
    assert found.json()["met"] == "yes"
