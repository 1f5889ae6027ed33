"""A25 over OpenID4VP: nobody's licence passes for that of the person whose badge stands beside it."""

import pytest

from passport.answers import Answer
from passport.credentials.build import presentation
from passport.dids import create_did_jwk, resolve_did
from passport.documents import DocumentCache
from passport.openid4vp.dcql_parse import parse_dcql
from passport.openid4vp.response_check import ONE_HOLDER, verify_response
from passport.openid4vp.response_read import read_vp_token
from passport.proofs import add_proof
from passport.sd_jwt import present
from passport.sd_jwt.issue import issue
from passport.verification import Context
from tests.simulators.parties import NOW, Party

REGISTRY, SCHOOL, WORKER, COLLEAGUE = (Party(name) for name in ("Registry", "School", "Worker", "Colleague"))
VCT = "https://registry.example/licence"
NONCE, VERIFIER = "n" * 22, "x509_hash:abc"
QUERY = parse_dcql(
    {
        "credentials": [
            {"id": "badge", "format": "ldp_vc", "meta": {}},
            {"id": "licence", "format": "dc+sd-jwt", "meta": {"vct_values": [VCT]}, "multiple": True},
        ]
    }
)


def badge_of(worker, did):
    badge = SCHOOL.issue(did, ["https://skills.example/lift"])
    whole = presentation(
        holder=did,
        credentials=[badge],
        presentation_id="urn:uuid:8c1f4a52-0000-4000-8000-000000000001",
    )
    method = resolve_did(did, DocumentCache()).methods[0].id
    return add_proof(
        whole,
        signer=worker.signer,
        verification_method=method,
        created=NOW,
        proof_purpose="authentication",
        challenge=NONCE,
        domain=VERIFIER,
    )


def licence_of(party):
    token = issue(
        {"iss": REGISTRY.did, "vct": VCT, "category": "forklift"},
        disclosable=["/category"],
        signer=REGISTRY.signer,
        header={"typ": "dc+sd-jwt", "kid": REGISTRY.method},
        holder_key=party.signer.public_key,
    )
    return present(
        token, pointers=["/category"], holder=party.signer, nonce=NONCE, audience=VERIFIER, now=NOW
    )


def one_holder(did, *licences):
    token = read_vp_token({"badge": [badge_of(WORKER, did)], "licence": list(map(licence_of, licences))})
    found = verify_response(
        token, query=QUERY, context=Context(DocumentCache(), NOW), nonce=NONCE, client_id=VERIFIER
    )
    others = [check for check in found.together.checks if check.code != ONE_HOLDER]
    assert all(check.answer is Answer.YES for check in others), others
    return next(check for check in found.together.checks if check.code == ONE_HOLDER)


def test_a25_a_colleagues_licence_is_not_said_to_be_of_the_badges_holder():
    found = one_holder(WORKER.did, COLLEAGUE)
    assert (found.answer, found.reason.code) == (Answer.CANNOT_TELL, "several_holders")


def test_a25_nor_is_a_colleagues_beside_ones_own():
    assert one_holder(WORKER.did, WORKER, COLLEAGUE).answer is Answer.CANNOT_TELL


@pytest.mark.parametrize("did", [WORKER.did, create_did_jwk(WORKER.signer.public_key)], ids=["key", "jwk"])
def test_a_licence_of_the_same_key_is_of_the_same_holder(did):
    assert one_holder(did, WORKER).answer is Answer.YES
