"""Attacks on a holder: base proofs that don't hold what they promise, and work without end (ecdsa-sd-2023)."""

from dataclasses import replace
from functools import cache

import pytest

from passport import limits
from passport.errors import SignatureMismatch
from passport.errors.jsonld import KeywordNotAllowed, PoisonGraph, UndefinedTerm
from passport.errors.proofs import (
    BaseProofShown,
    MalformedPointer,
    MalformedProofValue,
    NoBaseProof,
    NothingSelected,
    PointersNotForCryptosuite,
    PointerToNothing,
    PreviousProofNotForCryptosuite,
    TooManyPointers,
    TooManyStatements,
)
from passport.keys import KeyType, generate_signer
from passport.proofs import add_proof, selective, verify_proofs
from tests.simulators.selective import (
    BADGE,
    ISSUER,
    METHOD,
    NOW,
    changed,
    forged,
    issue,
    proof_of,
    show,
    verify,
    with_value,
)


@cache
def base():
    return issue()


def receive(document):
    return verify(document, allow_base_proof=True)


def test_an_honest_one_is_received_and_refused_when_shown():
    (proof,) = receive(base())
    assert proof.cryptosuite == "ecdsa-sd-2023"
    assert selective.is_base_proof(base())
    with pytest.raises(BaseProofShown):
        verify(base())


def test_a_base_proof_is_refused_before_its_key_is_looked_up():
    def method_for(_method, _purpose):
        pytest.fail("looked up")

    with pytest.raises(BaseProofShown):
        verify_proofs(base(), method_for=method_for, expected_purpose="assertionMethod", now=NOW)


STRANGER = generate_signer(KeyType.P256)


def replaced(**changes):
    return lambda: forged(base(), **{name: make(proof_of(base())) for name, make in changes.items()})


RECEIVED = {
    "one signature of a statement is wrong": replaced(
        signatures=lambda it: (*it.signatures[:-1], it.signatures[0])
    ),
    "a signature is missing": replaced(signatures=lambda it: it.signatures[:-1]),
    "a signature too many": replaced(signatures=lambda it: (*it.signatures, it.signatures[0])),
    "no signatures": replaced(signatures=lambda it: ()),
    "the issuer's signature is wrong": replaced(signature=lambda it: it.signatures[0]),
    "another proof key": replaced(proof_key=lambda it: STRANGER.public_key),
    "another HMAC key": replaced(hmac_key=lambda it: bytes(32)),
    "other mandatory pointers": replaced(mandatory_pointers=lambda it: ("/name",)),
    "fewer mandatory pointers": replaced(mandatory_pointers=lambda it: it.mandatory_pointers[1:]),
    "more mandatory pointers": replaced(mandatory_pointers=lambda it: (*it.mandatory_pointers, "/name")),
    "no mandatory pointers": replaced(mandatory_pointers=lambda it: ()),
    "a member changed": lambda: {**base(), "name": "Law"},
    "a member added": lambda: {**base(), "description": "The best of all."},
    "a member left out": lambda: changed(base(), lambda it: it.pop("name")),
    "an item left out": lambda: changed(base(), lambda it: it["evidence"].pop()),
}


@pytest.mark.parametrize("name", RECEIVED)
def test_the_holder_notices(name):
    with pytest.raises(SignatureMismatch):
        receive(RECEIVED[name]())


def test_mandatory_pointers_that_say_the_same_are_accepted():
    """They are not signed themselves; what they select is."""
    again = forged(base(), mandatory_pointers=(*proof_of(base()).mandatory_pointers, "/issuer/name"))
    assert receive(again)
    assert verify(show(again, "/name"))


@pytest.mark.parametrize(
    ("pointer", "error"),
    [
        ("/gone", PointerToNothing),
        ("/proof", PointerToNothing),
        ("/proof/proofValue", PointerToNothing),
        ("/evidence/-1", PointerToNothing),
        ("/evidence/01", PointerToNothing),
        ("/evidence/3", PointerToNothing),
        ("/name/0", PointerToNothing),
        ("/@context", MalformedPointer),
        ("/@context/0", MalformedPointer),
        ("", MalformedPointer),
        ("name", MalformedPointer),
        ("/na~me", MalformedPointer),
        ("/" + "a" * 2_000, MalformedPointer),
    ],
)
def test_pointers_to_no_part(pointer, error):
    with pytest.raises(error):
        issue(mandatory=(pointer,))
    with pytest.raises(error):
        show(base(), pointer)
    with pytest.raises(error):
        receive(forged(base(), mandatory_pointers=(pointer,)))
    with pytest.raises(error):
        show(forged(base(), mandatory_pointers=(pointer,)), "/name")


def test_nothing_selected():
    free = issue(mandatory=())
    assert receive(free)
    with pytest.raises(NothingSelected):
        show(free)
    only = show(free, "/name")
    assert only.keys() == {"@context", "id", "type", "name", "proof"}
    assert verify(only)


@pytest.mark.parametrize(
    "document",
    [
        BADGE,
        {**BADGE, "proof": None},
        {**BADGE, "proof": []},
        {**BADGE, "proof": ["u2V0A"]},
        {**BADGE, "proof": {"cryptosuite": "ecdsa-sd-2023"}},
        {**BADGE, "proof": {"cryptosuite": "ecdsa-sd-2023", "proofValue": 5}},
        {**BADGE, "proof": {"cryptosuite": ["ecdsa-sd-2023"], "proofValue": "u2V0A"}},
        {**BADGE, "proof": {"cryptosuite": "eddsa-rdfc-2022", "proofValue": "u2V0A"}},
    ],
)
def test_no_base_proof(document):
    assert not selective.is_base_proof(document)
    with pytest.raises(NoBaseProof):
        show(document, "/name")


def test_a_malformed_base_proof():
    cut = with_value(base(), base()["proof"]["proofValue"][:-4])
    assert selective.is_base_proof(cut)
    with pytest.raises(MalformedProofValue):
        show(cut, "/name")
    with pytest.raises(MalformedProofValue):
        receive(cut)


def test_a_base_proof_of_another_document_is_not_derived_from():
    with pytest.raises(SignatureMismatch):
        show({**BADGE, "description": "One more.", "proof": base()["proof"]}, "/name")


def test_other_proofs_are_left_behind():
    """They are over the whole, which the verifier does not get."""
    both = add_proof(
        base(), signer=ISSUER, verification_method=METHOD, created=NOW, cryptosuite="ecdsa-rdfc-2019"
    )
    assert len(receive(both)) == 2
    with pytest.raises(BaseProofShown):
        verify(both)
    assert show(both, "/name")["proof"]["cryptosuite"] == "ecdsa-sd-2023"
    assert verify(show(both, "/name"))


def test_it_builds_on_no_earlier_proof_but_others_build_on_it():
    first = issue(proof_id="urn:uuid:1")
    with pytest.raises(PreviousProofNotForCryptosuite):
        issue(first, previous_proof="urn:uuid:1")
    chained = add_proof(
        first,
        signer=ISSUER,
        verification_method=METHOD,
        created=NOW,
        cryptosuite="ecdsa-jcs-2019",
        previous_proof="urn:uuid:1",
    )
    assert len(receive(chained)) == 2


@pytest.mark.parametrize("cryptosuite", ["ecdsa-rdfc-2019", "ecdsa-jcs-2019"])
def test_mandatory_pointers_for_a_suite_that_has_none(cryptosuite):
    with pytest.raises(PointersNotForCryptosuite):
        add_proof(
            BADGE,
            signer=ISSUER,
            verification_method=METHOD,
            created=NOW,
            cryptosuite=cryptosuite,
            mandatory_pointers=["/issuer"],
        )


def test_a_document_that_loses_something_is_not_signed():
    with pytest.raises(UndefinedTerm):
        issue({**BADGE, "somethingNew": 1})
    with pytest.raises(KeywordNotAllowed):
        issue({**BADGE, "@graph": []})


def test_a_name_for_a_node_cannot_be_guessed():
    """A document may hold what looks like one of our names for nodes; it stays an identifier."""
    badge = changed(BADGE, lambda it: it["evidence"][0].update(id="urn:bnid:0:0"))
    shown = show(issue(badge), "/evidence/0")
    assert verify(shown)
    assert shown["evidence"][0]["id"] == "urn:bnid:0:0"


def alike_profiles(breadth, depth):
    """A tree of profiles that no first look tells apart, as in A13."""
    inner = {"parentOrg": [alike_profiles(breadth, depth - 1) for _ in range(breadth)]} if depth else {}
    return {"type": ["Profile"], **inner}


class TestWork:
    """Work has an end: see limits.SELECTIVE and the budget of RDFC-1.0."""

    def test_statements(self):
        most = limits.SELECTIVE.statements
        proof = proof_of(base())
        for count in (most, most + 1):
            value = replace(proof, signatures=proof.signatures[:1] * count).encode()
            with pytest.raises(SignatureMismatch if count == most else TooManyStatements):
                receive(with_value(base(), value))

    def test_statements_when_signing(self):
        badge = {**BADGE, "evidence": [{"type": ["Evidence"], "name": f"{n}"} for n in range(32)]}
        for member in ("narrative", "description", "genre", "audience"):
            badge = changed(badge, lambda it, m=member: [e.update({m: "x"}) for e in it["evidence"]])
        tags = [f"{n}" for n in range(64)]
        badge = changed(badge, lambda it: it["credentialSubject"]["achievement"].update(tag=tags))
        results = [{"type": ["Result"], "value": f"{n}", "status": "Completed"} for n in range(80)]
        badge = changed(badge, lambda it: it["credentialSubject"].update(result=results))
        with pytest.raises(TooManyStatements):
            issue(badge)

    def test_pointers(self):
        most = limits.SELECTIVE.pointers
        assert verify(show(issue(mandatory=()), *["/name"] * most))
        with pytest.raises(TooManyPointers):
            show(base(), *["/name"] * most)  # and the mandatory ones
        with pytest.raises(TooManyPointers):
            issue(mandatory=["/name"] * (most + 1))

    def test_the_length_of_a_proof_value(self):
        most = limits.SELECTIVE.proof_value
        for length in (most + 1, most + 2, 10 * most):
            with pytest.raises(MalformedProofValue):
                receive(with_value(base(), "u" + "A" * length))

    def test_a_poison_graph(self):
        poison = {**BADGE, "issuer": alike_profiles(3, 4)}
        for work in (
            lambda: issue(poison),
            lambda: issue(poison, mandatory=["/name"]),
            lambda: show({**poison, "proof": base()["proof"]}, "/name"),
            lambda: receive({**poison, "proof": base()["proof"]}),
            lambda: verify({**poison, "proof": show(base(), "/name")["proof"]}),
        ):
            with pytest.raises(PoisonGraph):
                work()

    def test_a_part_that_is_poison_while_the_whole_is_not(self):
        """Names tell the profiles apart; what is shown leaves the names out."""
        numbers = iter(range(1_000))

        def name(profile):
            profile["name"] = f"{next(numbers)}"
            for inner in profile.get("parentOrg", []):
                name(inner)

        profiles = alike_profiles(3, 3)
        name(profiles)
        badge = {**BADGE, "issuer": profiles}
        whole = issue(badge, mandatory=["/validFrom"])
        assert receive(whole)
        paths = [
            f"/issuer/parentOrg/{a}/parentOrg/{b}/parentOrg/{c}/type"
            for a in range(3)
            for b in range(3)
            for c in range(3)
        ]
        with pytest.raises(PoisonGraph):
            show(whole, *paths)
