"""The derived proof: made by the holder, checked by who is shown a part (sections 3.5.4, 3.5.9, 3.6.7)."""

from collections.abc import Sequence

from contexts import Contexts
from passport.encoding import base64url_decode
from passport.errors import SignatureMismatch
from passport.errors.proofs import NothingSelected
from passport.json import JsonObject
from passport.jsonld.selecting import canonical_statements, labelled
from passport.keys import PublicKey, verify_signature
from passport.proofs.ecdsa_sd.pointers import select
from passport.proofs.ecdsa_sd.signing import check_each, sign_data
from passport.proofs.ecdsa_sd.statements import label, statements
from passport.proofs.ecdsa_sd.values import BaseProof, DerivedProof
from passport.proofs.suites.suite import Unsecured


def derive(
    document: JsonObject, proof: BaseProof, selective_pointers: Sequence[str], contexts: Contexts | None
) -> tuple[JsonObject, DerivedProof]:
    """The part of a document that may be shown, and its proof.

    Raises:
        NothingSelected: no pointers, neither the issuer's nor the holder's.
        MalformedPointer, PointerToNothing, TooManyPointers: the pointers.
        SignatureMismatch: the base proof is of another document.
        PassportError: what canonicalizing raises.
    """
    pointers = (*proof.mandatory_pointers, *selective_pointers)
    if not pointers:
        raise NothingSelected
    whole = statements(document, proof.hmac_key, contexts)
    mandatory = whole.group(proof.mandatory_pointers).indexes
    shown = whole.group(pointers)
    others = [index for index in range(len(whole.lines)) if index not in mandatory]
    if len(others) != len(proof.signatures):
        raise SignatureMismatch
    return select(document, pointers), DerivedProof(
        signature=proof.signature,
        proof_key=proof.proof_key,
        signatures=tuple(
            signature
            for index, signature in zip(others, proof.signatures, strict=True)
            if index in shown.indexes
        ),
        labels={
            int(canonical.removeprefix("c14n")): base64url_decode(whole.labels[name][1:])
            for name, canonical in shown.canonical.items()
        },
        mandatory_indexes=tuple(
            place for place, index in enumerate(sorted(shown.indexes)) if index in mandatory
        ),
    )


def check(unsecured: Unsecured, key: PublicKey, proof: DerivedProof) -> None:
    """Check what is shown: nothing mandatory is missing, and every other statement has its signature.

    Raises:
        SignatureMismatch
        PassportError: what canonicalizing raises.
    """
    quads, blank = canonical_statements(unsecured.document, unsecured.suite.contexts)
    labels = {f"c14n{number}": label(digest) for number, digest in proof.labels.items()}
    if labels.keys() != blank:
        raise SignatureMismatch
    lines = labelled(quads, labels)
    mandatory = frozenset(proof.mandatory_indexes)
    if not mandatory <= frozenset(range(len(lines))):
        raise SignatureMismatch
    together = [line for index, line in enumerate(lines) if index in mandatory]
    verify_signature(key, sign_data(unsecured, proof.proof_key, together), proof.signature)
    alone = [line for index, line in enumerate(lines) if index not in mandatory]
    check_each(proof.proof_key, alone, proof.signatures)
