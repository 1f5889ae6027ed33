"""1EdTech's own badges, good and bad: each fails at the check that it should.

Their issuers are https URLs whose fragment is the key. Nothing says that such an issuer holds that key, so the
pipeline can't tell; the proofs are checked with the key of the fragment.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from passport.answers import Answer
from passport.clock import parse_datetime
from passport.credentials import parse_credential, parse_endorsement
from passport.dids import VerificationMethod
from passport.documents import DocumentCache
from passport.errors import PassportError, SignatureMismatch
from passport.errors.proofs import UnsupportedCryptosuite
from passport.json import parse_object
from passport.keys import PublicKey
from passport.proofs import verify_proofs
from passport.verification import Context, verify_credential

NOW = parse_datetime("2026-11-22T09:00:00Z")


@pytest.fixture
def badge(vectors: Path) -> Callable[[str], bytes]:
    return lambda name: (vectors / "openbadges-1edtech" / f"{name}.json").read_bytes()


def key_in_fragment(verification_method: str, purpose: str) -> VerificationMethod:
    """What 1EdTech's validator does: the fragment is the key, whoever the issuer is."""
    assert purpose == "assertionMethod"
    _, mark, fragment = verification_method.rpartition("#")
    key = PublicKey.from_multikey(fragment if mark else verification_method.removeprefix("did:key:"))
    return VerificationMethod(verification_method, "Multikey", verification_method, key)


def proofs_hold(text: bytes) -> bool:
    return bool(
        verify_proofs(
            parse_object(text), method_for=key_in_fragment, expected_purpose="assertionMethod", now=NOW
        )
    )


def outcome(text: bytes) -> tuple[str, Answer, str]:
    report = verify_credential(text, Context(DocumentCache(), NOW))
    assert report.credential is None
    return next((c.code, c.answer, c.reason.code) for c in report.checks if c.answer is not Answer.YES)


@pytest.mark.parametrize(
    "name", ["simple", "simple-did-key-method", "endorsement-valid", "simple-err-expired"]
)
def test_the_proof_holds_with_the_key_that_it_names(badge: Callable[[str], bytes], name: str) -> None:
    assert proofs_hold(badge(name))


@pytest.mark.parametrize("name", ["simple-err-credential-subject-type", "simple-err-evidence-type"])
def test_an_undefined_type_is_refused_before_its_proof(badge: Callable[[str], bytes], name: str) -> None:
    with pytest.raises(PassportError) as caught:
        proofs_hold(badge(name))
    assert caught.value.code == "undefined_term"


def test_a_wrong_proof_value_does_not_hold(badge: Callable[[str], bytes]) -> None:
    with pytest.raises(SignatureMismatch):
        proofs_hold(badge("simple-err-proof-value"))


def test_a_suite_of_before_the_standard_is_not_supported(badge: Callable[[str], bytes]) -> None:
    with pytest.raises(UnsupportedCryptosuite):
        proofs_hold(badge("simple-eddsa-2022"))


NO, CANNOT = Answer.NO, Answer.CANNOT_TELL


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("simple-err-context", ("readable", NO, "wrong_context")),
        ("simple-err-credential-subject-type", ("readable", NO, "wrong_type")),
        ("simple-err-evidence-type", ("readable", NO, "wrong_type")),
        ("simple-err-issuer", ("readable", NO, "missing_member")),
        ("simple-err-type", ("readable", NO, "not_an_open_badge")),
        ("simple-noproof", ("readable", NO, "missing_member")),
        ("endorsement-valid", ("readable", NO, "not_an_open_badge")),
        ("complete", ("issuer_found", CANNOT, "signer_not_a_did")),
        ("simple", ("issuer_found", CANNOT, "signer_not_a_did")),
        ("simple-did-key-method", ("issuer_found", CANNOT, "signer_not_a_did")),
        ("simple-eddsa-2022", ("issuer_found", CANNOT, "signer_not_a_did")),
        ("simple-err-expired", ("issuer_found", CANNOT, "signer_not_a_did")),
        ("simple-err-proof-value", ("issuer_found", CANNOT, "signer_not_a_did")),
        ("credential-status-revoked", ("issuer_found", CANNOT, "not_fetched")),
    ],
)
def test_each_stops_at_its_check(
    badge: Callable[[str], bytes], name: str, expected: tuple[str, Answer, str]
) -> None:
    assert outcome(badge(name)) == expected


def test_the_expired_one_is_expired(badge: Callable[[str], bytes]) -> None:
    report = verify_credential(badge("simple-err-expired"), Context(DocumentCache(), NOW))
    assert report.checks[5].reason.code == "expired"
    assert report.answer is NO


def test_the_model_reads_the_complete_example(badge: Callable[[str], bytes]) -> None:
    found = parse_credential(badge("complete"))
    achievement = found.subject.achievement
    assert found.subject.source is not None
    assert found.subject.role == "Major Domo"
    assert [alignment.target_type for alignment in achievement.alignments] == ["CFItem", "CTDL"]
    levels = [level.name for described in achievement.result_descriptions for level in described.levels]
    assert levels == ["Mastery", "Basic"]
    assert {result.result_description for result in found.subject.results} <= {
        described.id for described in achievement.result_descriptions
    }
    assert len(found.evidence) == 2


def test_an_older_status_is_read_as_what_it_is(badge: Callable[[str], bytes]) -> None:
    found = parse_credential(badge("credential-status-revoked"))
    assert [status.type for status in found.statuses] == ["1EdTechRevocationList"]


def test_the_endorsement_is_read(badge: Callable[[str], bytes]) -> None:
    assert parse_endorsement(badge("endorsement-valid")).subject_id == "https://1edtech.edu/issuers/565049"
