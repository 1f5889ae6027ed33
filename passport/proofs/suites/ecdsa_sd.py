"""ecdsa-sd-2023: selective disclosure with P-256 (Data Integrity ECDSA Cryptosuites 1.0, section 3.6)."""

from typing import Any

from passport.keys import KeyType, PublicKey, Signer
from passport.proofs.ecdsa_sd.values import BaseProof, DerivedProof, decode
from passport.proofs.suites.suite import Suite, Unsecured
from passport.proofs.suites.transforms import rdfc


def _secure(unsecured: Unsecured, signer: Signer) -> str:
    from passport.proofs.ecdsa_sd import base  # PyLD takes a moment to load

    return base.secure(unsecured, signer)


def _verify(unsecured: Unsecured, key: PublicKey, proof: BaseProof | DerivedProof) -> None:
    from passport.proofs.ecdsa_sd import base, derived  # PyLD takes a moment to load

    if isinstance(proof, BaseProof):
        base.check(unsecured, key, proof)
    else:
        derived.check(unsecured, key, proof)


def _is_base(proof: Any) -> bool:
    return isinstance(proof, BaseProof)


ECDSA_SD_2023 = Suite(
    cryptosuite="ecdsa-sd-2023",
    transform=rdfc,
    key_types=frozenset({KeyType.P256}),
    keeps_context=False,
    secure=_secure,
    decode=decode,
    verify=_verify,
    selective=True,
    is_base=_is_base,
    chains=False,
)
"""Statements that the holder shows or leaves out. Chained it can't be: a derived proof has lost what the
earlier proof was over."""

SUITES = (ECDSA_SD_2023,)
