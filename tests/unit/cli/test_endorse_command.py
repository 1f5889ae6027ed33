"""`passport digest` and `passport endorse`: what they make confirms a claim, in every form of the claim."""

import json
from datetime import timedelta

import pytest

from passport.clock import utc_now
from passport.credentials import Form, credential_digest
from passport.encoding import digest_multibase
from passport.evidence import weigh
from passport.key_files import write_key_file
from passport.keys import KeyType, generate_signer
from passport.proofs.selective import derive
from passport.trust import Recognition
from passport.verification import Context, verify_credential, verify_endorsement
from tests.simulators.chains import claim
from tests.simulators.every_form import SD, secure
from tests.simulators.parties import ESCO, Party, World, recognise

PANELS, CABLES = f"{ESCO}panels", f"{ESCO}cables"
SHEET = b"date,hours,task\n2026-01-05,8,panels\n"


@pytest.fixture
def employer(tmp_path):
    made = Party("Employer")
    write_key_file(tmp_path / "employer.key", made.signer)
    return made


@pytest.fixture
def claimed(desk):
    made = claim(desk.worker, [PANELS, CABLES], at=utc_now() - timedelta(days=1))
    desk.write("claim.json", made)
    desk.write("hours.csv", SHEET)
    return made


@pytest.fixture
def endorse(passport, desk, employer, claimed):
    def run(*words):
        return passport("endorse", desk.folder / "claim.json", "--key", desk.folder / "employer.key", *words)

    return run


def test_one_skill_with_a_record_is_what_the_evidence_rules_count(desk, employer, claimed, endorse):
    made = endorse("--skill", PANELS, "--record", desk.folder / "hours.csv", "--comment", "I saw it.")
    assert made.code == 0
    document = json.loads(made.out)
    [basis, record] = document["relatedResource"]
    assert basis == {
        "id": claimed["id"],
        "digestMultibase": credential_digest(claimed),
        "mediaType": "application/vc",
    }
    assert (record["digestMultibase"], record["mediaType"]) == (digest_multibase(SHEET), "text/csv")
    assert record["id"] == document["evidence"][0]["id"]
    assert "hours" not in made.out
    world = World(utc_now())
    found = weigh(
        [verify_credential(claimed, Context(world.context.documents, world.now)).require()],
        trust=world.trusting(recognise(employer, Recognition.EMPLOYER)),
        now=world.now,
        holder=desk.worker.did,
        endorsements=[verify_endorsement(made.out.encode(), world.context).require()],
        files={record["id"]: SHEET},
    )
    assert {each.skill: str(each.strength) for each in found} == {PANELS: "semi-hard", CABLES: "soft"}


def test_several_skills_are_several_confirmations(passport, desk, endorse):
    folder = desk.folder / "made"
    told = endorse("--skill", PANELS, "--skill", CABLES, "-o", folder, "--json").json
    assert told == {"output": str(folder), "made": 2, "confirms": [PANELS, CABLES]}
    said = passport("verify", folder, "--json").json
    assert [(each["kind"], each["answer"], each["endorses"]) for each in said] == [
        ("endorsement", "yes", PANELS),
        ("endorsement", "yes", CABLES),
    ]
    assert "2 to" in endorse("--skill", PANELS, "--skill", CABLES, "-o", folder).out


def test_without_a_skill_the_claim_as_a_whole_is_confirmed(claimed, endorse):
    document = json.loads(endorse("--genre", "observation", "--name", "Employer").out)
    assert document["credentialSubject"]["id"] == claimed["id"]
    assert document["issuer"]["name"] == "Employer"
    assert document["evidence"] == [{"type": ["Evidence"], "name": "Statement", "genre": "observation"}]


def test_what_is_not_in_the_claim_is_not_confirmed(endorse):
    ran = endorse("--skill", f"{ESCO}baking", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (1, "skill_not_in_claim")


def test_a_claim_that_was_changed_is_not_confirmed(desk, claimed, endorse):
    desk.write("claim.json", {**claimed, "name": "More than that"})
    assert endorse("--skill", PANELS).code == 1


@pytest.mark.parametrize(("option", "word"), [("--genre", "validation"), ("--cryptosuite", SD)])
def test_a_genre_of_an_assessor_and_a_seal_of_parts_are_a_wrong_use(endorse, option, word):
    assert endorse("--skill", PANELS, option, word).code == 2


def test_an_unsigned_one_can_get_a_status_and_be_signed_then(passport, desk, employer, endorse):
    unsigned = json.loads(endorse("--skill", PANELS, "--unsigned").out)
    assert "proof" not in unsigned
    unsigned["credentialStatus"] = {
        "id": "https://employer.example/status/1#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://employer.example/status/1",
    }
    path = desk.write("unsigned.json", unsigned)
    signed = passport("issue", path, "--key", desk.folder / "employer.key")
    assert signed.code == 0
    report = verify_endorsement(signed.out.encode(), World(utc_now()).context)
    assert report.endorsement is not None


def test_the_digest_is_of_what_the_issuer_signed_in_every_form(passport, desk):
    issuer, holder = Party("School", generate_signer(KeyType.P256)), desk.worker
    plain = issuer.issue(holder, [PANELS], cryptosuite="ecdsa-jcs-2019")
    document = {name: value for name, value in plain.items() if name != "proof"}
    forms = {form: secure(document, form, issuer, holder) for form in ("eddsa", SD, *list(Form)[1:])}
    for form, source in forms.items():
        path = desk.write("one" + (".json" if source.startswith(b"{") else ".jwt"), source)
        [found] = passport("digest", path, "--json").json
        assert found["digestMultibase"] == credential_digest(source), form
        assert found["covers"]
    media = {Form.VC_SD_JWT: "application/vc+sd-jwt", Form.JWT_VC: "application/vc+jwt"}
    for form, media_type in media.items():
        [found] = passport("digest", desk.write("one.jwt", forms[form]), "--json").json
        assert found["mediaType"] == media_type
    hidden = forms[Form.VC_SD_JWT].partition(b"~")[0] + b"~"
    assert credential_digest(hidden) == credential_digest(forms[Form.VC_SD_JWT])
    derived = derive(json.loads(forms[SD]), selective_pointers=["/credentialSubject"])
    assert credential_digest(derived) != credential_digest(forms[SD])


def test_people_are_told_what_a_digest_covers(passport, desk):
    shown = passport("digest", desk.signed)
    assert credential_digest(desk.signed.read_bytes()) in shown.out
    assert "RFC 8785" in shown.out


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"{", "malformed_json"),
        (b'{"type": ["VerifiablePresentation"], "proof": {}}', "not_a_credential"),
    ],
)
def test_what_has_no_digest_to_build_on_is_refused(passport, desk, document, code):
    ran = passport("digest", desk.write("odd.json", document), desk.signed, "--json")
    assert ran.code == 1
    assert ran.json[0]["error"]["code"] == code
    assert "digestMultibase" in ran.json[1]


def test_an_unsigned_badge_has_none_yet(passport, desk):
    ran = passport("digest", desk.unsigned)
    assert ran.code == 1
    assert "not signed yet" in ran.err


def test_a_picture_that_is_none_and_an_empty_file_are_refused(passport, desk):
    ran = passport("digest", desk.write("odd.png", b"no picture"), "--json")
    assert (ran.code, "error" in ran.json[0]) == (1, True)
    assert passport("digest", desk.write("none.jsonl", b"\n")).code == 1
