"""The numbered list for a credential: what is wrong stops it at its own number, and nothing counts as good."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from passport.answers import Answer, together
from passport.credentials import status_entry
from passport.documents import DocumentCache, Fetched
from passport.errors import NotUnicode, PassportError, SignatureMismatch
from passport.json import JsonObject, dump, parse_object
from passport.status import memory_key
from passport.verification import Context, CredentialReport, verify_credential
from tests.simulators.exchange import LIST_URL, NOW, Signatory, at_hand, fetched

SCHOOL = Signatory.web(1)
STRANGER = Signatory.web(3, "did:web:stranger.example")
WORKER = Signatory.key(2)
ENTRY = status_entry(url=LIST_URL, index=7, purpose="revocation")
CODES = [
    "readable",
    "safe_structure",
    "issuer_found",
    "issuer_key",
    "proof_holds",
    "validity_period",
    "status",
]


def verify(document: JsonObject | bytes, *documents: Fetched, now: datetime = NOW) -> CredentialReport:
    return verify_credential(document, Context(at_hand(SCHOOL.published(), *documents), now))


def outcome(report: CredentialReport) -> tuple[str, Answer, str]:
    """The first check that did not pass."""
    return next((c.code, c.answer, c.reason.code) for c in report.checks if c.answer is not Answer.YES)


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_a_genuine_credential_passes_every_check(suite: str) -> None:
    document = SCHOOL.issue(WORKER, suite=suite, status=[ENTRY], valid_until=NOW + timedelta(days=1))
    report = verify(document, fetched(SCHOOL.sign(SCHOOL.status_list())))
    assert [(check.number, check.code) for check in report.checks] == list(enumerate(CODES, 1))
    assert {check.answer for check in report.checks} == {Answer.YES}
    assert report.answer is Answer.YES
    found = report.require()
    assert found is report.credential
    assert found.standing is Answer.YES
    assert found.standing_reasons == ()
    assert found.verified_at == NOW
    assert [proof.verification_method for proof in found.proofs] == [SCHOOL.method]
    assert report.status_seen == {memory_key(LIST_URL, SCHOOL.did): NOW - timedelta(hours=1)}


def test_it_is_verified_from_the_text_as_it_came() -> None:
    text = dump(SCHOOL.issue(WORKER)).replace(b'",', b'" ,\n ')
    assert verify(text).require().credential.source == text


def with_member(document: JsonObject, **members: Any) -> JsonObject:
    return {**document, **members}


def subject_changed() -> JsonObject:
    document = SCHOOL.issue(WORKER)
    document["credentialSubject"]["id"] = STRANGER.did
    return document


def by_stranger(**options: Any) -> JsonObject:
    return STRANGER.sign(SCHOOL.badge(WORKER), **options)


def rdfc() -> JsonObject:
    return SCHOOL.issue(WORKER, suite="eddsa-rdfc-2022")


def two_proofs() -> JsonObject:
    return STRANGER.sign(SCHOOL.issue(WORKER))


NO, CANNOT = Answer.NO, Answer.CANNOT_TELL
CASES: dict[str, tuple[Callable[[], JsonObject | bytes], tuple[str, Answer, str]]] = {
    "not JSON": (lambda: b"<html>", ("readable", NO, "malformed_json")),
    "no credential": (lambda: b"{}", ("readable", NO, "wrong_context")),
    "a lone surrogate": (lambda: b'{"id":"\\ud800"}', ("readable", NO, "not_unicode")),
    "context unknown": (
        lambda: with_member(rdfc(), **{"@context": [*rdfc()["@context"], "https://evil.example/context"]}),
        ("safe_structure", NO, "unknown_context"),
    ),
    "keyword": (
        lambda: with_member(rdfc(), **{"@included": []}),
        ("safe_structure", NO, "keyword_not_allowed"),
    ),
    "full address as a name": (
        lambda: with_member(rdfc(), **{"https://www.w3.org/2018/credentials#validUntil": "x"}),
        ("safe_structure", NO, "keyword_not_allowed"),
    ),
    "undefined term": (lambda: with_member(rdfc(), nickname="x"), ("proof_holds", NO, "undefined_term")),
    "issuer is a URL": (
        lambda: SCHOOL.issue(WORKER, issuer={"id": "https://school.example"}),
        ("issuer_found", CANNOT, "signer_not_a_did"),
    ),
    "issuer of an unknown method": (
        lambda: SCHOOL.issue(WORKER, issuer={"id": "did:example:123"}),
        ("issuer_found", CANNOT, "unsupported_did_method"),
    ),
    "issuer not at hand": (
        lambda: STRANGER.issue(WORKER),
        ("issuer_found", CANNOT, "not_fetched"),
    ),
    "no proof": (lambda: SCHOOL.badge(WORKER), ("issuer_key", NO, "proof_missing")),
    "empty proof": (
        lambda: with_member(SCHOOL.badge(WORKER), proof=[]),
        ("safe_structure", NO, "empty_value"),
    ),
    "null proof": (
        lambda: with_member(SCHOOL.badge(WORKER), proof=None),
        ("safe_structure", NO, "empty_value"),
    ),
    "stranger's key": (by_stranger, ("issuer_key", NO, "key_not_of_issuer")),
    "stranger's signature under the school's method": (
        lambda: by_stranger(verification_method=SCHOOL.method),
        ("proof_holds", NO, "signature_mismatch"),
    ),
    "a second proof by a stranger": (two_proofs, ("issuer_key", NO, "key_not_of_issuer")),
    "a method that is not in the document": (
        lambda: SCHOOL.sign(SCHOOL.badge(WORKER), verification_method=f"{SCHOOL.did}#key-9"),
        ("proof_holds", NO, "method_not_found"),
    ),
    "another purpose": (
        lambda: SCHOOL.sign(SCHOOL.badge(WORKER), proof_purpose="authentication"),
        ("proof_holds", NO, "proof_purpose_mismatch"),
    ),
    "unknown cryptosuite": (
        lambda: with_member(rdfc(), proof={**rdfc()["proof"], "cryptosuite": "bbs-2023"}),
        ("issuer_key", CANNOT, "unsupported_cryptosuite"),
    ),
    "another subject": (subject_changed, ("proof_holds", NO, "signature_mismatch")),
    "proof expired": (
        lambda: SCHOOL.sign(SCHOOL.badge(WORKER), expires=NOW),
        ("proof_holds", NO, "proof_expired"),
    ),
}


@pytest.mark.parametrize(("make", "expected"), CASES.values(), ids=CASES.keys())
def test_what_is_wrong_stops_at_its_number(
    make: Callable[[], JsonObject | bytes], expected: tuple[str, Answer, str]
) -> None:
    report = verify(make())
    assert outcome(report) == expected
    assert report.credential is None
    assert report.answer is expected[1]
    assert {check.code for check in report.checks} == set(CODES)
    with pytest.raises(PassportError) as caught:
        report.require()
    assert caught.value.code == expected[2]


def test_checks_that_were_not_run_say_so() -> None:
    report = verify(by_stranger(verification_method=SCHOOL.method))
    assert [check.reason.code for check in report.checks] == [
        "in_order",
        "in_order",
        "in_order",
        "in_order",
        SignatureMismatch.code,
        "valid_without_end",
        "not_checked",
    ]
    assert {check.reason.code for check in verify(b"nothing").checks[1:]} == {"not_checked"}


def test_no_list_is_looked_up_for_what_is_not_genuine() -> None:
    cache = at_hand(SCHOOL.published())
    forged = STRANGER.sign(SCHOOL.badge(WORKER, status=[ENTRY]), verification_method=SCHOOL.method)
    verify_credential(forged, Context(cache, NOW))
    assert cache.wanted == set()


def test_nobody_elses_did_document_is_looked_up() -> None:
    """The address in a proof is the stranger's choice."""
    cache = at_hand(SCHOOL.published())
    verify_credential(by_stranger(), Context(cache, NOW))
    assert cache.wanted == set()


def test_what_is_missing_is_wanted_and_then_found() -> None:
    document = SCHOOL.issue(WORKER, status=[ENTRY])
    cache = DocumentCache()
    rounds = []
    for published in (SCHOOL.published(), fetched(SCHOOL.sign(SCHOOL.status_list(7)))):
        rounds.append(verify_credential(document, Context(cache, NOW)).answer)
        assert cache.wanted == {published.url}
        cache.put(published)
    report = verify_credential(document, Context(cache, NOW))
    assert [*rounds, report.answer] == [Answer.CANNOT_TELL, Answer.CANNOT_TELL, Answer.NO]
    assert cache.wanted == set()


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "answer", "code"),
    [
        (NOW - 61 * SECOND, Answer.NO, "not_yet_valid"),
        (NOW - 60 * SECOND, Answer.YES, "valid_until"),
        (NOW, Answer.YES, "valid_until"),
        (NOW + timedelta(days=1), Answer.YES, "valid_until"),
        (NOW + timedelta(days=1) + SECOND, Answer.NO, "expired"),
    ],
)
def test_validity_to_the_second(now: datetime, answer: Answer, code: str) -> None:
    signed_before = NOW - timedelta(days=1)
    badge = SCHOOL.badge(WORKER, valid_from=NOW, valid_until=NOW + timedelta(days=1))
    report = verify(SCHOOL.sign(badge, created=signed_before), now=now)
    found = report.checks[5]
    assert (found.answer, found.reason.code) == (answer, code)
    assert report.require().standing is answer


def test_an_expired_credential_is_genuine_and_not_in_force() -> None:
    document = SCHOOL.issue(WORKER, valid_until=NOW - SECOND)
    found = verify(document).require()
    assert found.standing is Answer.NO
    assert found.standing_reasons[0].values == {"until": "2026-11-22T08:59:59Z"}
    assert verify(document).answer is Answer.NO


def test_no_beats_cannot_tell_in_the_standing() -> None:
    document = SCHOOL.issue(WORKER, status=[ENTRY], valid_until=NOW - SECOND)
    found = verify(document).require()
    assert found.standing is Answer.NO
    assert [reason.code for reason in found.standing_reasons] == ["expired", "not_fetched"]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [found for key, inner in enumerate(value) for found in leaves(inner, (*path, key))]
    return [path]


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_a10_every_value_that_is_changed_is_refused(suite: str) -> None:
    signed = SCHOOL.issue(
        WORKER,
        suite=suite,
        status=[ENTRY],
        evidence=[{"id": "urn:uuid:e1", "genre": "assessment"}],
        related_resources=[{"id": "urn:uuid:e1", "digestMultibase": "uEiDx"}],
        results=[{"value": "8"}],
        valid_until=NOW + timedelta(days=1),
    )
    text = dump(signed)
    for path in leaves(signed):
        for change in ("x", "", None, ["x"], {"id": "urn:x"}, 7):
            document = parse_object(text)
            place: Any = document
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = change
            assert verify(document).credential is None, path


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_a10_every_member_that_is_taken_out_is_refused(suite: str) -> None:
    signed = SCHOOL.issue(WORKER, suite=suite, status=[ENTRY], valid_until=NOW + timedelta(days=1))
    text = dump(signed)
    for path in leaves(signed):
        document = parse_object(text)
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]
        assert verify(document).credential is None, path


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_a10_order_and_blanks_mean_nothing(suite: str) -> None:
    signed = SCHOOL.issue(WORKER, suite=suite)
    turned = dict(reversed(signed.items()))
    assert verify(turned).answer is Answer.YES
    assert verify(dump(turned).replace(b",", b" , ")).answer is Answer.YES


@pytest.mark.parametrize("wrap", [lambda value: [value], lambda value: [[value]]])
@pytest.mark.parametrize("member", ["validUntil", "issuer", "credentialSubject", "id", "validFrom"])
def test_a12_the_same_statements_in_another_form_are_refused(member: str, wrap: Callable[[Any], Any]) -> None:
    """JSON-LD reads a list of one as the thing itself, so the signature would hold."""
    signed = SCHOOL.issue(WORKER, suite="eddsa-rdfc-2022", valid_until=NOW + timedelta(days=1))
    assert verify({**signed, member: wrap(signed[member])}).credential is None


def test_nothing_raises_whatever_comes() -> None:
    for text in (b"", b"\xff", b"[]", b"null", b'{"a":1,"a":2}', b"[" * 100_000, b'{"@context":{}}'):
        assert verify(text).answer is Answer.NO
    assert isinstance(verify(b'"\\ud800"').error, NotUnicode)


def test_no_answers_are_no_answer() -> None:
    assert together([]) is Answer.CANNOT_TELL
