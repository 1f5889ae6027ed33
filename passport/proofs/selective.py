"""Show a part of a credential (ecdsa-sd-2023): the holder's side.

What two shown parts of one credential have in common: the issuer's signature and the proof key are the same
in both, so whoever sees both knows that they are of one credential. A holder who must not be recognised needs
a credential for each occasion. Labels and the number of signatures tell nothing of what was left out; the
places of mandatory statements among the shown ones, and lists that were left shorter, may.
"""

from collections.abc import Sequence
from typing import Any, cast

from contexts import Contexts
from passport.errors.proofs import NoBaseProof
from passport.json import JsonObject
from passport.proofs.ecdsa_sd.values import BASE_START, BaseProof, decode
from passport.proofs.suites import ECDSA_SD_2023


def is_base_proof(document: JsonObject) -> bool:
    """Whether a document bears a base proof: then it is for its holder alone, who derives from it."""
    return any(map(_is_base, _proofs(document)))


def mandatory_pointers(document: JsonObject) -> tuple[str, ...]:
    """JSON pointers to what is in every part that is derived from a document. Raises NoBaseProof."""
    return _base_proof(document)[1].mandatory_pointers


def derive(
    document: JsonObject, *, selective_pointers: Sequence[str], contexts: Contexts | None = None
) -> JsonObject:
    """The part of a document that pointers select, with what its issuer made mandatory, and a derived proof.

    Other proofs are left out: they are over the whole. The base proof must have been verified, on receipt.

    Raises:
        NoBaseProof: there is none, or it was derived from already.
        MalformedProofValue, TooManyStatements: the base proof.
        NothingSelected, MalformedPointer, PointerToNothing, TooManyPointers: the pointers.
        PassportError: what canonicalizing raises.
    """
    from passport.proofs.ecdsa_sd import derived  # PyLD takes a moment to load

    proof, base = _base_proof(document)
    bare = {name: value for name, value in document.items() if name != "proof"}
    shown, made = derived.derive(bare, base, selective_pointers, contexts)
    return {**shown, "proof": {**proof, "proofValue": made.encode()}}


def _base_proof(document: JsonObject) -> tuple[JsonObject, BaseProof]:
    proof = next(filter(_is_base, _proofs(document)), None)
    if proof is None:
        raise NoBaseProof
    return proof, cast("BaseProof", decode(proof["proofValue"]))  # how it begins says so


def _proofs(document: JsonObject) -> list[Any]:
    found = document.get("proof")
    return found if isinstance(found, list) else [found]


def _is_base(proof: Any) -> bool:
    if not isinstance(proof, dict) or proof.get("cryptosuite") != ECDSA_SD_2023.cryptosuite:
        return False
    value = proof.get("proofValue")
    return isinstance(value, str) and value.startswith(BASE_START)
