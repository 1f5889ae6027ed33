"""Data integrity proofs: add one, verify all (W3C Data Integrity 1.0, its EdDSA and ECDSA cryptosuites)."""

from passport.proofs.add import add_proof
from passport.proofs.methods import method_source
from passport.proofs.prepared import PreparedProof
from passport.proofs.suites import (
    ECDSA_JCS_2019,
    ECDSA_RDFC_2019,
    ECDSA_SD_2023,
    ED25519_SIGNATURE_2020,
    EDDSA_JCS_2022,
    EDDSA_RDFC_2022,
    READABLE,
    SUITES,
    Suite,
)
from passport.proofs.verify import MethodSource, VerifiedProof, verify_proofs

__all__ = [
    "ECDSA_JCS_2019",
    "ECDSA_RDFC_2019",
    "ECDSA_SD_2023",
    "ED25519_SIGNATURE_2020",
    "EDDSA_JCS_2022",
    "EDDSA_RDFC_2022",
    "READABLE",
    "SUITES",
    "MethodSource",
    "PreparedProof",
    "Suite",
    "VerifiedProof",
    "add_proof",
    "method_source",
    "verify_proofs",
]
