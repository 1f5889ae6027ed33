"""A24, A25, A26: a presentation counts for the one who asked, once, and only with the holder's own badges."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from passport.answers import Answer
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.json import JsonObject, dump
from passport.limits import TIME
from passport.verification import Context, PresentationReport, verify_presentation
from tests.simulators.exchange import CHALLENGE, DOMAIN, NOW, Signatory, at_hand

SCHOOL = Signatory.web(1)
WORKER = Signatory.key(2)
THIEF = Signatory.key(4)
BADGE = SCHOOL.issue(WORKER)
SECOND = timedelta(seconds=1)
LIFETIME = timedelta(seconds=TIME.presentation_lifetime)
NO, CANNOT = Answer.NO, Answer.CANNOT_TELL


def verify(
    shown: JsonObject | bytes,
    *,
    challenge: str | None = CHALLENGE,
    domain: str | None = DOMAIN,
    now: datetime = NOW,
) -> PresentationReport:
    context = Context(at_hand(SCHOOL.published()), now)
    return verify_presentation(shown, context, expected_challenge=challenge, expected_domain=domain)


def outcome(report: PresentationReport) -> tuple[str, Answer, str]:
    return next((c.code, c.answer, c.reason.code) for c in report.checks if c.answer is not Answer.YES)


def other(number: int) -> JsonObject:
    return SCHOOL.issue(WORKER, credential_id=f"urn:uuid:{number}")


@pytest.mark.parametrize("badge_suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_a_genuine_presentation_passes_every_check(suite: str, badge_suite: str) -> None:
    badges = [SCHOOL.issue(WORKER, suite=badge_suite), WORKER.issue(WORKER, credential_id="urn:uuid:2")]
    report = verify(WORKER.present(*badges, cryptosuite=suite))
    assert [check.number for check in report.checks] == list(range(1, 11))
    assert {check.answer for check in report.checks} == {Answer.YES}
    assert report.answer is Answer.YES
    found = report.require()
    assert found.holder == report.holder == WORKER.did
    assert len(found.credentials) == 2


# A24: replay

OTHER = "aW5vdGhlcl9jaGFsbGVuZ2U"
REPLAYED: dict[str, tuple[Callable[[], JsonObject], str, str]] = {
    "another challenge": (lambda: WORKER.present(BADGE, challenge=OTHER), "challenge", "challenge_mismatch"),
    "no challenge": (lambda: WORKER.present(BADGE, challenge=None), "challenge", "challenge_mismatch"),
    "another domain": (
        lambda: WORKER.present(BADGE, domain="https://other.example"),
        "domain",
        "domain_mismatch",
    ),
    "no domain": (lambda: WORKER.present(BADGE, domain=None), "domain", "domain_mismatch"),
    "two domains": (
        lambda: WORKER.present(BADGE, domain=[DOMAIN, "https://other.example"]),
        "domain",
        "domain_mismatch",
    ),
    "domain in capitals": (lambda: WORKER.present(BADGE, domain=DOMAIN.upper()), "domain", "domain_mismatch"),
    "challenge swapped in afterwards": (
        lambda: _with_proof(WORKER.present(BADGE, challenge=OTHER), challenge=CHALLENGE),
        "proof_holds",
        "signature_mismatch",
    ),
    "domain swapped in afterwards": (
        lambda: _with_proof(WORKER.present(BADGE, domain="https://other.example"), domain=DOMAIN),
        "proof_holds",
        "signature_mismatch",
    ),
    "challenge in the document, not in the proof": (
        lambda: WORKER.present(BADGE, challenge=None, members={"challenge": CHALLENGE}),
        "challenge",
        "challenge_mismatch",
    ),
    "a second proof for another domain": (
        lambda: WORKER.sign(
            WORKER.present(BADGE),
            proof_purpose="authentication",
            challenge=CHALLENGE,
            domain="https://other.example",
        ),
        "domain",
        "domain_mismatch",
    ),
    "a second proof without a challenge": (
        lambda: WORKER.sign(WORKER.present(BADGE), proof_purpose="authentication", domain=DOMAIN),
        "challenge",
        "challenge_mismatch",
    ),
    "over": (lambda: WORKER.present(BADGE, expires=NOW), "proof_holds", "proof_expired"),
    "from the future": (
        lambda: WORKER.present(BADGE, created=NOW + 61 * SECOND),
        "proof_holds",
        "proof_from_the_future",
    ),
}


def _with_proof(document: JsonObject, **members: Any) -> JsonObject:
    return {**document, "proof": {**document["proof"], **members}}


@pytest.mark.parametrize(("make", "code", "reason"), REPLAYED.values(), ids=REPLAYED.keys())
def test_a24_a_presentation_for_something_else_is_refused(
    make: Callable[[], JsonObject], code: str, reason: str
) -> None:
    report = verify(make())
    assert outcome(report) == (code, NO, reason)
    assert report.presentation is None
    assert report.answer is NO


def test_a24_an_answer_to_a_challenge_is_no_way_a() -> None:
    answered = WORKER.present(BADGE, expires=NOW + LIFETIME)
    assert outcome(verify(answered, challenge=None, domain=None)) == ("challenge", NO, "challenge_mismatch")
    for_another = WORKER.present(BADGE, challenge=None, expires=NOW + LIFETIME)
    assert outcome(verify(for_another, challenge=None, domain=None)) == ("domain", NO, "domain_mismatch")


@pytest.mark.parametrize(
    ("options", "now", "expected"),
    [
        ({"expires": NOW + LIFETIME}, NOW, None),
        ({"expires": NOW + LIFETIME}, NOW + LIFETIME - SECOND, None),
        ({"expires": NOW + LIFETIME}, NOW + LIFETIME, ("proof_holds", NO, "proof_expired")),
        ({"expires": NOW + LIFETIME + SECOND}, NOW, ("freshness", NO, "lifetime_too_long")),
        ({"expires": None}, NOW, ("freshness", NO, "lifetime_too_long")),
        ({"expires": NOW + LIFETIME}, NOW - 60 * SECOND, None),
        ({"expires": NOW + LIFETIME}, NOW - 61 * SECOND, ("proof_holds", NO, "proof_from_the_future")),
    ],
)
def test_a24_way_a_lasts_two_minutes(
    options: dict[str, Any], now: datetime, expected: tuple[str, Answer, str] | None
) -> None:
    shown = WORKER.present(BADGE, challenge=None, domain=None, **options)
    report = verify(shown, challenge=None, domain=None, now=now)
    if expected is None:
        assert report.answer is Answer.YES
    else:
        assert outcome(report) == expected
        assert report.presentation is None


def test_a24_way_a_without_a_date_is_refused() -> None:
    shown = WORKER.present(BADGE, challenge=None, domain=None, expires=NOW + LIFETIME)
    undated = {**shown, "proof": {k: v for k, v in shown["proof"].items() if k != "created"}}
    assert verify(undated, challenge=None, domain=None).presentation is None


# A25: holder binding

FORGED: dict[str, tuple[Callable[[], JsonObject], tuple[str, Answer, str]]] = {
    "signed by somebody else": (
        lambda: THIEF.present(BADGE, holder=WORKER.did),
        ("holder_key", NO, "key_not_of_holder"),
    ),
    "signed by somebody else under the holder's method": (
        lambda: THIEF.present(BADGE, holder=WORKER.did, verification_method=WORKER.method),
        ("proof_holds", NO, "signature_mismatch"),
    ),
    "a stolen credential": (lambda: THIEF.present(BADGE), ("holder_binding", NO, "not_of_holder")),
    "a stolen credential among one's own": (
        lambda: THIEF.present(SCHOOL.issue(THIEF), BADGE),
        ("holder_binding", NO, "not_of_holder"),
    ),
    "the issuer as holder": (lambda: SCHOOL.present(BADGE), ("holder_binding", NO, "not_of_holder")),
    "a subject without id": (
        lambda: WORKER.present(_anonymous()),
        ("holder_binding", NO, "not_of_holder"),
    ),
    "a subject with another fragment": (
        lambda: WORKER.present(SCHOOL.issue(WORKER.method)),
        ("holder_binding", NO, "not_of_holder"),
    ),
    "a proof for another purpose": (
        lambda: WORKER.present(BADGE, proof_purpose="assertionMethod"),
        ("proof_holds", NO, "proof_purpose_mismatch"),
    ),
    "a second signer": (
        lambda: THIEF.sign(
            WORKER.present(BADGE), proof_purpose="authentication", challenge=CHALLENGE, domain=DOMAIN
        ),
        ("holder_key", NO, "key_not_of_holder"),
    ),
    "no proof": (
        lambda: {k: v for k, v in WORKER.present(BADGE).items() if k != "proof"},
        ("holder_key", NO, "proof_missing"),
    ),
    "the badge's proof as the presentation's": (
        lambda: {**WORKER.present(BADGE), "proof": SCHOOL.issue(WORKER, suite="eddsa-rdfc-2022")["proof"]},
        ("holder_key", NO, "key_not_of_holder"),
    ),
    "a credential put in afterwards": (
        lambda: {**WORKER.present(BADGE), "verifiableCredential": [BADGE, other(2)]},
        ("proof_holds", NO, "signature_mismatch"),
    ),
    "a credential taken out afterwards": (
        lambda: {**WORKER.present(BADGE, other(2)), "verifiableCredential": [BADGE]},
        ("proof_holds", NO, "signature_mismatch"),
    ),
    "a holder put in afterwards": (
        lambda: {**WORKER.present(BADGE), "holder": THIEF.did},
        ("holder_key", NO, "key_not_of_holder"),
    ),
    "a holder that is no DID": (
        lambda: WORKER.present(BADGE, holder="https://worker.example"),
        ("holder_found", CANNOT, "signer_not_a_did"),
    ),
}


def _anonymous() -> JsonObject:
    badge = SCHOOL.badge(WORKER)
    del badge["credentialSubject"]["id"]
    return SCHOOL.sign(badge)


@pytest.mark.parametrize(("make", "expected"), FORGED.values(), ids=FORGED.keys())
def test_a25_only_the_holder_shows_the_holders_badges(
    make: Callable[[], JsonObject], expected: tuple[str, Answer, str]
) -> None:
    report = verify(make())
    assert outcome(report) == expected
    assert report.presentation is None
    assert report.answer is expected[1]
    with pytest.raises(PassportError) as caught:
        report.require()
    assert caught.value.code == expected[2]


# A26: shapes


def _tampered() -> JsonObject:
    return {**BADGE, "validUntil": "2099-01-01T00:00:00Z"}


SHAPES: dict[str, tuple[Callable[[], JsonObject], str]] = {
    "empty": (lambda: WORKER.present(BADGE, members={"verifiableCredential": []}), "empty_presentation"),
    "seventeen": (lambda: WORKER.present(*map(other, range(17))), "too_many_items"),
    "as text": (
        lambda: WORKER.present(BADGE, members={"verifiableCredential": ["e30.e30.x"]}),
        "unsupported_form",
    ),
    "an envelope with more in it": (
        lambda: WORKER.present(
            {
                "@context": "https://www.w3.org/ns/credentials/v2",
                "id": "data:application/vc+jwt,e30.e30.x",
                "type": "EnvelopedVerifiableCredential",
                "name": "signed by nobody",
            }
        ),
        "malformed_envelope",
    ),
    "nested": (lambda: WORKER.present(WORKER.present(BADGE)), "unsupported_form"),
    "a badge instead": (lambda: BADGE, "not_a_presentation"),
}


@pytest.mark.parametrize(("make", "reason"), SHAPES.values(), ids=SHAPES.keys())
def test_a26_a_wrong_shape_is_not_readable(make: Callable[[], JsonObject], reason: str) -> None:
    report = verify(make())
    assert outcome(report) == ("readable", NO, reason)
    assert report.holder is None
    assert report.credentials == ()


def test_a26_sixteen_credentials_are_all_verified() -> None:
    report = verify(WORKER.present(*map(other, range(16))))
    assert report.answer is Answer.YES
    assert len(report.require().credentials) == 16


def test_a26_a_credential_that_is_not_genuine_gives_nothing_and_shows() -> None:
    report = verify(WORKER.present(BADGE, _tampered()))
    assert outcome(report) == ("credentials_genuine", NO, "some_not_genuine")
    assert report.answer is NO
    assert [found.answer for found in report.credentials] == [Answer.YES, NO]
    assert len(report.require().credentials) == 1


def test_a26_nothing_genuine_is_no_presentation() -> None:
    report = verify(WORKER.present(_tampered()))
    assert report.presentation is None
    with pytest.raises(PassportError) as caught:
        report.require()
    assert caught.value.code == "signature_mismatch"


def test_a26_an_issuer_that_cannot_be_found_cannot_tell() -> None:
    context = Context(DocumentCache(), NOW)
    report = verify_presentation(
        WORKER.present(BADGE), context, expected_challenge=CHALLENGE, expected_domain=DOMAIN
    )
    assert outcome(report) == ("credentials_genuine", CANNOT, "some_not_known_genuine")
    assert report.answer is CANNOT


def test_a26_a_revoked_or_expired_credential_is_in_it_with_its_standing() -> None:
    report = verify(WORKER.present(SCHOOL.issue(WORKER, valid_until=NOW - SECOND)))
    assert report.answer is NO
    assert report.require().credentials[0].standing is NO


def test_a26_nothing_is_looked_up_for_a_presentation_that_is_not_for_us() -> None:
    cache = DocumentCache()
    verify_presentation(
        WORKER.present(BADGE, challenge=OTHER),
        Context(cache, NOW),
        expected_challenge=CHALLENGE,
        expected_domain=DOMAIN,
    )
    assert cache.wanted == set()


def test_a26_no_text_makes_it_raise() -> None:
    for text in (b"", b"{}", b"[]", b"\xff", dump(WORKER.present(BADGE))[:-1]):
        assert verify(text).answer is NO


def test_something_shown_unasked_has_one_signature_so_that_none_can_be_left_out() -> None:
    terms = {"challenge": None, "domain": None, "expires": NOW + SECOND}
    once = WORKER.present(BADGE, **terms)
    twice = WORKER.sign(once, proof_purpose="authentication", expires=NOW + LIFETIME)
    assert verify(once, challenge=None, domain=None).answer is Answer.YES
    assert outcome(verify(twice, challenge=None, domain=None)) == ("freshness", NO, "too_many_proofs")
