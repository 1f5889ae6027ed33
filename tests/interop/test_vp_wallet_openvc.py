"""What our wallet answers is verified by PyPI openvc-core: holder binding, nonce, client, query and credential."""

import json
import subprocess
from datetime import UTC, datetime

import pytest

import contexts
from passport.clock import format_datetime
from passport.dids import did_web_url
from passport.keys import KeyType
from tests.simulators.other_parties import PEERS, peer_python
from tests.simulators.parties import NOW
from tests.simulators.vp_answering import Asked, welding

FORMS = ("ldp_vc", "jwt_vc_json", "dc+sd-jwt")


@pytest.fixture(scope="module")
def told():
    """Each form by each key of the wallet; and each for another nonce and for another client.

    At the present moment: of a presentation in a JWT the library asks its own clock.
    """
    answers, documents = {}, {}
    for form in FORMS:
        for key in (KeyType.ED25519, KeyType.P256):
            asked = Asked()
            asked.person.world.now = max(NOW, datetime.now(UTC).replace(microsecond=0))
            asked.take(form, subject=asked.wallet.holder_with(key).did)
            found = asked.ask(welding(form))
            request = found.verified.request
            made = {
                "vp_token": asked.token(asked.approve(found)),
                "dcql": asked.query.to_json(),
                "nonce": request.nonce,
                "client_id": str(request.client_id),
            }
            answers[form, key, "as asked"] = made
            answers[form, key, "another nonce"] = {**made, "nonce": "another-nonce"}
            answers[form, key, "another client"] = {**made, "client_id": "x509_san_dns:evil.example"}
            url = did_web_url(asked.school.did)
            documents.setdefault(form + key, json.loads(asked.school.did_document().body))
            answers_of_school = {url: documents[form + key]}
            for name in ("as asked", "another nonce", "another client"):
                answers[form, key, name]["documents"] = answers_of_school
            now = asked.person.world.now
    known = {url: contexts.shipped().document(url) for url in contexts.known()}
    body = {"answers": list(answers.values()), "contexts": known, "now": format_datetime(now)}
    done = subprocess.run(
        [str(peer_python()), str(PEERS / "vp_wallet_openvc.py")],
        input=json.dumps(body),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return dict(zip(answers, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("key", [KeyType.ED25519, KeyType.P256], ids=str)
@pytest.mark.parametrize("form", ["ldp_vc", "dc+sd-jwt"])
def test_it_verifies_what_we_answer_and_refuses_it_for_anything_else(told, form, key):
    as_asked = told[form, key, "as asked"]
    assert "refused" not in as_asked, as_asked
    ((query, as_form, _),) = as_asked["verified"]
    assert (query, as_form) == ("badge", form)
    assert "refused" in told[form, key, "another nonce"]
    assert "refused" in told[form, key, "another client"]


@pytest.mark.parametrize("key", [KeyType.ED25519, KeyType.P256], ids=str)
def test_of_a_jwt_it_reads_the_presentation_and_knows_credentials_of_version_1_only(told, key):
    """Badges in a JWT are of version 2.0, without a `vc` claim (Open Badges 3.0, section 8.2)."""
    assert "no embedded `vc` object" in told["jwt_vc_json", key, "as asked"]["refused"]
    assert "nonce" in told["jwt_vc_json", key, "another nonce"]["refused"]
    assert "aud" in told["jwt_vc_json", key, "another client"]["refused"]
