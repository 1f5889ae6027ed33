"""A11: proofs of every wrong shape. Each row is one twist of a badge that verifies, and the refusal it must meet.

Longer than most: it is one table.
"""

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from passport.dids import create_did_key, key_method_id
from passport.documents import DocumentCache, Fetched, NotFetched
from passport.errors import Invalid, MalformedKey, SignatureMismatch, WeakKey
from passport.errors.dids import (
    ControllerMismatch,
    DidMismatch,
    MalformedDidUrl,
    MethodExpired,
    MethodNotFound,
    MethodRevoked,
    PurposeNotAllowed,
    UnsupportedDidMethod,
    UnsupportedMethodType,
)
from passport.errors.jsonld import MisplacedContext
from passport.errors.proofs import (
    ChallengeMismatch,
    CyclicProofChain,
    DomainMismatch,
    DuplicateProofId,
    KeyNotForCryptosuite,
    MalformedProof,
    MalformedProofValue,
    PreviousProofMissing,
    ProofContextMismatch,
    ProofExpired,
    ProofFromTheFuture,
    ProofMissing,
    ProofPurposeMismatch,
    TooManyProofs,
    UnsupportedCryptosuite,
)
from passport.json import dump
from passport.keys import KeyType, generate_signer
from passport.proofs import add_proof, method_source, verify_proofs

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SUITES = ("eddsa-jcs-2022", "eddsa-rdfc-2022")
SCHOOL = "did:web:school.example"
STRANGER = "did:web:stranger.example"
ABSENT = object()

SIGNER, SECOND, P256 = generate_signer(), generate_signer(), generate_signer(KeyType.P256)
DID, SECOND_DID = create_did_key(SIGNER.public_key), create_did_key(SECOND.public_key)
METHOD, SECOND_METHOD = key_method_id(DID), key_method_id(SECOND_DID)


def school_key(fragment, **changes):
    return {
        "id": f"{SCHOOL}#{fragment}",
        "type": "Multikey",
        "controller": SCHOOL,
        "publicKeyMultibase": SIGNER.public_key.to_multikey(),
        **changes,
    }


SCHOOL_DOCUMENT = {
    "id": SCHOOL,
    "verificationMethod": [
        school_key("good"),
        school_key("login"),
        school_key("foreign", controller=STRANGER),
        school_key("revoked", revoked="2026-05-31T00:00:00Z"),
        school_key("expired", expires="2026-06-01T12:00:00Z"),
        school_key("unknown", type="SomethingNew2030"),
        school_key("p256", publicKeyMultibase=P256.public_key.to_multikey()),
        school_key("another", publicKeyMultibase=SECOND.public_key.to_multikey()),
    ],
    "assertionMethod": [
        f"#{name}" for name in ("good", "foreign", "revoked", "expired", "unknown", "p256", "another")
    ],
    "authentication": ["#login"],
}
DOCUMENTS = DocumentCache.of(
    Fetched(f"https://{host}/.well-known/did.json", dump(SCHOOL_DOCUMENT), NOW)
    for host in ("school.example", "impostor.example")
)

BADGE = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Welding",
    "issuer": {"id": DID, "type": ["Profile"], "name": "School"},
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {
        "id": "did:example:worker",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "urn:uuid:7a6d2d1c-0000-4000-8000-000000000001",
            "type": ["Achievement"],
            "name": "Welding",
            "description": "Welds.",
            "criteria": {"narrative": "Can weld."},
        },
    },
}


def sign(suite, document=BADGE, *, signer=SIGNER, method=METHOD, **options):
    options.setdefault("created", NOW - timedelta(days=1))
    return add_proof(document, signer=signer, verification_method=method, cryptosuite=suite, **options)


@cache
def signed(suite):
    return sign(suite, proof_id="urn:uuid:1")


def verify(document, **expected):
    expected.setdefault("expected_purpose", "assertionMethod")
    return verify_proofs(document, method_for=method_source(DOCUMENTS), now=NOW, **expected)


def with_proof(**changes):
    """The badge with some members of its proof changed after signing; ABSENT takes one away."""

    def build(suite):
        proof = {**signed(suite)["proof"], **changes}
        return {
            **signed(suite),
            "proof": {name: value for name, value in proof.items() if value is not ABSENT},
        }

    return build


def with_proofs(make):
    return lambda suite: {**signed(suite), "proof": make(signed(suite)["proof"])}


def signed_as(**options):
    return lambda suite: sign(suite, **options)


def second(suite, document=None, **options):
    return sign(suite, document or signed(suite), signer=SECOND, method=SECOND_METHOD, **options)


def one_of_two_bad(suite):
    both = second(suite)
    bad = {**both["proof"][1], "proofValue": both["proof"][0]["proofValue"]}
    return {**both, "proof": [both["proof"][0], bad]}


def first_of_two_bad(suite):
    document = one_of_two_bad(suite)
    return {**document, "proof": document["proof"][::-1]}


def chain_without_its_base(suite):
    chained = second(suite, previous_proof="urn:uuid:1")
    return {**chained, "proof": chained["proof"][1:]}


def chain_on_another_base(suite):
    chained = second(suite, previous_proof="urn:uuid:1")
    other = sign(suite, proof_id="urn:uuid:1", created=NOW - timedelta(days=2))["proof"]
    return {**chained, "proof": [other, chained["proof"][1]]}


def cut_chain(suite):
    chained = second(suite, previous_proof="urn:uuid:1")
    loose = {name: value for name, value in chained["proof"][1].items() if name != "previousProof"}
    return {**chained, "proof": [chained["proof"][0], loose]}


def circle(suite):
    both = second(suite, proof_id="urn:uuid:2")
    first, other = both["proof"]
    return {
        **both,
        "proof": [{**first, "previousProof": "urn:uuid:2"}, {**other, "previousProof": ["urn:uuid:1"]}],
    }


def other_suite_named(suite):
    return with_proof(cryptosuite=SUITES[1 - SUITES.index(suite)])(suite)


def proof_of_another_document(suite):
    other = sign(suite, {**BADGE, "name": "Brewing"})
    return {**signed(suite), "proof": other["proof"]}


def text_changed(suite):
    return {**signed(suite), "name": "Brewing"}


ROWS = {
    "no proof": (lambda suite: BADGE, ProofMissing),
    "null": (with_proofs(lambda proof: None), ProofMissing),
    "empty list": (with_proofs(lambda proof: []), ProofMissing),
    "empty object": (with_proofs(lambda proof: {}), MalformedProof),
    "list of null": (with_proofs(lambda proof: [None]), MalformedProof),
    "list of an empty list": (with_proofs(lambda proof: [[]]), MalformedProof),
    "list in a list": (with_proofs(lambda proof: [[proof]]), MalformedProof),
    "string": (with_proofs(lambda proof: "z2HnF"), MalformedProof),
    "true": (with_proofs(lambda proof: True), MalformedProof),
    "zero": (with_proofs(lambda proof: 0), MalformedProof),
    "proof and null": (with_proofs(lambda proof: [proof, None]), MalformedProof),
    "the same proof twice": (with_proofs(lambda proof: [proof, proof]), DuplicateProofId),
    "duplicate ids": (lambda suite: second(suite, proof_id="urn:uuid:1"), DuplicateProofId),
    "five proofs": (with_proofs(lambda proof: [{**proof, "id": f"urn:x:{n}"} for n in range(5)]), TooManyProofs),
    "second of two bad": (one_of_two_bad, SignatureMismatch),
    "first of two bad": (first_of_two_bad, SignatureMismatch),
    "base of the chain taken away": (chain_without_its_base, PreviousProofMissing),
    "base of the chain replaced": (chain_on_another_base, SignatureMismatch),
    "chain cut": (cut_chain, SignatureMismatch),
    "circle of two": (circle, CyclicProofChain),
    "builds on itself": (with_proof(previousProof="urn:uuid:1"), CyclicProofChain),
    "builds on nothing here": (with_proof(previousProof="urn:uuid:9"), PreviousProofMissing),
    "builds on an empty list": (with_proof(previousProof=[]), MalformedProof),
    "builds on null": (with_proof(previousProof=None), MalformedProof),
    "builds on one thing twice": (with_proof(previousProof=["urn:uuid:1", "urn:uuid:1"]), MalformedProof),
    "builds on a relative id": (with_proof(previousProof="1"), MalformedProof),
    "builds on an object": (with_proof(previousProof={"id": "urn:uuid:1"}), MalformedProof),
    "no type": (with_proof(type=ABSENT), MalformedProof),
    "type null": (with_proof(type=None), MalformedProof),
    "type a list": (with_proof(type=["DataIntegrityProof"]), MalformedProof),
    "another type": (with_proof(type="JsonWebSignature2020"), UnsupportedCryptosuite),
    "type in lower case": (with_proof(type="dataintegrityproof"), UnsupportedCryptosuite),
    "Ed25519Signature2020 named": (
        with_proof(type="Ed25519Signature2020", cryptosuite=ABSENT),
        Invalid,
    ),
    "no cryptosuite": (with_proof(cryptosuite=ABSENT), MalformedProof),
    "cryptosuite empty": (with_proof(cryptosuite=""), MalformedProof),
    "cryptosuite a list": (with_proof(cryptosuite=["eddsa-jcs-2022"]), MalformedProof),
    "unknown cryptosuite": (with_proof(cryptosuite="eddsa-jcs-2030"), UnsupportedCryptosuite),
    "cryptosuite with capitals": (with_proof(cryptosuite="EdDSA-JCS-2022"), UnsupportedCryptosuite),
    "the other suite named": (other_suite_named, Invalid),
    "no purpose": (with_proof(proofPurpose=ABSENT), MalformedProof),
    "purpose a list": (with_proof(proofPurpose=["assertionMethod"]), MalformedProof),
    "purpose changed": (with_proof(proofPurpose="authentication"), ProofPurposeMismatch),
    "signed for another purpose": (signed_as(proof_purpose="authentication"), ProofPurposeMismatch),
    "purpose as an address": (with_proof(proofPurpose="https://w3id.org/security#assertionMethod"), ProofPurposeMismatch),
    "expired": (signed_as(expires=NOW - timedelta(seconds=1)), ProofExpired),
    "expires this second": (signed_as(expires=NOW), ProofExpired),
    "expiry changed": (with_proof(expires="2030-01-01T00:00:00Z"), SignatureMismatch),
    "expiry malformed": (with_proof(expires="2030-01-01"), MalformedProof),
    "created 61 s ahead": (signed_as(created=NOW + timedelta(seconds=61)), ProofFromTheFuture),
    "created changed": (with_proof(created="2026-05-01T00:00:00Z"), SignatureMismatch),
    "created taken away": (with_proof(created=ABSENT), SignatureMismatch),
    "created naive": (with_proof(created="2026-05-01T00:00:00"), MalformedProof),
    "created null": (with_proof(created=None), MalformedProof),
    "created a number": (with_proof(created=1700000000), MalformedProof),
    "no value": (with_proof(proofValue=ABSENT), MalformedProof),
    "value null": (with_proof(proofValue=None), MalformedProof),
    "value a list": (with_proof(proofValue=["z"]), MalformedProof),
    "value z": (with_proof(proofValue="z"), SignatureMismatch),
    "value in base64url": (with_proof(proofValue="u" + "A" * 86), MalformedProofValue),
    "value without a base": (with_proof(proofValue="2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24"), MalformedProofValue),
    "value no base58": (with_proof(proofValue="z0OIl"), MalformedProofValue),
    "value of 50,000 characters": (with_proof(proofValue="z" + "2" * 50_000), MalformedProofValue),
    "value of zeros": (with_proof(proofValue="z" + "1" * 64), SignatureMismatch),
    "value of 63 bytes": (with_proof(proofValue="z" + "1" * 63), SignatureMismatch),
    "value of 65 bytes": (with_proof(proofValue="z" + "1" * 65), SignatureMismatch),
    "id no address": (with_proof(id="proof 1"), MalformedProof),
    "id null": (with_proof(id=None), MalformedProof),
    "id changed": (with_proof(id="urn:uuid:2"), SignatureMismatch),
    "domain added": (with_proof(domain="https://evil.example"), SignatureMismatch),
    "domain an empty list": (with_proof(domain=[]), MalformedProof),
    "domain a number": (with_proof(domain=5), MalformedProof),
    "challenge added": (with_proof(challenge="x"), SignatureMismatch),
    "challenge empty": (with_proof(challenge=""), MalformedProof),
    "challenge a number": (with_proof(challenge=5), MalformedProof),
    "nonce added": (with_proof(nonce="x"), SignatureMismatch),
    "nonce a number": (with_proof(nonce=5), MalformedProof),
    "nonce empty": (with_proof(nonce=""), MalformedProof),
    "an unknown member added": (with_proof(somethingNew="x"), Invalid),
    "no method": (with_proof(verificationMethod=ABSENT), MalformedProof),
    "method an object": (with_proof(verificationMethod={"id": METHOD}), MalformedProof),
    "method a list": (with_proof(verificationMethod=[METHOD]), MalformedProof),
    "method a fragment": (with_proof(verificationMethod="#" + METHOD.partition("#")[2]), MalformedDidUrl),
    "method a bare DID": (with_proof(verificationMethod=DID), MalformedDidUrl),
    "method with a query": (with_proof(verificationMethod=f"{SCHOOL}?versionId=1#good"), MalformedDidUrl),
    "method with a path": (with_proof(verificationMethod=f"{SCHOOL}/x#good"), MalformedDidUrl),
    "method an https address": (with_proof(verificationMethod="https://school.example/keys#good"), MalformedDidUrl),
    "method of an unknown DID method": (with_proof(verificationMethod="did:example:a#b"), UnsupportedDidMethod),
    "method of another's did:key": (with_proof(verificationMethod=SECOND_METHOD), SignatureMismatch),
    "did:key with another's fragment": (
        with_proof(verificationMethod=f"{DID}#{SECOND_METHOD.partition('#')[2]}"),
        MethodNotFound,
    ),
    "did:key with an X25519 key": (with_proof(verificationMethod="did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc#z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc"), MalformedKey),
    "did:key with a weak key": (with_proof(verificationMethod="did:key:z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP#z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP"), WeakKey),
    "key not in the document": (signed_as(method=f"{SCHOOL}#gone"), MethodNotFound),
    "key for logging in": (signed_as(method=f"{SCHOOL}#login"), PurposeNotAllowed),
    "key controlled by another": (signed_as(method=f"{SCHOOL}#foreign"), ControllerMismatch),
    "key revoked": (signed_as(method=f"{SCHOOL}#revoked"), MethodRevoked),
    "key revoked, created before": (
        signed_as(method=f"{SCHOOL}#revoked", created=NOW - timedelta(days=300)),
        MethodRevoked,
    ),
    "key expired": (signed_as(method=f"{SCHOOL}#expired"), MethodExpired),
    "key of an unknown kind": (signed_as(method=f"{SCHOOL}#unknown"), UnsupportedMethodType),
    "key of a kind that is not the suite's": (signed_as(method=f"{SCHOOL}#p256"), KeyNotForCryptosuite),
    "another key of the same school": (signed_as(method=f"{SCHOOL}#another"), SignatureMismatch),
    "document of another DID at the address": (
        signed_as(method="did:web:impostor.example#good"),
        DidMismatch,
    ),
    "document not at hand": (signed_as(method=f"{STRANGER}#good"), NotFetched),
    "proof of another document": (proof_of_another_document, SignatureMismatch),
    "text changed": (text_changed, SignatureMismatch),
}  # fmt: skip


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("name", ROWS)
def test_refused(name, suite):
    build, error = ROWS[name]
    document = build(suite)
    with pytest.raises(error):
        verify(document)


EXPECTED = {
    "no challenge": ({}, {"expected_challenge": "c"}, ChallengeMismatch),
    "old challenge": ({"challenge": "b"}, {"expected_challenge": "c"}, ChallengeMismatch),
    "challenge in capitals": ({"challenge": "C"}, {"expected_challenge": "c"}, ChallengeMismatch),
    "no domain": ({}, {"expected_domain": "https://a.example"}, DomainMismatch),
    "another domain": (
        {"domain": "https://b.example"},
        {"expected_domain": "https://a.example"},
        DomainMismatch,
    ),
    "domain among others": (
        {"domain": ["https://a.example", "https://b.example"]},
        {"expected_domain": "https://a.example"},
        DomainMismatch,
    ),
    "expected purpose": ({}, {"expected_purpose": "authentication"}, ProofPurposeMismatch),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_not_what_was_expected(name):
    options, expected, error = EXPECTED[name]
    with pytest.raises(error):
        verify(sign("eddsa-jcs-2022", **options), **expected)


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {}),
        ({"method": f"{SCHOOL}#good"}, {}),
        ({"created": NOW + timedelta(seconds=60)}, {}),
        ({"expires": NOW + timedelta(seconds=1)}, {}),
        ({"challenge": "c", "domain": "https://a.example"}, {"expected_challenge": "c", "expected_domain": "https://a.example"}),
        ({"domain": ["https://a.example"]}, {"expected_domain": "https://a.example"}),
        ({"proof_purpose": "authentication"}, {"expected_purpose": "authentication"}),
        ({"method": f"{SCHOOL}#login", "proof_purpose": "authentication"}, {"expected_purpose": "authentication"}),
    ],
)  # fmt: skip
def test_accepted(suite, options, expected):
    (proof,) = verify(sign(suite, **options), **expected)
    assert proof.cryptosuite == suite
    assert proof.challenge == expected.get("expected_challenge")


@pytest.mark.parametrize("suite", SUITES)
def test_sets_and_chains_are_accepted(suite):
    assert len(verify({**signed(suite), "proof": [signed(suite)["proof"]]})) == 1
    assert len(verify(second(suite))) == 2
    chain = second(suite, previous_proof=["urn:uuid:1"], proof_id="urn:uuid:2")
    assert [proof.previous_proof for proof in verify(chain)] == [(), ("urn:uuid:1",)]
    longer = sign(suite, chain, previous_proof=["urn:uuid:1", "urn:uuid:2"], proof_id="urn:uuid:3")
    assert len(verify(longer)) == 3
    assert len(verify({**longer, "proof": longer["proof"][::-1]})) == 3


def test_a_suite_that_the_caller_does_not_accept_is_refused():
    with pytest.raises(UnsupportedCryptosuite):
        verify(signed("eddsa-jcs-2022"), accepted=())


class TestContextsOfAJcsProof:
    """EdDSA Cryptosuites 1.0, section 3.3.2, step 4: the document must begin with the contexts signed."""

    CONTEXTS = BADGE["@context"]

    @pytest.mark.parametrize(
        "contexts",
        [
            CONTEXTS[:1],
            CONTEXTS[::-1],
            [],
            CONTEXTS[0],
            ["urn:x", *CONTEXTS],
            [CONTEXTS[0], "urn:x", CONTEXTS[1]],
            None,
        ],
    )
    def test_other_contexts_in_the_document(self, contexts):
        with pytest.raises(ProofContextMismatch):
            verify({**signed("eddsa-jcs-2022"), "@context": contexts})

    @pytest.mark.parametrize("contexts", [[], None, CONTEXTS[::-1], CONTEXTS[1], {"name": "urn:x"}, [None]])
    def test_other_contexts_in_the_proof(self, contexts):
        with pytest.raises(ProofContextMismatch):
            verify(with_proof(**{"@context": contexts})("eddsa-jcs-2022"))

    @pytest.mark.parametrize("contexts", [CONTEXTS[:1], CONTEXTS[0], ABSENT])
    def test_fewer_contexts_in_the_proof(self, contexts):
        with pytest.raises(SignatureMismatch):
            verify(with_proof(**{"@context": contexts})("eddsa-jcs-2022"))

    def test_a_context_added_behind_the_signed_ones_is_taken(self):
        document = signed("eddsa-jcs-2022")
        verify({**document, "@context": [*document["@context"], "https://example.org/later"]})


class TestContextsOfAnRdfcProof:
    def test_a_proof_brings_no_context_of_its_own(self):
        with pytest.raises(ProofContextMismatch):
            verify(with_proof(**{"@context": "https://www.w3.org/ns/credentials/v2"})("eddsa-rdfc-2022"))

    def test_a_document_without_context_is_refused(self):
        with pytest.raises(MisplacedContext):
            verify({name: value for name, value in signed("eddsa-rdfc-2022").items() if name != "@context"})

    def test_the_documents_own_is_no_other(self):
        verify(with_proof(**{"@context": BADGE["@context"]})("eddsa-rdfc-2022"))


class TestAdding:
    def add(self, document=BADGE, **changes):
        options = {
            "signer": SIGNER,
            "verification_method": METHOD,
            "created": NOW,
            "cryptosuite": "eddsa-jcs-2022",
        }
        return add_proof(document, **{**options, **changes})

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"cryptosuite": "eddsa-jcs-2030"}, UnsupportedCryptosuite),
            ({"cryptosuite": ""}, UnsupportedCryptosuite),
            ({"signer": P256}, KeyNotForCryptosuite),
            ({"verification_method": DID}, MalformedDidUrl),
            ({"previous_proof": "urn:uuid:1"}, PreviousProofMissing),
            ({"document": {**BADGE, "proof": None}}, MalformedProof),
            ({"document": {**BADGE, "proof": ["x"]}}, MalformedProof),
            ({"document": {**BADGE, "proof": [{}] * 4}}, TooManyProofs),
        ],
    )
    def test_refused(self, changes, error):
        with pytest.raises(error):
            self.add(**changes)

    def test_the_document_is_left_alone(self):
        before = dump(BADGE)
        self.add()
        assert dump(BADGE) == before
        document = signed("eddsa-jcs-2022")
        before = dump(document)
        self.add(document)
        assert dump(document) == before

    def test_a_document_without_context_is_signed_without(self):
        secured = self.add({"type": "TrustList"})
        assert "@context" not in secured["proof"]
        verify(secured)
