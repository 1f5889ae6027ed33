"""Our badges before two verifiers that others wrote: npm verifier-core and PyPI openvc-core.

Genuine ones hold, changed, expired and revoked ones don't: a verifier that says yes to everything shows nothing.
"""

import json
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

import contexts
from passport.credentials import Form
from passport.dids import did_web_url
from passport.json import parse_object
from passport.keys import KeyType, generate_signer
from tests.simulators.every_form import ALL, everything, secure, unsigned
from tests.simulators.other_parties import PEERS, peer_python, run_node
from tests.simulators.parties import NOW, Party, status_entry

RDFC = "eddsa-rdfc-2022"
WELDING = ("http://data.europa.eu/esco/skill/welding",)
LIST = "https://school.example/status/1"
WORKER = Party("A worker")
SCHOOL = Party.on_the_web("School", "school.example")
P256_SCHOOL = Party.on_the_web("School with P-256", "p256.example", generate_signer(KeyType.P256))
PRESENT = datetime.now(UTC).replace(microsecond=0)
"""Both libraries ask their own clock whether a list is still good."""
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


def badge(issuer=SCHOOL, **members):
    return issuer.issue(WORKER, WELDING, cryptosuite=RDFC, **members)


def changed(document):
    other = json.loads(json.dumps(document))
    other["credentialSubject"]["achievement"]["name"] = "Another achievement"
    return other


def revocable(position):
    return badge(status=[status_entry(LIST, position)])


DOCUMENTS = {
    did_web_url(each.did): parse_object(each.did_document().body) for each in (SCHOOL, P256_SCHOOL)
} | {
    LIST: SCHOOL.sign(
        {
            name: value
            for name, value in parse_object(SCHOOL.status_list(LIST, revoked=[7], at=PRESENT).body).items()
            if name != "proof"
        },
        at=PRESENT,
        cryptosuite=RDFC,
    )
}
KNOWN = {url: contexts.shipped().document(url) for url in contexts.known()}
GENUINE = {
    "by did:web": badge(),
    "by did:key": badge(Party("A school with a did:key")),
    "with evidence": badge(genres=["assessment", "work-record"]),
    "letters of every script": badge(achievement={"name": "Lassen è \U0001f468\u200d\U0001f527 焊接 لحام"}),
    "in force": revocable(3),
}
REFUSED = {
    "changed": changed(GENUINE["by did:web"]),
    "another signer": {**badge(), "proof": badge(Party("Somebody else"))["proof"]},
    "expired": badge(valid_from=NOW - timedelta(days=900), valid_until=NOW - timedelta(days=300)),
    "revoked": revocable(7),
    "its list is not there": badge(status=[status_entry("https://school.example/status/2", 1)]),
}


@pytest.fixture(scope="module")
def verifier_core(vectors):
    every = {**GENUINE, **REFUSED}
    schema = json.loads((vectors / "openbadges-1edtech" / SCHEMA.rpartition("/")[2]).read_bytes())
    found = run_node(
        PEERS / "badge_verifier_core.mjs",
        {"credentials": list(every.values()), "documents": {**KNOWN, **DOCUMENTS, SCHEMA: schema}},
    )
    return dict(zip(every, found["told"], strict=True))


@pytest.mark.parametrize("name", GENUINE)
def test_verifier_core_finds_a_genuine_badge_genuine(verifier_core, name):
    told = verifier_core[name]
    assert told["errors"] == []
    assert told["steps"]["valid_signature"] is True
    assert told["steps"].get("expiration", True) is True
    if name == "in force":
        assert told["steps"]["revocation_status"] is True


@pytest.mark.parametrize("name", GENUINE)
def test_the_official_schema_finds_one_thing_that_its_own_readers_differ_about(verifier_core, name):
    """The schema wants proofs in a list, which openvc-core does not read; every verifier here reads one alone."""
    [found] = verifier_core[name]["schema"]["results"]
    assert found["schema"] == SCHEMA
    assert [error["instancePath"] for error in found["result"]["errors"]] == ["/proof"]


@pytest.mark.parametrize("name", ["changed", "another signer"])
def test_verifier_core_refuses_a_forged_badge(verifier_core, name):
    assert verifier_core[name]["errors"] == ["invalid_signature"]


def test_verifier_core_sees_that_a_badge_expired(verifier_core):
    assert verifier_core["expired"]["steps"]["expiration"] is False


def test_verifier_core_sees_that_a_badge_was_revoked(verifier_core):
    assert verifier_core["revoked"]["steps"]["revocation_status"] is False


def test_verifier_core_does_not_call_a_badge_in_force_whose_list_is_not_there(verifier_core):
    assert verifier_core["its list is not there"]["steps"]["revocation_status"] is not True


FORMS = {
    form: everything(secure(unsigned(P256_SCHOOL, WORKER, WELDING), form, P256_SCHOOL, WORKER), form)
    for form in ALL
}


@pytest.fixture(scope="module")
def openvc():
    genuine = GENUINE["by did:web"]
    listed = {"its one proof in a list": {**genuine, "proof": [genuine["proof"]]}}
    every = {
        **GENUINE,
        **REFUSED,
        **listed,
        **{f"form {name}": written(source) for name, source in FORMS.items()},
    }
    done = subprocess.run(
        [str(peer_python()), str(PEERS / "badge_openvc.py")],
        input=json.dumps({"credentials": list(every.values()), "documents": DOCUMENTS, "contexts": KNOWN}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return dict(zip(every, json.loads(done.stdout), strict=True))


def written(source):
    text = source.decode()
    return json.loads(text) if text.startswith("{") else text


@pytest.mark.parametrize("name", GENUINE)
def test_openvc_finds_a_genuine_badge_genuine(openvc, name):
    assert openvc[name] == {"verified": GENUINE[name]["issuer"]["id"]}


@pytest.mark.parametrize("name", REFUSED)
def test_openvc_refuses_what_is_forged_expired_revoked_or_can_not_be_looked_up(openvc, name):
    assert "refused" in openvc[name]


def test_openvc_reads_no_proof_in_a_list(openvc):
    """Why a badge of ours has its one proof alone: VC Data Integrity allows either."""
    assert openvc["its one proof in a list"]["refused"].startswith("UnknownCredentialFormat")


@pytest.mark.parametrize("form", [form for form in ALL if form != Form.JWT_VC])
def test_openvc_verifies_every_form(openvc, form):
    assert openvc[f"form {form}"] == {"verified": P256_SCHOOL.did}
