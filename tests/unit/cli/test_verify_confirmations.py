"""`passport verify` with a confirmation and nothing beside it: verified, and no proof of a skill."""

import json
from datetime import timedelta

import pytest

from passport.clock import utc_now
from passport.credentials import Form
from passport.credentials.enveloped import envelope
from passport.jose import vc_jwt
from passport.json import dump
from passport.texts import Language
from passport.workers.examination import Examination, Expected
from tests.simulators.chains import claim, confirm, unsigned_confirmation
from tests.simulators.parties import ESCO, Party

SKILL = f"{ESCO}welding"
EARLIER = timedelta(days=1)


@pytest.fixture
def employer():
    return Party("Employer")


@pytest.fixture
def claimed(desk):
    return claim(desk.worker, [SKILL], at=utc_now() - EARLIER)


@pytest.fixture
def confirmed(employer, claimed):
    return confirm(employer, claimed, SKILL, at=utc_now() - EARLIER)


def as_token(employer, claimed):
    unsigned = unsigned_confirmation(employer, claimed, SKILL, at=utc_now() - EARLIER)
    return vc_jwt.sign_credential(
        unsigned, signer=employer.signer, verification_method=employer.method, issued_at=utc_now()
    ).encode()


def test_it_says_who_confirms_what_and_beside_which_claim(passport, desk, employer, claimed, confirmed):
    path = desk.write("confirmation.json", confirmed)
    ran = passport("verify", path, "--json")
    [found] = ran.json
    assert (ran.code, found["kind"], found["answer"], found["skills"]) == (0, "endorsement", "yes", [])
    assert (found["issuers"], found["endorses"]) == ([employer.did], SKILL)
    assert [each["id"] for each in found["builds_on"]] == [claimed["id"]]
    shown = passport("verify", path)
    assert "no badge" in shown.out
    for named in (employer.did, SKILL, claimed["id"], "7. "):
        assert named in shown.out


def test_a_token_and_an_envelope_are_read_as_well(passport, desk, employer, claimed):
    token = as_token(employer, claimed)
    for name, source in (("a.jwt", token), ("a.json", dump(envelope(token, Form.JWT_VC)))):
        [found] = passport("verify", desk.write(name, source), "--json").json
        assert (found["kind"], found["answer"], found["endorses"]) == ("endorsement", "yes", SKILL)


def test_one_that_was_changed_confirms_nothing(passport, desk, confirmed):
    path = desk.write("changed.json", {**confirmed, "name": "Another"})
    ran = passport("verify", path, "--json")
    [found] = ran.json
    assert (ran.code, found["answer"], found["endorses"], found["builds_on"]) == (1, "no", None, [])
    assert "confirms nothing" in passport("verify", path).out


def test_one_that_ended_is_not_good_though_genuine(passport, desk, employer, claimed):
    ended = confirm(employer, claimed, SKILL, at=utc_now() - EARLIER, valid_until=utc_now() - EARLIER / 2)
    ran = passport("verify", desk.write("ended.json", ended))
    assert ran.code == 1
    assert "Expired" in ran.out
    assert employer.did in ran.out


def test_one_that_names_no_claim_is_said_to_confirm_nobody(passport, desk, employer):
    path = desk.write("vague.json", confirm(employer, None, SKILL, at=utc_now() - EARLIER))
    assert "nobody's skill" in passport("verify", path).out


def test_what_can_not_be_read_says_why(passport, desk):
    broken = desk.write(
        "broken.json", b'{"type":["VerifiableCredential","EndorsementCredential"],"id":1,"id":2}'
    )
    [found] = passport("verify", broken, "--json").json
    assert (found["answer"], found["checks"][0]["code"]) == ("no", "readable")
    odd = desk.write("odd.json", {"type": ["VerifiableCredential", "EndorsementCredential"], "issuer": 7})
    ran = passport("verify", odd)
    assert ran.code == 1
    assert "not found to be genuine" in ran.out


def test_among_many_each_is_held_to_its_own_list(passport, desk, claimed, confirmed):
    changed = {**confirmed, "name": "Another"}
    lines = b"\n".join(
        dump(each) for each in (claimed, confirmed, changed, json.loads(desk.signed.read_bytes()))
    )
    ran = passport("verify", desk.write("all.jsonl", lines), "--jsonl")
    said = [json.loads(line) for line in ran.out.splitlines()]
    assert [(each["kind"], each["answer"]) for each in said] == [
        ("credential", "yes"),
        ("endorsement", "yes"),
        ("endorsement", "no"),
        ("credential", "yes"),
    ]
    assert ran.code == 1


def test_the_note_is_in_the_language_that_was_asked(confirmed):
    report, _, _ = Examination(Expected(utc_now(), language=Language.NL).plain()).work(dump(confirmed))
    assert report["note"].startswith("Dit is een bevestiging")
