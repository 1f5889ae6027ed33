"""Showing in every form: presentations as JSON and as JWT, envelopes in them, an SD-JWT with a key binding."""

from datetime import timedelta

import pytest

from passport.answers import Answer
from passport.credentials import Form
from passport.json import dump, parse_object
from passport.keys import KeyType, generate_signer
from passport.proofs.selective import derive
from passport.sd_jwt import issue
from passport.verification import verify_presentation
from tests.simulators.every_form import (
    SD,
    enveloped,
    everything,
    presented,
    school,
    secure,
    shown_with_key,
    unsigned,
)
from tests.simulators.parties import ESCO, NOW, Party, World

SKILLS = (f"{ESCO}a", f"{ESCO}b")
SCHOOL = school()
WORKERS = {key_type: Party("Worker", generate_signer(key_type)) for key_type in KeyType}
WORKER = WORKERS[KeyType.ED25519]
DOMAIN, CHALLENGE = "https://verifier.example", "c2h1ZmZsZWQgY2FyZHM"
SD_JWTS = (Form.VC_SD_JWT, Form.DC_SD_JWT)


def badge(subject=WORKER, **members):
    return unsigned(SCHOOL, subject, SKILLS, valid_until=NOW.replace(year=2031), **members)


def world():
    made = World()
    made.publish(SCHOOL.did_document())
    return made


def verify(source, challenge=CHALLENGE, domain=DOMAIN, at=NOW):
    made = world()
    made.now = at
    return verify_presentation(source, made.context, expected_challenge=challenge, expected_domain=domain)


def refusal(report):
    check = next(check for check in report.checks if check.answer is not Answer.YES)
    return check.code, check.answer, check.reason.code


def in_a_presentation(form, holder=WORKER):
    source = everything(secure(badge(holder), form, SCHOOL, holder), form)
    return enveloped(source, form) if form in set(Form) else parse_object(source)


@pytest.mark.parametrize("key_type", list(KeyType), ids=str)
@pytest.mark.parametrize("token", [False, True], ids=["json", "jwt"])
@pytest.mark.parametrize("form", ["eddsa-rdfc-2022", SD, Form.JWT_VC, *SD_JWTS], ids=str)
def test_every_form_in_every_presentation(form, token, key_type):
    holder = WORKERS[key_type]
    source = presented(
        holder, in_a_presentation(form, holder), token=token, challenge=CHALLENGE, domain=DOMAIN
    )
    report = verify(source)
    genuine = {check.code: check.answer for check in report.checks}
    assert set(genuine.values()) == {Answer.YES}, report.checks
    assert report.presentation.holder == holder.did
    assert report.mark is not None


@pytest.mark.parametrize("token", [False, True], ids=["json", "jwt"])
def test_way_a_has_no_challenge_and_ends(token):
    source = presented(WORKER, in_a_presentation(Form.JWT_VC), token=token)
    report = verify(source, None, None)
    assert report.presentation is not None
    assert refusal(verify(source, None, None, NOW + timedelta(seconds=121)))[0] == "proof_holds"


def test_a_token_that_lasts_longer_than_way_a_allows_is_refused():
    from passport.credentials.build import presentation
    from passport.jose import vc_jwt

    document = presentation(
        holder=WORKER.did, credentials=[in_a_presentation(Form.JWT_VC)], presentation_id="urn:uuid:1"
    )
    source = vc_jwt.sign_presentation(
        document,
        signer=WORKER.signer,
        verification_method=WORKER.method,
        issued_at=NOW,
        expires=NOW + timedelta(seconds=121),
    ).encode()
    assert refusal(verify(source, None, None)) == ("freshness", Answer.NO, "lifetime_too_long")


@pytest.mark.parametrize("token", [False, True], ids=["json", "jwt"])
@pytest.mark.parametrize(
    ("terms", "check"),
    [
        ({"challenge": "b3RoZXI", "domain": DOMAIN}, "challenge"),
        ({"domain": DOMAIN}, "challenge"),
        ({"challenge": CHALLENGE, "domain": "https://other.example"}, "domain"),
        ({"challenge": CHALLENGE}, "domain"),
    ],
)
def test_an_answer_to_another_question_is_refused(terms, check, token):
    source = presented(WORKER, in_a_presentation(Form.JWT_VC), token=token, **terms)
    assert refusal(verify(source))[:2] == (check, Answer.NO)


def test_a_presentation_by_somebody_else_is_refused():
    thief = Party("Thief")
    source = presented(thief, in_a_presentation(Form.VC_SD_JWT), challenge=CHALLENGE, domain=DOMAIN)
    assert refusal(verify(source)) == ("holder_binding", Answer.NO, "not_of_holder")


def test_an_envelope_that_says_another_form_is_no_genuine_credential():
    source = secure(badge(), Form.VC_SD_JWT, SCHOOL, WORKER)
    shown = enveloped(source, Form.DC_SD_JWT)
    report = verify(presented(WORKER, shown, challenge=CHALLENGE, domain=DOMAIN))
    assert report.presentation is None
    assert report.credentials[0].error.code == "malformed_envelope"


@pytest.mark.parametrize("form", SD_JWTS, ids=str)
@pytest.mark.parametrize("key_type", list(KeyType), ids=str)
def test_an_sd_jwt_with_a_key_binding_shows_one_skill(form, key_type):
    holder = WORKERS[key_type]
    source = shown_with_key(
        secure(badge(holder), form, SCHOOL, holder),
        holder,
        ["/credentialSubject/achievement/alignment/1"],
        CHALLENGE,
        DOMAIN,
    )
    report = verify(source)
    assert report.answer is Answer.YES, report.checks
    (shown,) = report.presentation.credentials
    assert [each.target_url for each in shown.credential.subject.achievement.alignments] == [SKILLS[1]]
    assert shown.credential.form is form
    assert SKILLS[0] not in str(shown.credential.document)


def bound(form=Form.VC_SD_JWT, holder=WORKER, subject=WORKER, challenge=CHALLENGE, domain=DOMAIN):
    return shown_with_key(secure(badge(subject), form, SCHOOL, holder), holder, [], challenge, domain)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (lambda: bound(challenge="b3RoZXI"), ("challenge", "challenge_mismatch")),
        (lambda: bound(domain="https://other.example"), ("domain", "domain_mismatch")),
        (lambda: bound(holder=Party("Thief")), ("holder_key", "holder_key_mismatch")),
        (lambda: bound()[: bound().rindex(b"~") + 1], ("proof_holds", "key_binding_missing")),
        (lambda: bound().replace(b"~", b"~~", 1), ("readable", None)),
        (lambda: bound()[:-6] + b"AAAAAA", ("proof_holds", None)),
    ],
)
def test_a_key_binding_that_does_not_fit_is_refused(source, expected):
    check, answer, reason = refusal(verify(source()))
    assert (check, answer) == (expected[0], Answer.NO)
    assert expected[1] in {reason, None}


def test_a_key_binding_always_answers_a_question():
    assert refusal(verify(bound(), None, None)) == ("challenge", Answer.NO, "challenge_mismatch")


def test_an_sd_jwt_about_nobody_is_not_shown_by_a_holder():
    document = badge()
    del document["credentialSubject"]["id"]
    text = issue(
        {**document, "iss": SCHOOL.did},
        disclosable=[],
        signer=SCHOOL.signer,
        header={"typ": "vc+sd-jwt", "kid": SCHOOL.method},
        holder_key=WORKER.signer.public_key,
    )
    shown = shown_with_key(text.encode(), WORKER, [], CHALLENGE, DOMAIN)
    assert refusal(verify(shown)) == ("readable", Answer.NO, "missing_member")


def test_a_derived_presentation_proof_is_not_a_holders():
    document = parse_object(secure(badge(), SD, SCHOOL, WORKER))
    source = dump(derive(document, selective_pointers=["/credentialSubject/achievement/alignment/0"]))
    assert refusal(verify(source))[0] == "readable"


def test_the_mark_outlives_a_rewriting():
    source = presented(WORKER, in_a_presentation(Form.JWT_VC), challenge=CHALLENGE, domain=DOMAIN)
    again = dump(dict(reversed(parse_object(source).items())))
    assert again != source
    assert verify(again).mark == verify(source).mark
    assert verify(bound()).mark != verify(bound(form=Form.DC_SD_JWT)).mark
