"""`passport issue` and `passport verify`: what is issued verifies, what was changed does not."""

import json
from datetime import timedelta

import pytest

from passport.cli.bench import realistic_badge
from passport.clock import utc_now
from passport.credentials import build
from passport.credentials.vocabulary import CREDENTIALS_V2, OPEN_BADGES
from passport.dids import create_did_key
from passport.json import dump
from passport.key_files import load_key_file
from passport.keys import KeyType
from passport.pictures.qr import draw_loop, draw_png
from passport.proofs import add_proof
from passport.proofs.selective import derive
from passport.qr_text import pack
from tests.simulators.parties import Party, status_entry


@pytest.mark.parametrize("cryptosuite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_what_is_issued_verifies(passport, desk, cryptosuite):
    path = desk.folder / "out.json"
    issued = passport("issue", desk.unsigned, "--key", desk.key, "--cryptosuite", cryptosuite, "-o", path)
    assert issued.code == 0
    [found] = passport("verify", path, "--json").json
    assert found["answer"] == "yes"
    assert found["issuers"] == [desk.school.did]
    assert [check["code"] for check in found["checks"]] == [
        "readable",
        "safe_structure",
        "issuer_found",
        "issuer_key",
        "proof_holds",
        "validity_period",
        "status",
    ]
    assert json.loads(path.read_bytes())["proof"]["cryptosuite"] == cryptosuite


def test_without_a_file_the_signed_badge_is_printed(passport, desk):
    printed = passport("issue", desk.unsigned, "--key", desk.key)
    path = desk.write("printed.json", printed.out.encode())
    assert passport("verify", path).code == 0


def test_programs_are_told_where_the_badge_is(passport, desk):
    path = desk.folder / "out.json"
    told = passport("issue", desk.unsigned, "--key", desk.key, "-o", path, "--json").json
    assert told["file"] == str(path)
    assert told["issuer"] == desk.school.did


def test_the_badge_of_the_measurements_is_one_that_verifies(passport, desk):
    badge = realistic_badge(1)
    badge["issuer"]["id"] = desk.school.did
    badge.pop("credentialStatus")
    path = desk.write("badge.json", badge)
    signed = passport("issue", path, "--key", desk.key)
    assert passport("verify", desk.write("out.json", signed.out.encode())).code == 0


def test_people_see_every_check_and_the_verdict(passport, desk):
    shown = passport("verify", desk.signed)
    assert shown.code == 0
    assert "good  signed.json" in shown.out
    for number in range(1, 8):
        assert f" {number}. " in shown.out
    assert "weld" in shown.out


def test_a_tampered_badge_is_refused(passport, desk):
    path = desk.write("tampered.json", desk.signed.read_bytes().replace(b"weld", b"Weld"))
    [found] = passport("verify", path, "--json").json
    assert found["answer"] == "no"
    assert [check["code"] for check in found["checks"] if check["answer"] == "no"] == ["proof_holds"]
    shown = passport("verify", path)
    assert shown.code == 1
    assert "not good" in shown.out
    assert "something was changed" in shown.out


def test_one_bad_file_among_good_ones_decides_the_exit_code(passport, desk):
    bad = desk.write("bad.json", b"nonsense")
    ran = passport("verify", desk.signed, bad, desk.signed, "--json")
    assert ran.code == 1
    assert [each["answer"] for each in ran.json] == ["yes", "no", "yes"]
    assert ran.json[1]["error"]["code"] == "malformed_json"


def test_an_issuer_out_of_reach_is_neither_good_nor_bad(passport, desk):
    elsewhere = Party.on_the_web("Elsewhere", "school.example")
    path = desk.write("web.json", elsewhere.issue(desk.worker, ["http://data.europa.eu/esco/skill/1"]))
    ran = passport("verify", path, "--offline", "--json")
    assert ran.code == 1
    assert ran.json[0]["answer"] == "cannot-tell"


def test_an_expired_badge_is_not_good(passport, desk):
    old = utc_now() - timedelta(days=30)
    badge = desk.school.issue(desk.worker, ["x:1"], at=old, valid_until=old + timedelta(days=1))
    assert passport("verify", desk.write("old.json", badge)).code == 1


def frames(desk):
    return pack(desk.signed.read_bytes(), most=400)


def test_a_picture_of_qr_codes_verifies(passport, desk):
    [frame] = pack(desk.signed.read_bytes(), most=4_000)
    assert passport("verify", desk.write("badge.png", draw_png(frame))).code == 0
    assert len(frames(desk)) > 1
    assert passport("verify", desk.write("badge.gif", draw_loop(frames(desk)))).code == 0


def test_a_picture_that_misses_frames_is_refused(passport, desk):
    ran = passport("verify", desk.write("badge.png", draw_png(frames(desk)[0])), "--json")
    assert ran.code == 1
    assert "error" in ran.json[0]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "malformed_json"),
        (b"\x89PNG\r\n\x1a\n", "damaged_png"),
        (b"GIF89a" + b"\xff" * 100, "not_a_picture"),
    ],
)
def test_what_is_no_picture_is_refused(passport, desk, content, code):
    ran = passport("verify", desk.write("badge.png", content), "--json")
    assert ran.code == 1
    assert ran.json[0]["error"]["code"] == code


@pytest.fixture
def presentation(desk):
    made = build.presentation(
        holder=desk.worker.did,
        credentials=[json.loads(desk.signed.read_bytes())],
        presentation_id="urn:uuid:1",
    )
    signed = add_proof(
        made,
        signer=desk.worker.signer,
        verification_method=desk.worker.method,
        created=utc_now(),
        cryptosuite="eddsa-jcs-2022",
        proof_purpose="authentication",
        challenge="wRVJ3ogYzKnYk1bO",
        domain="employer.example",
    )
    return desk.write("presentation.json", signed)


@pytest.mark.parametrize(
    ("challenge", "domain", "code"),
    [
        ("wRVJ3ogYzKnYk1bO", "employer.example", 0),
        ("another-challenge", "employer.example", 1),
        ("wRVJ3ogYzKnYk1bO", "elsewhere.example", 1),
    ],
)
def test_a_presentation_is_held_to_its_challenge_and_domain(passport, presentation, challenge, domain, code):
    ran = passport("verify", presentation, "--challenge", challenge, "--domain", domain, "--json")
    assert ran.code == code
    assert ran.json[0]["kind"] == "presentation"


def test_a_presentation_without_the_challenge_being_asked_is_not_good(passport, presentation):
    assert passport("verify", presentation).code == 1


def test_a_badge_that_names_another_issuer_is_not_signed(passport, desk):
    other = Party("Other")
    badge = json.loads(desk.unsigned.read_bytes())
    badge["issuer"]["id"] = other.did
    ran = passport(
        "issue", desk.write("other.json", badge), "--key", desk.key, "-o", desk.folder / "out.json"
    )
    assert ran.code == 1
    assert ran.err == "The credential names another issuer than this key. Give --method.\n"
    assert not (desk.folder / "out.json").exists()


def test_an_issuer_with_did_web_names_its_method(passport, desk):
    badge = json.loads(desk.unsigned.read_bytes())
    badge["issuer"]["id"] = "did:web:school.example"
    path = desk.write("web.json", badge)
    ran = passport("issue", path, "--key", desk.key, "--method", "did:web:school.example#key-1")
    assert json.loads(ran.out)["proof"]["verificationMethod"] == "did:web:school.example#key-1"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            {"@context": [CREDENTIALS_V2, OPEN_BADGES, "https://unknown.example/v1"]},
            "unknown_context",
        ),
        ({"credentialSubject": {}}, None),
        ({"@included": []}, None),
    ],
)
def test_what_would_be_refused_later_is_not_signed(passport, desk, change, code):
    badge = {**json.loads(desk.unsigned.read_bytes()), **change}
    path = desk.write("odd.json", badge)
    for cryptosuite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        ran = passport(
            "issue", path, "--key", desk.key, "--cryptosuite", cryptosuite, "-o", desk.folder / "o", "--json"
        )
        assert ran.code == 1
        assert code in {None, ran.json["error"]["code"]}
        assert not (desk.folder / "o").exists()


def test_a_key_that_no_cryptosuite_takes_is_refused(passport, desk):
    passport("keys", "new", desk.folder / "p.key", "--type", KeyType.P256)
    did = create_did_key(load_key_file(desk.folder / "p.key").public_key)
    badge = json.loads(desk.unsigned.read_bytes())
    badge["issuer"]["id"] = did
    ran = passport("issue", desk.write("p.json", badge), "--key", desk.folder / "p.key", "--json")
    assert ran.json["error"]["code"] == "key_not_for_cryptosuite"


def test_a_cryptosuite_that_is_not_there_is_a_wrong_use(passport, desk):
    ran = passport("issue", desk.unsigned, "--key", desk.key, "--cryptosuite", "rot-13")
    assert ran.code == 2
    assert "ecdsa-sd-2023" in ran.err


def test_what_is_signed_to_be_shown_in_part_keeps_its_end(passport, desk):
    key, signed = desk.folder / "p.key", desk.folder / "base.json"
    passport("keys", "new", key, "--type", KeyType.P256)
    badge = json.loads(desk.unsigned.read_bytes())
    badge["issuer"]["id"] = create_did_key(load_key_file(key).public_key)
    badge["validUntil"] = "2099-01-01T00:00:00Z"
    unsigned = desk.write("p.json", badge)
    assert passport("issue", unsigned, "--key", key, "--cryptosuite", "ecdsa-sd-2023", "-o", signed).code == 0
    part = derive(json.loads(signed.read_bytes()), selective_pointers=[])
    assert part["validUntil"] == badge["validUntil"]
    assert part["credentialSubject"]["id"] == badge["credentialSubject"]["id"]


def test_a_status_that_cannot_be_looked_up_is_not_good(passport, desk):
    entry = status_entry("https://school.example/status/1", 5)
    badge = desk.school.issue(desk.worker, ["x:1"], status=[entry], at=utc_now())
    ran = passport("verify", desk.write("status.json", dump(badge)), "--offline", "--json")
    assert ran.code == 1
    assert ran.json[0]["answer"] == "cannot-tell"
