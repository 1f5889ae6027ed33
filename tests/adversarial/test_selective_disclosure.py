"""Attacks on what is shown of a selective credential (ecdsa-sd-2023). Each row is one, and must be refused.

Longer than most: it is one table.
"""

from functools import cache

import pytest

from passport.dids import create_did_key, key_method_id
from passport.errors import Invalid, SignatureMismatch
from passport.errors.jsonld import UndefinedTerm
from passport.errors.proofs import (
    BaseProofShown,
    KeyNotForCryptosuite,
    MalformedProof,
    MalformedProofValue,
    NoBaseProof,
    PreviousProofNotForCryptosuite,
    ProofContextMismatch,
    ProofExpired,
    ProofPurposeMismatch,
)
from passport.jsonld.canonical import canonicalize
from passport.keys import KeyType, generate_signer
from passport.proofs import add_proof, selective
from tests.simulators.selective import (
    BADGE,
    CHOSEN,
    ISSUER,
    MANDATORY,
    METHOD,
    NOW,
    changed,
    forged,
    issue,
    issue_with,
    proof_of,
    show,
    verify,
    with_value,
)

HMAC_KEY = bytes(range(32))
PROOF_SIGNER = generate_signer(KeyType.P256)
STRANGER = generate_signer(KeyType.P256)


@cache
def base():
    return issue()


@cache
def shown():
    return show(base(), *CHOSEN)


@cache
def another():
    """What is shown of a second badge of the same issuer, with another grade."""
    badge = changed(BADGE, lambda it: it["credentialSubject"]["result"][0].update(value="F"))
    return show(issue(badge), *CHOSEN)


def test_the_honest_one_is_accepted():
    (proof,) = verify(shown())
    assert proof.cryptosuite == "ecdsa-sd-2023"
    assert proof.public_key == ISSUER.public_key
    assert "description" not in shown()["credentialSubject"]["achievement"]


def without(*path):
    def edit(document):
        for name in path[:-1]:
            document = document[name]
        del document[path[-1]]

    return lambda: changed(shown(), edit)


def with_member(**members):
    return lambda: {**shown(), **members}


def with_inner(edit):
    return lambda: changed(shown(), edit)


def replaced(**changes):
    """Changes that are made from the proof's own parts."""
    return lambda: forged(shown(), **{name: make(proof_of(shown())) for name, make in changes.items()})


def with_proof(**members):
    return lambda: {**shown(), "proof": {**shown()["proof"], **members}}


def taken(document, name, source):
    """A member of another document, with all that belongs to it of the other's proof."""
    return {**document, name: source[name]}


def swapped(values, one, other):
    values = list(values)
    values[one], values[other] = values[other], values[one]
    return tuple(values)


def own_signatures():
    """All of it signed anew, by a key of the attacker's."""
    lines = canonicalize({name: value for name, value in shown().items() if name != "proof"}).splitlines()
    signatures = tuple(STRANGER.sign(line.encode()) for line in lines[: len(proof_of(shown()).signatures)])
    return forged(shown(), proof_key=STRANGER.public_key, signatures=signatures)


def own_signature_added():
    added = {**shown(), "description": "The best of all."}
    line = f'<{BADGE["id"]}> <https://schema.org/description> "The best of all." .\n'
    proof = proof_of(shown())
    for place in range(len(proof.signatures) + 1):
        signatures = (*proof.signatures[:place], STRANGER.sign(line.encode()), *proof.signatures[place:])
        with pytest.raises(SignatureMismatch):
            verify(forged(added, signatures=signatures))
    return added


def of_another_with_the_same_labels():
    """The grade of one badge in another, both with one HMAC key: each has a proof key of its own."""
    good = issue_with(BADGE, hmac_key=HMAC_KEY, proof_signer=PROOF_SIGNER)
    worse = changed(BADGE, lambda it: it["credentialSubject"]["result"][0].update(value="F"))
    other = issue_with(worse, hmac_key=HMAC_KEY, proof_signer=generate_signer(KeyType.P256))
    mine, theirs = show(other, *CHOSEN), show(good, *CHOSEN)
    moved = changed(
        mine, lambda it: it["credentialSubject"].update(result=theirs["credentialSubject"]["result"])
    )
    ours, others = proof_of(mine).signatures, proof_of(theirs).signatures
    for place in range(len(ours)):
        with pytest.raises(SignatureMismatch):
            verify(forged(moved, signatures=(*ours[:place], others[place], *ours[place + 1 :])))
    return forged(moved, signatures=others)


ROWS = {
    "a mandatory member left out": without("validUntil"),
    "a member of a mandatory object left out": without("issuer", "name"),
    "the mandatory object left out": without("issuer"),
    "a type left out": with_member(type=["VerifiableCredential"]),
    "a mandatory member left out, and its index": lambda: forged(
        without("validUntil")(), mandatory_indexes=proof_of(shown()).mandatory_indexes[:-1]
    ),
    "a mandatory member changed": with_member(validUntil="2099-01-01T00:00:00Z"),
    "the issuer changed": with_inner(lambda it: it["issuer"].update(name="University")),
    "a shown member left out, its signature kept": without("credentialSubject", "achievement", "name"),
    "a shown list made shorter, its signatures kept": without("credentialSubject", "result", 1),
    "a shown member changed": with_inner(lambda it: it["credentialSubject"]["achievement"].update(name="Law")),
    "a shown item changed": with_inner(lambda it: it["credentialSubject"]["result"][0].update(value="A+")),
    "a member added": with_member(description="The best of all."),
    "a hidden member guessed wrong": with_inner(
        lambda it: it["credentialSubject"]["achievement"].update(description="Welds well.")
    ),
    "a hidden member guessed right": with_inner(
        lambda it: it["credentialSubject"]["achievement"].update(description="Welds.")
    ),
    "a subject's identifier added": with_inner(lambda it: it["credentialSubject"].update(id="did:example:me")),
    "a statement added and signed by another key": own_signature_added,
    "all statements signed by another key": own_signatures,
    "the proof key of another proof": lambda: forged(shown(), proof_key=proof_of(another()).proof_key),
    "two signatures swapped": replaced(signatures=lambda it: swapped(it.signatures, 0, 1)),
    "the last signatures swapped": replaced(signatures=lambda it: swapped(it.signatures, -1, -2)),
    "one signature twice": replaced(signatures=lambda it: (it.signatures[0], *it.signatures[:-1])),
    "a signature too few": replaced(signatures=lambda it: it.signatures[:-1]),
    "a signature too many": replaced(signatures=lambda it: (*it.signatures, it.signatures[0])),
    "no signatures": replaced(signatures=lambda it: ()),
    "a signature of zeros": replaced(signatures=lambda it: (bytes(64), *it.signatures[1:])),
    "the issuer's signature as a statement's": replaced(
        signatures=lambda it: (it.signature, *it.signatures[1:])
    ),
    "a statement's signature as the issuer's": replaced(signature=lambda it: it.signatures[0]),
    "the issuer's signature of another badge": lambda: forged(shown(), signature=proof_of(another()).signature),
    "the signatures of another badge": lambda: forged(shown(), signatures=proof_of(another()).signatures),
    "the whole proof of another badge": lambda: {**shown(), "proof": another()["proof"]},
    "a member of another badge": lambda: taken(shown(), "credentialSubject", another()),
    "a member of another badge with its proof": lambda: taken(another(), "credentialSubject", shown()),
    "a statement of another badge with the same labels": of_another_with_the_same_labels,
    "labels swapped": replaced(labels=lambda it: {**it.labels, 0: it.labels[1], 1: it.labels[0]}),
    "the labels of another badge": lambda: forged(shown(), labels=proof_of(another()).labels),
    "a label changed": replaced(labels=lambda it: {**it.labels, 0: bytes(32)}),
    "a label missing": replaced(labels=lambda it: {key: it.labels[key] for key in list(it.labels)[1:]}),
    "a label too many": replaced(labels=lambda it: {**it.labels, len(it.labels): bytes(32)}),
    "labels counted from one": replaced(
        labels=lambda it: {number + 1: digest for number, digest in it.labels.items()}
    ),
    "a label of 2^64 - 1": replaced(labels=lambda it: {**it.labels, 2**64 - 1: bytes(32)}),
    "no labels": replaced(labels=lambda it: {}),
    "no mandatory statements": replaced(mandatory_indexes=lambda it: ()),
    "a mandatory statement too few": replaced(mandatory_indexes=lambda it: it.mandatory_indexes[1:]),
    "a mandatory statement called optional": lambda: forged(
        shown(),
        mandatory_indexes=proof_of(shown()).mandatory_indexes[1:],
        signatures=(proof_of(shown()).signatures[0], *proof_of(shown()).signatures),
    ),
    "an optional statement called mandatory": lambda: forged(
        shown(),
        mandatory_indexes=tuple(sorted({*proof_of(shown()).mandatory_indexes, 0, 1, 2, 3})),
        signatures=proof_of(shown()).signatures[1:],
    ),
    "an index behind the last": replaced(mandatory_indexes=lambda it: (*it.mandatory_indexes, 1_000)),
    "an index of 2^64 - 1": replaced(mandatory_indexes=lambda it: (*it.mandatory_indexes, 2**64 - 1)),
    "created changed": with_proof(created="2026-05-01T00:00:00Z"),
    "an expiry added": with_proof(expires="2099-01-01T00:00:00Z"),
    "a challenge added": with_proof(challenge="c"),
    "an id added": with_proof(id="urn:uuid:1"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_refused(name):
    with pytest.raises(SignatureMismatch):
        verify(ROWS[name]())


OTHERWISE = {
    "indexes in another order": (
        replaced(mandatory_indexes=lambda it: it.mandatory_indexes[::-1]),
        MalformedProofValue,
    ),
    "an index twice": (
        replaced(mandatory_indexes=lambda it: (it.mandatory_indexes[0], *it.mandatory_indexes)),
        MalformedProofValue,
    ),
    "one label for two nodes": (
        replaced(labels=lambda it: {**it.labels, 0: it.labels[1]}),
        MalformedProofValue,
    ),
    "a label of 31 bytes": (replaced(labels=lambda it: {**it.labels, 0: bytes(31)}), MalformedProofValue),
    "a signature of 63 bytes": (
        replaced(signatures=lambda it: (bytes(63), *it.signatures[1:])),
        MalformedProofValue,
    ),
    "the issuer's signature of 65 bytes": (replaced(signature=lambda it: bytes(65)), MalformedProofValue),
    "a proof key of P-384": (
        replaced(proof_key=lambda it: generate_signer(KeyType.P384).public_key),
        MalformedProofValue,
    ),
    "a proof key of Ed25519": (
        replaced(proof_key=lambda it: generate_signer().public_key),
        MalformedProofValue,
    ),
    "a made-up term added": (with_member(somethingNew="x"), UndefinedTerm),
    "another purpose": (with_proof(proofPurpose="authentication"), ProofPurposeMismatch),
    "expired": (lambda: show(issue(expires=NOW), *CHOSEN), ProofExpired),
    "another context": (
        with_member(
            **{
                "@context": [
                    "https://www.w3.org/ns/credentials/v2",
                    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
                ]
            }
        ),
        Invalid,
    ),
    "a context in the proof": (
        with_proof(**{"@context": "https://www.w3.org/ns/credentials/v2"}),
        ProofContextMismatch,
    ),
    "another suite named": (with_proof(cryptosuite="ecdsa-rdfc-2019"), MalformedProofValue),
    "no suite named": (with_proof(cryptosuite=""), MalformedProof),
    "built on an earlier proof": (with_proof(previousProof="urn:uuid:1"), PreviousProofNotForCryptosuite),
    "an empty value": (with_proof(proofValue="u"), MalformedProofValue),
    "base58": (with_proof(proofValue="z" + "2" * 80), MalformedProofValue),
    "the base proof": (base, BaseProofShown),
    "the base proof on what is shown": (
        lambda: {**shown(), "proof": base()["proof"]},
        BaseProofShown,
    ),
    "the base proof beside the derived one": (
        lambda: {**shown(), "proof": [shown()["proof"], base()["proof"]]},
        BaseProofShown,
    ),
    "the base proof called derived": (
        lambda: with_value(base(), "u2V0B" + base()["proof"]["proofValue"][5:]),
        MalformedProofValue,
    ),
    "the derived proof called base": (
        lambda: with_value(shown(), "u2V0A" + shown()["proof"]["proofValue"][5:]),
        MalformedProofValue,
    ),
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_refused_for_another_reason(name):
    build, error = OTHERWISE[name]
    with pytest.raises(error):
        verify(build())


def test_the_order_of_labels_is_free():
    proof = proof_of(shown())
    written = shown()["proof"]["proofValue"]
    assert verify(forged(shown(), labels=dict(reversed(proof.labels.items()))))
    assert forged(shown(), labels=dict(reversed(proof.labels.items())))["proof"]["proofValue"] == written


def test_no_byte_of_a_derived_proof_can_be_changed():
    value = shown()["proof"]["proofValue"]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for place in range(1, len(value), 3):
        letter = alphabet[(alphabet.index(value[place]) + 32) % 64]
        with pytest.raises(Invalid):
            verify(with_value(shown(), value[:place] + letter + value[place + 1 :]))


def test_a_derived_proof_cannot_be_cut():
    value = shown()["proof"]["proofValue"]
    for length in range(1, len(value), 7):
        with pytest.raises(MalformedProofValue):
            verify(with_value(shown(), value[:length]))


@pytest.mark.parametrize("key_type", [KeyType.P384, KeyType.ED25519])
def test_an_issuer_with_another_kind_of_key(key_type):
    """The suite wants P-256, to sign with and to verify."""
    signer = generate_signer(key_type)
    with pytest.raises(KeyNotForCryptosuite):
        add_proof(BADGE, signer=signer, verification_method=METHOD, created=NOW, cryptosuite="ecdsa-sd-2023")
    method = key_method_id(create_did_key(signer.public_key))
    with pytest.raises(KeyNotForCryptosuite):
        verify(with_proof(verificationMethod=method)())


def test_a_derived_proof_cannot_be_derived_from_again():
    with pytest.raises(NoBaseProof):
        show(shown(), "/name")
    assert not selective.is_base_proof(shown())


def test_a_derived_proof_is_no_base_proof_where_one_is_allowed():
    assert verify(shown(), allow_base_proof=True) == verify(shown())
    for name in ("a mandatory member left out", "a member added", "no mandatory statements"):
        with pytest.raises(SignatureMismatch):
            verify(ROWS[name](), allow_base_proof=True)


def test_every_base_proof_has_keys_of_its_own():
    """With one proof key for two credentials, statements of the one could be shown in the other."""
    one, two = proof_of(issue()), proof_of(issue())
    assert one.proof_key != two.proof_key
    assert one.hmac_key != two.hmac_key
    assert not set(one.signatures) & set(two.signatures)


def test_what_two_parts_have_in_common():
    """They are linked by the issuer's signature and the proof key; labels of shown nodes are the same as well."""
    one, two = (proof_of(show(base(), pointer)) for pointer in ("/evidence/0", "/evidence/1"))
    assert one.signature == two.signature
    assert one.proof_key == two.proof_key
    assert set(one.labels.values()) & set(two.labels.values()) == set()
    assert proof_of(base()).mandatory_pointers == MANDATORY
